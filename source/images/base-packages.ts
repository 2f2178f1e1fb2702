import type {Guest} from '../cluster/cluster.ts';

/** Packages of every VM. networkctl needs dbus, "virsh shutdown" needs acpid, and Debian 13 lacks e2fsprogs by default. */
const common = [
	'systemd-sysv',
	'udev',
	'dbus',
	'openssh-server',
	'iproute2',
	'procps',
	'kmod',
	'acpid',
	'nfs-common',
	'curl',
	'iputils-ping',
	'e2fsprogs',
];

/** A kernel without drivers for physical hardware, and an initramfs that only mounts the system disk. */
const kernel: Readonly<Record<Guest['distribution'], readonly string[]>> = {
	debian: ['linux-image-cloud-amd64', 'tiny-initramfs'],
	ubuntu: ['linux-image-virtual', 'tiny-initramfs'],
};

/** Archive components that contain the packages of the base system and the roles. */
const components: Readonly<Record<Guest['distribution'], readonly string[]>> = {
	debian: ['main'],
	ubuntu: ['main', 'universe'],
};

/** The packages of the base system, and the archive's components that it and the roles need. */
export function basePackages({distribution}: Guest): {
	readonly packages: readonly string[];
	readonly components: readonly string[];
} {
	return {packages: [...common, ...kernel[distribution]], components: components[distribution]};
}

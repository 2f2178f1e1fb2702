import type {Guest} from '../cluster/cluster.ts';

/** What every machine has before its role's packages. D-Bus is there for networkctl, acpid for "virsh shutdown"; Debian 13 no longer brings e2fsprogs by itself. */
const common = ['systemd-sysv', 'udev', 'dbus', 'openssh-server', 'iproute2', 'procps', 'kmod', 'acpid', 'nfs-common', 'curl', 'iputils-ping', 'e2fsprogs'];

/** A kernel without the hardware's drivers, and an initial file system that only mounts the system disk. */
const kernel: Readonly<Record<Guest['distribution'], readonly string[]>> = {
	debian: ['linux-image-cloud-amd64', 'tiny-initramfs'],
	ubuntu: ['linux-image-virtual', 'tiny-initramfs'],
};

/** The parts of a distribution that the packages of base and roles are in. */
const components: Readonly<Record<Guest['distribution'], readonly string[]>> = {
	debian: ['main'],
	ubuntu: ['main', 'universe'],
};

/** The packages of the base system, and the archive's components that it and the roles need. */
export function basePackages({distribution}: Guest): {readonly packages: readonly string[]; readonly components: readonly string[]} {
	return {packages: [...common, ...kernel[distribution]], components: components[distribution]};
}

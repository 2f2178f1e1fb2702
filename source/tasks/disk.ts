import {basename} from 'node:path';
import {assetPath} from '../assets.ts';
import type {Cluster, Node} from '../cluster/cluster.ts';
import {sh, withInput, withLimit} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {roleImage} from '../images/image.ts';
import {goneFrom} from './gone-from.ts';
import {phrase} from '../languages/text.ts';

/** Where a machine's system disk is. */
export function systemDisk({paths}: Cluster, {vm}: Node): string {
	return `${paths.disks}/${vm}.img`;
}

/** Where a sandbox keeps what it shows as /var/lib/libvirt (assets/sandbox/holder). */
const sandboxLibvirt = 'sandbox/libvirt/lib';

/** A machine's system disk as it is seen from outside of a sandbox, where images are made. */
export function systemDiskOnMachine(cluster: Cluster, node: Node): string {
	const path = systemDisk(cluster, node);
	return cluster.sandbox ? path.replace(/^\/var\/lib\/libvirt\//, `${cluster.paths.state}/${sandboxLibvirt}/`) : path;
}

/** Where the storage node's disks for the array are, with the serial each shows inside the machine. */
export function arrayDisks({paths, raid}: Cluster, {vm, role}: Node): Array<{path: string; serial: string}> {
	return role === 'storage' ? raid.serials.map(serial => ({path: `${paths.disks}/${vm}-${serial}.img`, serial})) : [];
}

/** A copy of the role's image with the node's identity. A disk that is there is complete, and is never written over. */
export function systemDiskTask(cluster: Cluster, node: Node): Task {
	const path = systemDisk(cluster, node);
	const {path: image} = roleImage(cluster, node.role, node.disk);
	const script = assetPath('images/make-system-disk');
	const options = cluster.acceleration === 'tcg' ? emulatedOptions.join(' ') : '';
	const links = node.nics.map(({link, network, mac, address}) => {
		const gateway = gatewayOf(cluster, node, link);
		return [link, mac, `${address}/${cluster.networks[network].prefix}`, ...(gateway ? [gateway] : [])].join('=');
	});
	return {
		title: phrase('Copy the image of the role {role} and make it {name}: name, addresses, SSH keys', {role: node.role, name: node.name}),
		check: sh`[ -e ${path} ] || { echo ${`${path}: missing`}; exit 1; }`,
		apply: [withLimit(withInput(
			sh`sh ${script} ${image} ${path} ${options} ${node.name} ${node.machineId} ${cluster.authorizedKey} ${nameserversOf(cluster, node).join(',')} ${links}`,
			node.hostKey.private,
		), 300)],
		creates: [{kind: 'disks', name: 'disks'}, {kind: 'disk', name: basename(path)}],
	};
}

/** An empty disk of the array. One that is there with another size may hold data: it is left alone. */
export function arrayDiskTask(cluster: Cluster, {path, serial}: {path: string; serial: string}): Task {
	const bytes = cluster.raid.size * 1024 * 1024;
	return {
		title: phrase('Make the disk {serial} of {size} MiB', {serial, size: cluster.raid.size}),
		check: sh`
			[ -e ${path} ] || { echo ${`${path}: missing`}; exit 1; }
			[ "$(stat -c %s ${path})" = ${bytes} ] || { echo ${`${path}: ${bytes} bytes wanted, found`} "$(stat -c %s ${path})"; exit 2; }
		`,
		apply: [sh`mkdir -p -m 0711 ${cluster.paths.disks} && truncate -s ${bytes} ${`${path}.new`} && mv ${`${path}.new`} ${path}`],
		creates: [{kind: 'disks', name: 'disks'}, {kind: 'disk', name: basename(path)}],
		advice: phrase('The size of the array\'s disks cannot be changed while the cluster stands: put the old size back into the answers, or build the cluster anew.'),
	};
}

/**
 * What the kernel of an emulated machine is started with. In emulation nothing runs ahead of its turn: what keeps that
 * from leaking costs a tenth of the time for nothing. And QEMU keeps translated code by the address it runs at: where each
 * process has its libraries somewhere else, each translates them anew, and starting one takes three to five times as long.
 * The kernel measures the TSC against a timer that is late on a busy host, and takes it for up to 13 times slower than it is:
 * until the watchdog notices, the clock runs ahead, up to 20 s. On a busy host it also misses the timer's interrupts in the
 * moment in which it looks for them, and panics: "IO-APIC + timer doesn't work". `assets/images/make-disk` has a variable for each option.
 */
export const emulatedOptions = ['mitigations=off', 'norandmaps', 'tsc=unstable', 'no_timer_check'] as const;

/** Until the VIP exists, the inner nodes go out through the first director. */
function gatewayOf({gateway, directors: [master]}: Cluster, {role}: Node, link: string): string | undefined {
	if (role === 'director') {
		return link === 'ext0' ? gateway : undefined;
	}

	return link === 'int0' ? master.internal : undefined;
}

function nameserversOf({nameservers, directors: [master]}: Cluster, {role}: Node): readonly string[] {
	return role === 'director' ? nameservers : [master.internal];
}

/** A machine's disk, and the part of it that an interrupted copy has left. */
export function removeDisk({name}: ResourceOf<'disk'>, {disks}: Cluster['paths']): Removal {
	const path = `${disks}/${name}`;
	return {
		shown: path,
		remove: sh`rm -f ${path} ${`${path}.new`}`,
		gone: goneFrom(path),
	};
}

/** The folder of the disks: with the consoles' logs, but never with a disk that is still in it. */
export function removeDisks(_: ResourceOf<'disks'>, {disks}: Cluster['paths']): Removal {
	return {
		shown: disks,
		remove: sh`rm -rf ${disks}/*.log ${disks}/*.log.* ${disks}/virt-manager ${disks}/pool.lock; [ ! -e ${disks} ] || rmdir ${disks}`,
		gone: goneFrom(disks),
	};
}

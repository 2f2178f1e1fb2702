import {basename} from 'node:path';
import {assetPath} from '../assets.ts';
import type {Cluster, Node} from '../cluster/cluster.ts';
import {sh, withInput, withLimit} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {roleImage} from '../images/image.ts';
import {definitionOf} from '../roles/index.ts';
import {goneFrom} from './gone-from.ts';
import {spokenSize} from '../languages/quantity.ts';
import {phrase} from '../languages/text.ts';

/** Path of a VM's system disk. */
export function systemDisk({paths}: Cluster, {vm}: Node): string {
	return `${paths.disks}/${vm}.img`;
}

/** Folder that a sandbox mounts at /var/lib/libvirt (assets/sandbox/holder), relative to the state directory. */
const sandboxLibvirt = 'sandbox/libvirt/lib';

/** Path of a VM's system disk as seen from outside the sandbox, where images are made. */
export function systemDiskOnMachine(cluster: Cluster, node: Node): string {
	const path = systemDisk(cluster, node);
	return cluster.sandbox ? path.replace(/^\/var\/lib\/libvirt\//, `${cluster.paths.state}/${sandboxLibvirt}/`) : path;
}

/** Paths of the storage node's disks for the array, with the serial number that each has inside the VM. */
export function arrayDisks({paths, raid}: Cluster, {vm, role}: Node): Array<{path: string; serial: string}> {
	return definitionOf(role).hasArray
		? raid.serials.map(serial => ({path: `${paths.disks}/${vm}-${serial}.img`, serial}))
		: [];
}

/** Copies the role's image and writes the node's identity into it. An existing disk is complete and never overwritten. */
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
		title: phrase('Copy the image of the role {role} and make it {name}: name, addresses, SSH keys', {
			role: node.role,
			name: node.name,
		}),
		check: sh`[ -e ${path} ] || { echo ${`${path}: missing`}; exit 1; }`,
		apply: [
			withLimit(
				withInput(
					sh`sh ${script} ${image} ${path} ${options} ${node.name} ${node.machineId} ${cluster.authorizedKey} ${nameserversOf(cluster, node).join(',')} ${links}`,
					node.hostKey.private,
				),
				300,
			),
		],
		creates: [
			{kind: 'disks', name: 'disks'},
			{kind: 'disk', name: basename(path)},
		],
	};
}

/** Creates an empty disk of the array. An existing disk with another size may hold data: it is refused. */
export function arrayDiskTask(cluster: Cluster, {path, serial}: {path: string; serial: string}): Task {
	const bytes = cluster.raid.size * 1024 * 1024;
	return {
		title: phrase('Make the disk {serial} of {size}', {serial, size: spokenSize(cluster.raid.size)}),
		check: sh`
			[ -e ${path} ] || { echo ${`${path}: missing`}; exit 1; }
			[ "$(stat -c %s ${path})" = ${bytes} ] || { echo ${`${path}: ${bytes} bytes wanted, found`} "$(stat -c %s ${path})"; exit 2; }
		`,
		apply: [
			sh`mkdir -p -m 0711 ${cluster.paths.disks} && truncate -s ${bytes} ${`${path}.new`} && mv ${`${path}.new`} ${path}`,
		],
		creates: [
			{kind: 'disks', name: 'disks'},
			{kind: 'disk', name: basename(path)},
		],
		advice: phrase(
			"The size of the array's disks cannot be changed while the cluster stands: put the old size back into the answers, or build the cluster anew.",
		),
	};
}

/**
 * Kernel options of emulated VMs; `assets/images/make-disk` has a variable for each.
 * - `mitigations=off`: emulation has no speculative execution, so mitigations only cost a tenth of the time.
 * - `norandmaps`: QEMU caches translated code by address. With randomized addresses, each process translates its libraries
 *   again and takes three to five times as long to start.
 * - `tsc=unstable`: on a busy host, the kernel calibrates the TSC against a late timer and takes it for up to 13 times slower
 *   than it is. Until the watchdog notices, the clock runs up to 20 s ahead.
 * - `no_timer_check`: on a busy host, the kernel misses the timer interrupts during its check and panics: "IO-APIC + timer
 *   doesn't work".
 */
export const emulatedOptions = ['mitigations=off', 'norandmaps', 'tsc=unstable', 'no_timer_check'] as const;

/** Until the VIP exists, the inner nodes go out through the first director. */
function gatewayOf({gateway, directors: [master]}: Cluster, {external}: Node, link: string): string | undefined {
	if (external !== undefined) {
		return link === 'ext0' ? gateway : undefined;
	}

	return link === 'int0' ? master.internal : undefined;
}

function nameserversOf({nameservers, directors: [master]}: Cluster, {external}: Node): readonly string[] {
	return external === undefined ? [master.internal] : nameservers;
}

/** Removes a VM's disk, and the partial file of an interrupted copy. */
export function removeDisk({name}: ResourceOf<'disk'>, {disks}: Cluster['paths']): Removal {
	const path = `${disks}/${name}`;
	return {
		shown: path,
		remove: sh`rm -f ${path} ${`${path}.new`}`,
		gone: goneFrom(path),
	};
}

/** Removes the disks' folder with the console logs, but only if no disk is left in it. */
export function removeDisks(_: ResourceOf<'disks'>, {disks}: Cluster['paths']): Removal {
	return {
		shown: disks,
		remove: sh`rm -rf ${disks}/*.log ${disks}/*.log.* ${disks}/virt-manager ${disks}/pool.lock; [ ! -e ${disks} ] || rmdir ${disks}`,
		gone: goneFrom(disks),
	};
}

import {basename} from 'node:path';
import {assetPath} from '../assets.ts';
import type {Cluster} from '../cluster/cluster.ts';
import type {Role} from '../roles/index.ts';
import {sh, withLimit, type Command} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {baseImage, imageSuffixes, type BaseImage, type RoleImage} from '../images/image.ts';
import {accelerationKnown} from './acceleration.ts';
import {systemDiskOnMachine} from './disk.ts';
import {goneFrom} from './gone-from.ts';
import {phrase} from '../languages/text.ts';

/** Makes the base system from the distribution's packages. Needed while a disk is missing or KVM has not been probed. */
export function baseImageTask(cluster: Cluster): Task {
	const {
		guest: {release},
		maxImageAge,
	} = cluster;
	const base = baseImage(cluster);
	const {path, archive, packages, components} = base;
	const disks = cluster.nodes.map(node => systemDiskOnMachine(cluster, node));
	return {
		title: phrase('Make the base system of {release} with mmdebstrap', {release}),
		check: sh`
			${someMissing(disks)} || {
				if (${accelerationKnown(cluster)}) > /dev/null; then exit 0; fi
				exec sh ${assetPath('images/verify')} ${path}
			}
			${verify(path, base, maxImageAge)}
		`,
		apply: [
			withLimit(
				sh`sh ${assetPath('images/build-base')} ${release} ${components.join(',')} ${maxImageAge} ${path} ${archive} ${packages}`,
				1800,
			),
		],
		creates: [
			{kind: 'image', name: basename(path)},
			{kind: 'archive', name: basename(archive)},
		],
		advice: phrase(
			"If packages cannot be fetched, look at the network, at http_proxy and at apt's own settings; what was fetched is kept.",
		),
	};
}

/** Makes a role's image: base system, packages, partitions, boot loader. Needed until all VMs of the role have a disk. */
export function roleImageTask(cluster: Cluster, image: RoleImage, role: Role): Task {
	const {
		path,
		base,
		disk,
		partitions: {system, home, swap},
		packages,
		unconfigured,
	} = image;
	const {maxImageAge} = cluster;
	const copies = cluster.byRole[role]
		.filter(node => node.disk === disk)
		.map(node => systemDiskOnMachine(cluster, node));
	return {
		title: phrase('Install the packages of the role {role} into a disk', {role}),
		check: sh`
			${someMissing(copies)} || exit 0
			${verify(path, base, maxImageAge)}
		`,
		apply: [
			withLimit(
				sh`sh ${assetPath('images/build-role')} ${base.path} ${maxImageAge} ${path} ${base.archive} ${system} ${home} ${swap} ${unconfigured.join(',')} ${packages}`,
				1800,
			),
		],
		creates: [{kind: 'image', name: basename(path)}],
	};
}

/** Exits with 0 if at least one of the disks is missing. */
function someMissing(disks: readonly string[]): Command {
	return sh`(for disk in ${disks}; do [ -e "$disk" ] || exit 0; done; exit 1)`;
}

function verify(path: string, {archive}: BaseImage, days: number): Command {
	return sh`sh ${assetPath('images/verify')} ${path} ${days} ${archive}`;
}

/** Removes an image with its checksum, its lock and the leftovers of an interrupted build. */
export function removeImage({name}: ResourceOf<'image'>, {cache}: Cluster['paths']): Removal {
	const path = `${cache}/${name}`;
	const files = [path, ...imageSuffixes.map(suffix => path + suffix)];
	return {
		shown: path,
		remove: sh`rm -rf --one-file-system ${files}`,
		gone: sh`for file in ${files}; do [ ! -e "$file" ] || { echo "$file is still there"; exit 1; }; done`,
	};
}

/** Removes the packages that apt downloaded for a release. */
export function removeArchive({name}: ResourceOf<'archive'>, {cache}: Cluster['paths']): Removal {
	const path = `${cache}/${name}`;
	return {
		shown: path,
		remove: sh`rm -rf --one-file-system ${path}`,
		gone: goneFrom(path),
	};
}

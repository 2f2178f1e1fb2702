import {createHash} from 'node:crypto';
import {join} from 'node:path';
import type {Cluster} from '../cluster/cluster.ts';
import {definitionOf, type Role} from '../roles/index.ts';
import {assetFiles} from '../assets.ts';
import {decodeUncleaned} from '../text/exact.ts';
import {basePackages} from './base-packages.ts';
import {partitionsOf, type Partitions} from './partitions.ts';
import {rolePackages} from './role-packages.ts';

/** A file in the cache. Its name contains a hash of all inputs of the build, so other inputs give another file. */
export interface BaseImage {
	readonly path: string;
	/** Folder of the packages downloaded for it. */
	readonly archive: string;
	readonly packages: readonly string[];
	readonly components: readonly string[];
}

/** A bootable disk of a role. */
export interface RoleImage {
	readonly path: string;
	readonly base: BaseImage;
	/** Size in GiB. */
	readonly disk: number;
	readonly partitions: Partitions;
	readonly packages: readonly string[];
	readonly unconfigured: readonly string[];
}

/** Suffixes of the files next to an image: its checksum, its lock, and the folder in which it is built. */
export const imageSuffixes = ['.sha256', '.lock', '.building'] as const;

/** The base system of all VMs, a tar archive. */
export function baseImage({guest, paths: {cache}}: Cluster): BaseImage {
	const made = basePackages(guest);
	const digest = hash({guest, ...made, scripts: scripts()});
	return {
		...made,
		path: join(cache, `${guest.release}-base-${digest}.tar`),
		archive: join(cache, `${guest.release}-packages`),
	};
}

/** @param disk size of the disk in GiB */
export function roleImage(cluster: Cluster, role: Role, disk: number): RoleImage {
	const base = baseImage(cluster);
	const made = {
		partitions: partitionsOf(role, disk),
		packages: rolePackages(role, cluster.guest),
		unconfigured: definitionOf(role).unconfigured,
	};
	const digest = hash({base: base.path.slice(cluster.paths.cache.length), role, ...made});
	return {...made, base, disk, path: join(cluster.paths.cache, `${cluster.guest.release}-${role}-${digest}.img`)};
}

/** Images of a role: one for each disk size of its nodes. */
export function roleImages(cluster: Cluster, role: Role): RoleImage[] {
	return [...new Set(cluster.byRole[role].map(({disk}) => disk))].map(disk => roleImage(cluster, role, disk));
}

/** Names and texts of all files in assets/images, as inputs of the hash. */
function scripts(): Array<[string, string]> {
	return assetFiles('images').map(([path, bytes]) => [`/${path}`, decodeUncleaned(bytes)]);
}

function hash(parts: object): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

import {definitionOf, type Role} from '../roles/index.ts';

/** Sizes in MiB; their sum is the size of the disk. */
export interface Partitions {
	/** The first partition, /dev/vda1, including the space before it. */
	readonly system: number;
	/** /home; 0 for none. */
	readonly home: number;
	readonly swap: number;
}

/** Minimum MiB for the system and its packages, with room for logs and upgrades. */
const leastSystem = 1536;

/**
 * The thesis's partitions: of 10 GB, 3 for the system, 6 for /home, the rest swap; a disk without /home is one system
 * partition and swap. Other sizes keep the proportions.
 * @param disk GiB, at least 2
 */
export function partitionsOf(role: Role, disk: number): Partitions {
	const whole = Math.round(disk * 1024);
	const swap = Math.floor(whole / 10);
	if (!definitionOf(role).hasHome) {
		return {system: whole - swap, home: 0, swap};
	}

	const system = Math.max(leastSystem, Math.floor(whole * 0.3));
	return {system, home: whole - system - swap, swap};
}

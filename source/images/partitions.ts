import type {Role} from '../cluster/cluster.ts';

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
 * Partition sizes as in the thesis: of 10 GB, 3 GB for the system, 6 GB for /home, the rest for swap. A web server only has
 * a system partition and swap. Other sizes keep the proportions.
 * @param disk GiB, at least 2
 */
export function partitionsOf(role: Role, disk: number): Partitions {
	const whole = Math.round(disk * 1024);
	const swap = Math.floor(whole / 10);
	if (role === 'web') {
		return {system: whole - swap, home: 0, swap};
	}

	const system = Math.max(leastSystem, Math.floor(whole * 0.3));
	return {system, home: whole - system - swap, swap};
}

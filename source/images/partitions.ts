import type {Role} from '../cluster/cluster.ts';

/** Sizes in MiB; together they fill the disk. */
export interface Partitions {
	/** The first partition, /dev/vda1, with what stands before it. */
	readonly system: number;
	/** /home; 0 for none. */
	readonly home: number;
	readonly swap: number;
}

/** The least that the system and its packages take, with room for logs and upgrades: MiB. */
const leastSystem = 1536;

/**
 * The thesis's partitions: of 10 GB, 3 for the system, 6 for /home, the rest swap; a web server's disk is one system
 * partition and swap. Other sizes keep the proportions.
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

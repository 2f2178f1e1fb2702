import type {Cluster, Node} from '../../cluster/cluster.ts';
import {definitionOf} from '../../roles/index.ts';
import {healthMessages, partMessages} from './messages.ts';
import type {ClusterFacts, FilesystemFacts, MachineFacts, MemoryFacts, NodeFacts} from './facts.ts';
import {timeService} from './query.ts';
import {usedFraction} from './parse-system.ts';
import {trouble, type Trouble} from './trouble.ts';

/** Fractions of a file system in use (0 to 1) from which it counts as filling or full. */
export const filesystemLimits = {filling: 0.9, full: 0.98};

/** Minimum fraction of memory (0 to 1) that must be available. */
export const memoryLimit = 0.06;

/**
 * Maximum difference, in seconds, between a node's clock and the controller's. Nodes run no time service; an emulated node
 * whose disk was made without `tsc=unstable` was seen 24 s ahead.
 */
export function clockLimit({acceleration}: Pick<Cluster, 'acceleration'>): number {
	return acceleration === 'tcg' ? 30 : 2;
}

/** Free bytes from which a file system of the controller counts neither as filling nor as full, however large it is. */
const plenty = 20 * 2 ** 30;

/** Seconds after boot within which a time service must synchronize the clock. */
const synchronizationTime = 600;

/** libvirt's VIR_DOMAIN_PAUSED_IOERROR. */
const pausedByIoError = 5;

/** Judges libvirt's VMs and networks, and whether the nodes can be reached. */
export function judgeMachines(cluster: Cluster, {controller, silent}: ClusterFacts): Trouble[] {
	const {machines, networks, libvirtTrouble} = controller;
	if (!machines) {
		const unreachable = cluster.nodes.flatMap(({name}) =>
			silent.has(name) ? [trouble('node-unreachable', name, name, silent.get(name)!)] : [],
		);
		return [...unreachable, trouble('cannot-tell', undefined, 'host', partMessages.machines, libvirtTrouble ?? '')];
	}

	if (cluster.nodes.every(({uuid}) => !machines.has(uuid))) {
		return [trouble('machines-none', undefined)];
	}

	const running = cluster.nodes.filter(({uuid}) => isRunning(machines.get(uuid)));
	// The other nodes are reached through a director: report them as unreachable only if a director answers.
	const isReachable = cluster.directors.some(({name}) => !silent.has(name));
	return [
		...cluster.nodes.flatMap(node => machineTroubles(node, machines.get(node.uuid))),
		...running
			.filter(({name, external}) => silent.has(name) && (external !== undefined || isReachable))
			.map(({name}) => trouble('node-unreachable', name, name, silent.get(name)!)),
		...cluster.nodes
			.filter(({uuid}) => machines.get(uuid)?.autostart === false)
			.map(({name, vm}) => trouble('machine-autostart', name, vm)),
		...(networks
			? libvirtNetworks(cluster).flatMap(({uuid, label}) =>
					networks.active.has(uuid)
						? networks.autostart.has(uuid)
							? []
							: [trouble('network-autostart', undefined, label)]
						: [trouble('network-stopped', undefined, label)],
				)
			: []),
	];
}

/** Networks that libvirt manages: the external one only if it is not a bridge of the host. */
function libvirtNetworks({networks: {internal, heartbeat, external}, host}: Cluster) {
	return host.external === 'nat' ? [internal, heartbeat, external] : [internal, heartbeat];
}

export function isRunning(machine: MachineFacts | undefined): boolean {
	return machine?.state === 'running' || machine?.state === 'idle';
}

function machineTroubles({name, vm}: Node, machine: MachineFacts | undefined): Trouble[] {
	if (!machine) {
		return [trouble('machine-missing', name, vm)];
	}

	switch (machine.state) {
		case 'running':
		case 'idle': {
			return [];
		}

		case 'crashed': {
			return [trouble('machine-crashed', name, vm)];
		}

		case 'paused': {
			return [
				trouble('machine-paused', name, vm, machine.reason === pausedByIoError ? healthMessages.ioError : undefined),
			];
		}

		default: {
			return [trouble('machine-stopped', name, vm, machine.state)];
		}
	}
}

/** Judges the memory, file systems and clock of the controller. */
export function judgeController({controller: {memory, filesystems, isSynchronized}}: ClusterFacts): Trouble[] {
	const name = 'host';
	return [
		...(memory ? memoryTroubles(name, memory) : [trouble('cannot-tell', name, name, partMessages.memory, '')]),
		...(filesystems
			? filesystems.flatMap(filesystem => filesystemTroubles(name, filesystem, plenty))
			: [trouble('cannot-tell', name, name, partMessages.disks, '')]),
		...(isSynchronized === false ? [trouble('clock-unsynchronized', name, name)] : []),
	];
}

/** Judges what every node has: memory, file systems, clock, units. */
export function judgeSystem(cluster: Cluster, {name, role}: Node, facts: NodeFacts): Trouble[] {
	const {memory, filesystems, mounts, units} = facts;
	const unknown = (part: keyof typeof partMessages) => [trouble('cannot-tell', name, name, partMessages[part], '')];
	return [
		...(units ? unitTroubles(name, definitionOf(role).units, units) : unknown('units')),
		...(filesystems ? filesystems.flatMap(filesystem => filesystemTroubles(name, filesystem)) : unknown('disks')),
		...(mounts
			? mounts
					.filter(({path, options}) => path === '/' && options.includes('ro'))
					.map(({path}) => trouble('filesystem-read-only', name, name, path))
			: unknown('mounts')),
		...(memory ? memoryTroubles(name, memory) : unknown('memory')),
		...(facts.clock ? clockTroubles(name, facts, facts.clock, clockLimit(cluster)) : unknown('clock')),
	];
}

function unitTroubles(name: string, needed: readonly string[], units: NonNullable<NodeFacts['units']>): Trouble[] {
	const stateOf = new Map(units.map(unit => [unit.name, unit.active]));
	// A unit that is reloading still serves; one that is starting or not loaded does not.
	const stopped = needed
		.map(unit => `${unit}.service`)
		.filter(unit => !['active', 'reloading'].includes(stateOf.get(unit) ?? ''));
	const failed = units.filter(unit => unit.active === 'failed' && !stopped.includes(unit.name));
	return [
		...stopped.map(unit => trouble('unit-stopped', name, name, unit.replace('.service', ''))),
		...failed.map(unit => trouble('unit-failed', name, name, unit.name)),
	];
}

function filesystemTroubles(name: string, filesystem: FilesystemFacts, roomy = Number.POSITIVE_INFINITY): Trouble[] {
	const {path, size, available, inodes, inodesUsed} = filesystem;
	const {filling, full} = filesystemLimits;
	const used = usedFraction(filesystem);
	const usedInodes = inodes === 0 ? 0 : inodesUsed / inodes;
	return [
		...(size > 0 && available < roomy
			? used >= full
				? [trouble('filesystem-full', name, name, path, used)]
				: used >= filling
					? [trouble('filesystem-filling', name, name, path, used)]
					: []
			: []),
		...(usedInodes >= full
			? [trouble('inodes-full', name, name, path, usedInodes)]
			: usedInodes >= filling
				? [trouble('inodes-filling', name, name, path, usedInodes)]
				: []),
	];
}

function memoryTroubles(name: string, {total, available, swapTotal, swapFree}: MemoryFacts): Trouble[] {
	if (available < total * memoryLimit) {
		return [trouble('memory-low', name, name, Math.floor(available / 2 ** 20))];
	}

	// Swap full of unused pages is no trouble while memory is available.
	return swapTotal > 0 && swapFree < swapTotal * 0.1 && available < total * 0.15
		? [trouble('swap-full', name, name)]
		: [];
}

function clockTroubles(
	name: string,
	{uptime = 0, units = [], isSynchronized}: NodeFacts,
	clock: NonNullable<NodeFacts['clock']>,
	most: number,
): Trouble[] {
	const offset = clockOffset(clock);
	return [
		...(Math.abs(offset) > most ? [trouble('clock-off', name, name, offset)] : []),
		...(units.some(unit => unit.name === timeService && unit.active === 'active') &&
		!isSynchronized &&
		uptime > synchronizationTime
			? [trouble('clock-unsynchronized', name, name)]
			: []),
	];
}

/** Offset in seconds nearest to 0 within the bounds; positive if the clock is ahead. */
export function clockOffset({earliest, latest}: NonNullable<NodeFacts['clock']>): number {
	return earliest > 0 ? earliest : Math.min(latest, 0);
}

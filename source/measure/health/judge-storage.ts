import type {Cluster, Node} from '../../cluster/cluster.ts';
import {partMessages} from './messages.ts';
import {arrayMount} from '../../roles/storage.ts';
import type {ArrayFacts, NodeFacts} from './facts.ts';
import {trouble, type Trouble} from './trouble.ts';

/** Number of disks that an array can lose, by RAID level. RAID 10 may survive losing more, but not any two. */
const spare: Readonly<Record<number, number>> = {4: 1, 5: 1, 6: 2, 10: 1};

/** Judges the array, its mount and its exports. */
export function judgeStorage({raid}: Cluster, {name}: Node, {storage = {}, mounts}: NodeFacts): Trouble[] {
	const {arrays, exports, nfsThreads} = storage;
	const unknown = (part: keyof typeof partMessages) => [trouble('cannot-tell', name, name, partMessages[part], '')];
	return [
		...(arrays ? arrayTroubles(name, raid, arrays) : unknown('arrays')),
		...(mounts ? mountTroubles(name, mounts) : unknown('mounts')),
		...(exports
			? exports.some(({path}) => path === arrayMount) && nfsThreads !== 0
				? []
				: [trouble('export-missing', name, name, arrayMount)]
			: unknown('exports')),
	];
}

function mountTroubles(name: string, mounts: NonNullable<NodeFacts['mounts']>): Trouble[] {
	// The latest mount hides earlier ones on the same path.
	const mount = mounts.findLast(({path}) => path === arrayMount);
	if (!mount?.source.startsWith('/dev/md')) {
		return [trouble('mount-missing', name, name, arrayMount)];
	}

	return mount.options.includes('ro') ? [trouble('mount-read-only', name, name, arrayMount)] : [];
}

function arrayTroubles(node: string, {level, disks}: Cluster['raid'], arrays: readonly ArrayFacts[]): Trouble[] {
	const ours = arrays.find(array => array.level === `raid${level}`) ?? arrays.find(array => array.state === 'inactive');
	if (!ours) {
		return [trouble('array-missing', node, node)];
	}

	const {name, state, access, map, action, failed} = ours;
	if (state !== 'active') {
		return [trouble('array-inactive', node, node, name)];
	}

	const wanted = Math.max(ours.wanted, disks);
	const lost = wanted - ours.working;
	if (lost > (spare[level] ?? 0) && !(level === 10 && isRaid10Whole(map))) {
		return [trouble('array-failed', node, node, name, map)];
	}

	const isRebuilding = action && action.kind !== 'check';
	return [
		...(access === 'read-write' ? [] : [trouble('array-read-only', node, node, name, access)]),
		...(isRebuilding && action.waiting === undefined
			? [
					trouble(
						'array-recovering',
						node,
						node,
						name,
						action.kind,
						`${Math.floor(action.percent ?? 0)} %`,
						lost,
						wanted,
					),
				]
			: []),
		...(isRebuilding && action.waiting !== undefined
			? [trouble('array-pending', node, node, name, action.kind, action.waiting)]
			: []),
		...(lost > 0 && !(isRebuilding && action.waiting === undefined)
			? [trouble('array-degraded', node, node, name, lost, wanted, map)]
			: []),
		...(failed.length > 0 && lost === 0 ? [trouble('array-member-failed', node, node, name, failed.join(', '))] : []),
	];
}

/** Whether each mirror pair still has a working disk (default layout, near=2). */
function isRaid10Whole(map: string): boolean {
	return map.match(/../g)?.every(pair => pair.includes('U')) ?? false;
}

/** Judges a web server's view of the array. */
export function judgeStorageRead({name}: Node, {storageRead, mounts = []}: NodeFacts): Trouble[] {
	if (!storageRead) {
		return [trouble('cannot-tell', name, name, partMessages.storage, '')];
	}

	const isMounted = mounts.some(({path, type}) => path === arrayMount && type === 'nfs4');
	switch (storageRead.result) {
		case 'hangs': {
			return [trouble('storage-hangs', name, name, arrayMount)];
		}

		case 'failed': {
			return [
				isMounted
					? trouble('storage-unreadable', name, name, arrayMount, storageRead.detail)
					: trouble('storage-not-mounted', name, name, arrayMount),
			];
		}

		default: {
			return isMounted ? [] : [trouble('storage-not-mounted', name, name, arrayMount)];
		}
	}
}

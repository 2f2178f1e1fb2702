import type {Task} from './task.ts';

/** Changes that a dry run expects to be made before the task it is checking. */
export interface Pending {
	readonly isAny: boolean;
	/** Places that cannot be reached until the changes are made. */
	readonly places: ReadonlySet<string>;
	/** Services and devices that are broken now and will be repaired. */
	readonly supplies: ReadonlySet<string>;
	/** Files that will be written, each as `PLACE PATH`. */
	readonly files: ReadonlySet<string>;
}

export const nothingPending: Pending = {isAny: false, places: new Set(), supplies: new Set(), files: new Set()};

/** Merges several sets of pending changes. */
export function mergePending(all: readonly Pending[]): Pending {
	return {
		isAny: all.some(({isAny}) => isAny),
		places: new Set(all.flatMap(({places}) => [...places])),
		supplies: new Set(all.flatMap(({supplies}) => [...supplies])),
		files: new Set(all.flatMap(({files}) => [...files])),
	};
}

/**
 * Adds the changes of a task that will be applied.
 * @param isBroken whether the task's check fails now
 */
export function addChange({places, supplies, files}: Pending, place: string, task: Task, isBroken: boolean): Pending {
	const {provides = [], writes = []} = task;
	return {
		isAny: true,
		places: new Set([...places, ...provides]),
		supplies: isBroken ? withSupplies(supplies, task) : supplies,
		files: new Set([...files, ...writes.map(path => `${place} ${path}`)]),
	};
}

/**
 * Adds the effects of a task whose check cannot tell because something it uses is broken: its supplies, and the places
 * it provides.
 * @param isKnown whether the task's unit has succeeded before: its places probably exist
 */
export function addUnknown(pending: Pending, task: Task, isKnown: boolean): Pending {
	const {provides = [], creates = []} = task;
	const places = creates.length > 0 && !isKnown ? new Set([...pending.places, ...provides]) : pending.places;
	return {...pending, places, supplies: withSupplies(pending.supplies, task)};
}

function withSupplies(known: ReadonlySet<string>, {supplies = [], restarts}: Task): ReadonlySet<string> {
	return new Set([...known, ...supplies, ...(restarts === undefined ? [] : [restarts])]);
}

/** Returns the first pending file that the task reads, directly or in a folder; undefined if there is none. */
export function pendingRead({files}: Pending, place: string, {reads = []}: Task): string | undefined {
	const written = [...files].filter(file => file.startsWith(`${place} `)).map(file => file.slice(place.length + 1));
	return written.find(path => reads.some(read => path === read || path.startsWith(`${read}/`)));
}

import {waitsFor} from './default-durations.ts';
import type {EstimatedUnit, Expected, History} from './estimate.ts';
import type {JournalEntry} from './journal-schema.ts';
import type {Unit} from './plan.ts';
import type {Resource} from './resource.ts';

/**
 * Number of latest durations kept per unit. Their median is used, because the computer is busier in some runs than in
 * others.
 */
const countedRuns = 5;

/** Returns the ids of the units whose work a removal undoes. */
type Undone = (removed: JournalEntry & {type: 'removed'}) => readonly string[];

/**
 * Collects the durations of units from a journal.
 * @param remembered seconds of work by unit from other clusters, for units that this journal does not contain
 */
export function durationHistory(
	entries: readonly JournalEntry[],
	units: readonly EstimatedUnit[],
	{
		remembered = {},
		undone = () => [],
	}: {remembered?: Readonly<Record<string, number>> | undefined; undone?: Undone} = {},
): History {
	const before = stepsBefore(units);
	const steps = new Map(units.map(({id, step}) => [id, step]));
	const work = new Map(Object.entries(remembered));
	const lists = {change: new Map<string, number[]>(), check: new Map<string, number[]>()};
	const settle = new Map<string, Map<string, number>>();
	const done = new Set<string>();
	/** Steps of the current run that changed something. */
	let changed = new Set<string>();
	for (const entry of entries) {
		if (entry.type === 'run-started') {
			changed = new Set();
		} else if (entry.type === 'removed') {
			for (const unit of undone(entry)) {
				done.delete(unit);
			}
		} else if (entry.type === 'step-finished' && (entry.status === 'changed' || entry.status === 'ok')) {
			const {unit, status, duration, waited = false} = entry;
			const isFirst = !done.has(unit);
			const causes = [...(before.get(unit) ?? [])].filter(step => changed.has(step));
			if (isFirst && (status === 'changed' || waited)) {
				work.set(unit, duration);
			} else if (status === 'changed' || !(waited || (isFirst && causes.length > 0))) {
				const list = lists[status === 'changed' ? 'change' : 'check'];
				list.set(unit, [...(list.get(unit) ?? []), duration].slice(-countedRuns));
			}

			if (status === 'changed') {
				changed.add(steps.get(unit) ?? unit);
			} else if (!isFirst && causes.length > 0) {
				const known = settle.get(unit) ?? new Map<string, number>();
				for (const cause of waited ? culpritsOf(causes, steps.get(unit) ?? unit, known) : causes) {
					known.set(cause, waited ? duration : 0);
				}

				settle.set(unit, known);
			}

			done.add(unit);
		}
	}

	return {work, change: middles(lists.change), check: middles(lists.check), settle};
}

/**
 * Returns the steps that a unit has waited for: those it usually waits for; failing that, those not known to cause no
 * wait; failing that, all.
 */
function culpritsOf(causes: readonly string[], step: string, known: ReadonlyMap<string, number>): readonly string[] {
	const usual = causes.filter(cause => waitsFor(step, cause, known));
	const possible = causes.filter(cause => known.get(cause) !== 0);
	return usual.length > 0 ? usual : possible.length > 0 ? possible : causes;
}

/** Returns, for each unit, the steps of all units it depends on. */
function stepsBefore(units: readonly EstimatedUnit[]): Map<string, ReadonlySet<string>> {
	const before = new Map<string, Set<string>>();
	const steps = new Map(units.map(({id, step}) => [id, step]));
	for (const {id, needs} of units) {
		before.set(id, new Set(needs.flatMap(need => [...(before.get(need) ?? []), steps.get(need) ?? []].flat())));
	}

	return before;
}

function middles(lists: ReadonlyMap<string, readonly number[]>): Map<string, number> {
	return new Map(
		[...lists].map(([unit, list]) => [
			unit,
			list.toSorted((one, other) => one - other)[Math.floor((list.length - 1) / 2)]!,
		]),
	);
}

/**
 * Predicts the work of each unit in the next run. Only a check is expected of a unit that succeeded, unless one of its
 * own resources or one of its node's has been removed since, and of a unit whose resources are all in the image cache.
 * @param isThere whether a resource lies in the image cache
 */
export function expectedWork(
	entries: readonly JournalEntry[],
	units: readonly Unit[],
	isThere: (resource: Resource) => boolean,
): Map<string, Expected> {
	const done = new Map<string, boolean>();
	const undone = unitsUndoneBy(units);
	for (const entry of entries) {
		if (entry.type === 'step-finished') {
			done.set(entry.unit, entry.status === 'ok' || entry.status === 'changed');
		} else if (entry.type === 'removed') {
			for (const unit of undone(entry)) {
				done.delete(unit);
			}
		}
	}

	return new Map(
		units.map(unit => {
			const made = resourcesOf(unit);
			return [
				unit.id,
				done.get(unit.id) || (made.length > 0 && made.every(resource => isThere(resource))) ? 'check' : 'work',
			];
		}),
	);
}

/**
 * Returns a function that lists the units undone by a removal: the one that made the resource, and all of the same
 * node.
 */
export function unitsUndoneBy(units: readonly Unit[]): Undone {
	const nodeOf = (unit: Unit) => unit.subject.node?.name;
	const makers = new Map(units.flatMap(unit => resourcesOf(unit).map(({kind, name}) => [`${kind} ${name}`, unit])));
	return ({kind, name}) => {
		const maker = makers.get(`${kind} ${name}`);
		return maker
			? units
					.filter(unit => unit === maker || (nodeOf(unit) !== undefined && nodeOf(unit) === nodeOf(maker)))
					.map(({id}) => id)
			: [];
	};
}

function resourcesOf({tasks}: Unit): readonly Resource[] {
	return tasks.flatMap(task => task.creates ?? []);
}

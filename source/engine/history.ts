import type {EstimatedUnit, Expected, History} from './estimate.ts';
import type {JournalEntry} from './journal-entry.ts';
import type {Unit} from './plan.ts';
import type {Resource} from './resource.ts';

/**
 * Durations of units in the runs of a journal, the newest of each kind.
 * @param remembered seconds of work by unit from other clusters, for units this journal does not know
 */
export function historyOf(entries: readonly JournalEntry[], units: readonly EstimatedUnit[], remembered: Readonly<Record<string, number>> = {}): History {
	const needs = new Map(units.map(unit => [unit.id, unit.needs]));
	const history = {work: new Map(Object.entries(remembered)), check: new Map<string, number>(), settle: new Map<string, number>()};
	/** Units of the current run that changed something, or waited for such a unit. */
	let changed = new Set<string>();
	for (const entry of entries) {
		if (entry.type === 'run-started') {
			changed = new Set();
		} else if (entry.type === 'step-finished' && (entry.status === 'changed' || entry.status === 'ok')) {
			const kind = entry.status === 'changed' ? 'work' : needs.get(entry.unit)?.some(need => changed.has(need)) ? 'settle' : 'check';
			history[kind].set(entry.unit, entry.duration);
			if (kind === 'work') {
				changed.add(entry.unit);
			}
		}
	}

	return history;
}

/**
 * Work expected of the next run: units that ended well need no more than a look, unless something they made, or
 * something of their node, has been removed since. So do those that make only files which are there already.
 * @param isThere whether a resource lies in the image cache
 */
export function expectedOf(entries: readonly JournalEntry[], units: readonly Unit[], isThere: (resource: Resource) => boolean): Map<string, Expected> {
	const done = new Map<string, boolean>();
	const nodeOf = (unit: Unit) => unit.subject.node?.name;
	const makers = new Map(units.flatMap(unit => resourcesOf(unit).map(({kind, name}) => [`${kind} ${name}`, unit])));
	for (const entry of entries) {
		if (entry.type === 'step-finished') {
			done.set(entry.unit, entry.status === 'ok' || entry.status === 'changed');
		} else if (entry.type === 'removed') {
			const maker = makers.get(`${entry.kind} ${entry.name}`);
			for (const unit of units) {
				if (maker && (unit === maker || (nodeOf(unit) !== undefined && nodeOf(unit) === nodeOf(maker)))) {
					done.delete(unit.id);
				}
			}
		}
	}

	return new Map(units.map(unit => {
		const made = resourcesOf(unit);
		return [unit.id, done.get(unit.id) || (made.length > 0 && made.every(resource => isThere(resource))) ? 'check' : 'work'];
	}));
}

function resourcesOf({tasks}: Unit): readonly Resource[] {
	return tasks.flatMap(task => task.creates ?? []);
}

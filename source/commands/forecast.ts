import type {Forecast} from '../engine/estimate.ts';
import {expectedOf, historyOf} from '../engine/history.ts';
import type {Plan} from '../engine/plan.ts';
import {cacheContents} from '../images/cache-contents.ts';
import type {Session} from './session.ts';

/**
 * Work that the next `up` is expected to do, with earlier durations of its units. `estimate` and `estimateRun` turn it into seconds.
 * @param given.plan only these units; all of the plan otherwise
 * @param given.remembered seconds of work by unit, from other clusters of this user
 */
export function forecastOf({cluster, journal, plan: all}: Session, {plan = all, remembered = {}}: {plan?: Plan; remembered?: Readonly<Record<string, number>>} = {}): Forecast {
	const units = plan.map(({id, step, needs, stage}) => ({id, step: step.id, needs, stage}));
	const cached = new Set(cacheContents(cluster.paths.cache).resources.map(({kind, name}) => `${kind} ${name}`));
	return {
		units,
		history: historyOf(journal.entries, units, remembered),
		expected: expectedOf(journal.entries, plan, ({kind, name}) => cached.has(`${kind} ${name}`)),
		acceleration: cluster.acceleration,
	};
}

import type {Forecast} from '../engine/estimate.ts';
import {expectedOf, historyOf, undoneBy} from '../engine/history.ts';
import type {Plan} from '../engine/plan.ts';
import {cacheContents} from '../images/cache-contents.ts';
import {openPreferences} from '../state/preferences.ts';
import {packagesSeconds} from './packages-forecast.ts';
import type {Session} from './session.ts';

/**
 * Work that the next `up` is expected to do, with earlier durations of its units. `estimate` and `estimateRun` turn it into seconds.
 * Units without a time of this cluster have that of the user's other clusters, where it is remembered.
 * @param plan only these units; all of the plan otherwise
 * @param areMissing whether packages were seen to be missing; otherwise it is asked where their step has not ended well
 */
export function forecastOf({cluster, journal, owner, plan: all}: Pick<Session, 'cluster' | 'journal' | 'owner' | 'plan'>, {plan = all, areMissing = false}: {plan?: Plan; areMissing?: boolean} = {}): Forecast {
	const units = plan.map(({id, step, needs, stage}) => ({id, step: step.id, needs, stage}));
	const cached = new Set(cacheContents(cluster.paths.cache).resources.map(({kind, name}) => `${kind} ${name}`));
	const expected = expectedOf(journal.entries, plan, ({kind, name}) => cached.has(`${kind} ${name}`));
	const seconds = areMissing || expected.get('packages') === 'work' ? packagesSeconds(cluster) : undefined;
	return {
		units,
		history: historyOf(journal.entries, units, {remembered: openPreferences(owner).get().durations, undone: undoneBy(all)}),
		expected,
		acceleration: cluster.acceleration,
		...(seconds !== undefined && {foretold: new Map([['packages', seconds]])}),
	};
}

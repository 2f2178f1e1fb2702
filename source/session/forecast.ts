import type {Forecast} from '../engine/estimate.ts';
import {expectedWork, durationHistory, unitsUndoneBy} from '../engine/history.ts';
import type {Plan} from '../engine/plan.ts';
import {cacheContents} from '../images/cache-contents.ts';
import {openPreferences} from '../state/preferences.ts';
import {packagesSeconds} from './packages-forecast.ts';
import type {Session} from './session.ts';

/**
 * Predicts the work of the next `up`, with durations from earlier runs; `estimate` and `estimateRun` turn it into
 * seconds. Units without a duration from this cluster use those remembered from the user's other clusters.
 * @param plan units to predict; the default is the whole plan
 * @param areMissing whether packages are known to be missing; otherwise apt is asked if their step has not succeeded
 * yet
 */
export function forecastOf(
	{cluster, journal, owner, plan: all}: Pick<Session, 'cluster' | 'journal' | 'owner' | 'plan'>,
	{plan = all, areMissing = false}: {plan?: Plan; areMissing?: boolean} = {},
): Forecast {
	const units = plan.map(({id, step, needs, stage}) => ({id, step: step.id, needs, stage}));
	const cached = new Set(cacheContents(cluster.paths.cache).resources.map(({kind, name}) => `${kind} ${name}`));
	const expected = expectedWork(journal.entries, plan, ({kind, name}) => cached.has(`${kind} ${name}`));
	const seconds = areMissing || expected.get('packages') === 'work' ? packagesSeconds(cluster) : undefined;
	return {
		units,
		history: durationHistory(journal.entries, units, {
			remembered: openPreferences(owner).get().durations,
			undone: unitsUndoneBy(all),
		}),
		expected,
		acceleration: cluster.acceleration,
		...(seconds !== undefined && {foretold: new Map([['packages', seconds]])}),
	};
}

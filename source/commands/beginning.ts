import {estimateRun} from '../engine/estimate.ts';
import type {Plan} from '../engine/plan.ts';
import {durationMessages} from '../messages/duration.ts';
import {neededDisk, neededMemory} from '../tasks/host-resources.ts';
import {openPreferences} from '../state/preferences.ts';
import {forecastOf} from './forecast.ts';
import type {Session} from './session.ts';

/** How long these units of the plan are expected to take, and what the cluster takes of the host. */
export function takesText(session: Session, plan: Plan): string {
	const {cluster, owner, language} = session;
	const {durations} = openPreferences(owner).get();
	const seconds = estimateRun(forecastOf(session, {plan, remembered: durations}));
	return durationMessages.takes(seconds, {disk: neededDisk(cluster), memory: neededMemory(cluster), isEmulated: cluster.acceleration === 'tcg'})[language];
}

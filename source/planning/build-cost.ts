import type {Plan} from '../engine/plan.ts';
import {durationMessages} from '../session/duration-messages.ts';
import {neededMemory} from '../tasks/host-resources.ts';
import {forecastOf} from '../session/forecast.ts';
import {figuresOf} from './plan-figures.ts';
import type {Session} from '../session/session.ts';

/** Sentence on the expected duration of these units and on the host resources that the cluster needs. */
export function buildCostText(session: Session, plan: Plan): string {
	const {cluster, language} = session;
	const {seconds = 0, ...needs} = figuresOf(session, forecastOf(session, {plan}));
	return durationMessages.takes(seconds, {
		...needs,
		memory: neededMemory(cluster),
		isEmulated: cluster.acceleration === 'tcg',
	})[language];
}

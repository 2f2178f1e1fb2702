import type {Prediction} from '../engine/prediction.ts';
import type {Language} from '../languages/text.ts';
import {benchMessages} from '../measure/bench-messages.ts';
import {moveMessages} from './move-messages.ts';
import {powerMessages} from './power-messages.ts';
import {verifyMessages} from '../measure/verify-messages.ts';
import {formatFor} from '../report/format.ts';
import type {DrillOverview} from './drill-overview.ts';

/** Facts stated in the question before a move. */
export interface MoveFacts {
	/** The director that the answers prefer; undefined if there is no preference. */
	readonly home?: string;
	readonly prediction: Prediction;
}

/** Describes the disruptive tests and the longest outage that clients notice; empty if no test disrupts anything. */
export function drillNotices(drills: readonly DrillOverview[], language: Language): string[] {
	const harmful = drills.filter(({isHarmful}) => isHarmful);
	return harmful.length === 0
		? []
		: [
				verifyMessages.willHarm(harmful.length)[language],
				...harmful.map(
					({id, title, phases}) =>
						`  ${id}: ${title[language]} (${noticed(
							phases.flatMap(({prediction}) => prediction ?? []),
							language,
						)})`,
				),
			];
}

/** Returns the longest outage of each kind: within one test, clients notice outages one at a time. */
function noticed(predictions: readonly Prediction[], language: Language): string {
	const {number} = formatFor(language);
	const kinds = (['outage', 'affected'] as const).flatMap(kind => {
		const seconds = Math.max(0, ...predictions.filter(({of}) => of === kind).map(({seconds}) => seconds));
		return seconds === 0 ? [] : verifyMessages.atMost(verifyMessages.of[kind][language], number(seconds, 1))[language];
	});
	return kinds.length === 0 ? verifyMessages.unnoticed[language] : kinds.join(', ');
}

/**
 * Describes the effect of the benchmarks on the cluster's users.
 * @param seconds minimum duration of the load, without ab, whose duration is unknown
 */
export function loadNotices(seconds: number, language: Language): string[] {
	return [benchMessages.willLoad(Math.ceil(seconds / 60))[language]];
}

/** Describes a move and the outage that clients notice. */
export function moveNotices(director: string, {home, prediction}: MoveFacts, language: Language): string[] {
	return [
		moveMessages.willMove(director, formatFor(language).number(prediction.seconds, 1))[language],
		...(home === undefined || home === director ? [] : [moveMessages.willHold(director, home)[language]]),
	];
}

/** Describes the effect of stopping the whole cluster on its clients. */
export function stopNotices(machines: number, start: string, language: Language): string[] {
	return [powerMessages.willStop(machines, start)[language]];
}

import type {Prediction} from '../engine/prediction.ts';
import type {Language} from '../languages/text.ts';
import {benchMessages} from '../measure/bench-messages.ts';
import {moveMessages} from './move-messages.ts';
import {powerMessages} from './power-messages.ts';
import {verifyMessages} from '../measure/verify-messages.ts';
import {formatFor} from '../report/format.ts';
import type {DrillOverview} from './drill-overview.ts';

/** Facts of a move that its question states. */
export interface MoveFacts {
	/** The director that the answers prefer; nothing where either is as good. */
	readonly home?: string;
	readonly prediction: Prediction;
}

/** Says of the tests that break something what that is, and for how long clients notice it at most; nothing if none does. */
export function harmLines(drills: readonly DrillOverview[], language: Language): string[] {
	const harmful = drills.filter(({isHarmful}) => isHarmful);
	return harmful.length === 0 ? [] : [
		verifyMessages.willHarm(harmful.length)[language],
		...harmful.map(({id, title, phases}) => `  ${id}: ${title[language]} (${noticed(phases.flatMap(({prediction}) => prediction ?? []), language)})`),
	];
}

/** The longest of each kind: of two outages in a test clients notice one at a time. */
function noticed(predictions: readonly Prediction[], language: Language): string {
	const {number} = formatFor(language);
	const kinds = (['outage', 'affected'] as const).flatMap(kind => {
		const seconds = Math.max(0, ...predictions.filter(({of}) => of === kind).map(({seconds}) => seconds));
		return seconds === 0 ? [] : verifyMessages.atMost(verifyMessages.of[kind][language], number(seconds, 1))[language];
	});
	return kinds.length === 0 ? verifyMessages.unnoticed[language] : kinds.join(', ');
}

/**
 * Says what the benchmarks do to whoever uses the cluster.
 * @param seconds of load that are sure; ab takes as long as its requests take
 */
export function loadLines(seconds: number, language: Language): string[] {
	return [benchMessages.willLoad(Math.ceil(seconds / 60))[language]];
}

/** Says what a move does, and what clients notice. */
export function moveLines(director: string, {home, prediction}: MoveFacts, language: Language): string[] {
	return [
		moveMessages.willMove(director, formatFor(language).number(prediction.seconds, 1))[language],
		...(home === undefined || home === director ? [] : [moveMessages.willHold(director, home)[language]]),
	];
}

/** Says what stopping the whole cluster costs clients. */
export function stopLines(machines: number, start: string, language: Language): string[] {
	return [powerMessages.willStop(machines, start)[language]];
}

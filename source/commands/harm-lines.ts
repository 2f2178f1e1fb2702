import type {Prediction} from '../engine/drill.ts';
import {benchMessages} from '../messages/bench.ts';
import type {Language} from '../messages/text.ts';
import {verifyMessages} from '../messages/verify.ts';
import {formatFor} from '../writers/format.ts';
import type {DrillOverview} from './drill-overview.ts';

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

import type {Phase} from '../engine/drill.ts';
import type {Prediction} from '../engine/prediction.ts';
import type {Language} from '../languages/text.ts';
import {verifyMessages} from './verify-messages.ts';
import {clientImpact, type OutageSpan} from './client-impact.ts';
import type {ClientImpact, HeldConnection, PhaseResult, ProbeRequest} from './result.ts';

export interface PhaseObservation {
	readonly requests: readonly ProbeRequest[];
	readonly span: OutageSpan;
	/** When all checks of the phase had passed and only the probe sent requests: milliseconds since the probe began. */
	readonly settled?: number;
	readonly isVoid: boolean;
	/** 95th percentile of the probe's delay, in milliseconds. */
	readonly lateness: number;
	readonly held: readonly HeldConnection[];
	/** Reason why the phase was not completed, if it was not. */
	readonly failure?: Failure;
}

/** Verdict and reason of a drill or phase that was not completed. */
export interface Failure {
	readonly verdict: 'failed' | 'interrupted';
	readonly reason: string;
}

/** Computes the effect of a phase on clients and judges it against the prediction. */
export function judgePhase(
	{inject, predict}: Pick<Phase, 'inject' | 'predict'>,
	{requests, span, settled, isVoid, lateness, held, failure}: PhaseObservation,
	language: Language,
): Pick<PhaseResult, 'effect' | 'held' | 'verdict' | 'reason'> {
	const effect = clientImpact(requests, span);
	const found = {effect, ...(held.length > 0 && {held})};
	if (failure) {
		return {...found, ...failure};
	}

	if (isVoid) {
		return {...found, verdict: 'void', reason: verifyMessages.void(lateness)[language]};
	}

	if (inject.length === 0 && predict?.of === 'none') {
		const uneven = unevenness(clientImpact(requests, {...span, from: settled ?? span.from}));
		if (uneven) {
			return {...found, verdict: 'failed', reason: verifyMessages.uneven(uneven)[language]};
		}
	}

	const seconds = predict && measured(effect, predict);
	if (predict?.of === 'none' && effect.lost > 0) {
		return {...found, verdict: 'failed', reason: verifyMessages.lost(effect.lost, effect.sent)[language]};
	}

	if (predict && predict.of !== 'none' && seconds! > predict.seconds) {
		return {...found, verdict: 'failed', reason: verifyMessages.longer(seconds!, predict.seconds)[language]};
	}

	return {...found, verdict: 'passed'};
}

/** Measured seconds of the quantity that the prediction limits. */
export function measured({outage, affected}: ClientImpact, {of}: Prediction): number {
	return (of === 'affected' ? affected : (outage?.duration ?? 0)) / 1000;
}

/** Requests by server if they were not spread round robin (counts that differ by at most 1), else undefined. */
function unevenness({servers}: ClientImpact): string | undefined {
	const counts = Object.values(servers);
	return counts.length > 0 && Math.max(...counts) - Math.min(...counts) > 1
		? Object.entries(servers)
				.map(([name, count]) => `${name} ${count}`)
				.join(', ')
		: undefined;
}

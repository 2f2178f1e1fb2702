import type {Phase} from '../engine/drill.ts';
import type {Prediction} from '../engine/prediction.ts';
import type {Language} from '../languages/text.ts';
import {verifyMessages} from './verify-messages.ts';
import {effectOf, type Span} from './outage.ts';
import type {Effect, HeldConnection, PhaseResult, ProbeRequest} from './result.ts';

export interface Seen {
	readonly requests: readonly ProbeRequest[];
	readonly span: Span;
	/** From when on nobody but the probe asked: milliseconds since it began. */
	readonly settled?: number;
	readonly isVoid: boolean;
	/** Milliseconds. */
	readonly lateness: number;
	readonly held: readonly HeldConnection[];
	/** Why the phase did not come to its end, where it did not. */
	readonly failure?: Failure;
}

/** A drill or a phase that did not come to its end. */
export interface Failure {
	readonly verdict: 'failed' | 'interrupted';
	readonly reason: string;
}

/** What a phase cost clients, and whether that is what was predicted. */
export function judgePhase({inject, predict}: Pick<Phase, 'inject' | 'predict'>, {requests, span, settled, isVoid, lateness, held, failure}: Seen, language: Language): Pick<PhaseResult, 'effect' | 'held' | 'verdict' | 'reason'> {
	const effect = effectOf(requests, span);
	const found = {effect, ...(held.length > 0 && {held})};
	if (failure) {
		return {...found, ...failure};
	}

	if (isVoid) {
		return {...found, verdict: 'void', reason: verifyMessages.void(lateness)[language]};
	}

	if (inject.length === 0 && predict?.of === 'none') {
		const uneven = unevenness(effectOf(requests, {...span, from: settled ?? span.from}));
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

/** Seconds of what the prediction is about. */
export function measured({outage, affected}: Effect, {of}: Prediction): number {
	return (of === 'affected' ? affected : outage?.duration ?? 0) / 1000;
}

/** Round robin gives each server as many requests as the others, or one more. */
function unevenness({servers}: Effect): string | undefined {
	const counts = Object.values(servers);
	return counts.length > 0 && Math.max(...counts) - Math.min(...counts) > 1 ? Object.entries(servers).map(([name, count]) => `${name} ${count}`).join(', ') : undefined;
}

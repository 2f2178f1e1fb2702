import {randomBytes} from 'node:crypto';
import {fileOf} from './file-input.ts';
import type {Target} from './target.ts';
import type {Task} from './task.ts';
import type {TaskRequest} from './task-request.ts';
import type {CheckResult, TripMessage} from './trip-message.ts';
import {tripEnd, tripLine, tripStart, type TripEffect} from './trip-output.ts';
import {tripScript, lockedShell} from './trip-script.ts';

/** Target on which tasks run, with the lock and the limits that apply. */
export interface ExecContext {
	readonly target: Target;
	/** Lock that the round trip holds on the target; see `lockOf`. */
	readonly lock: string;
	/** Factor for all time limits. */
	readonly timeoutScale: number;
	readonly signal: AbortSignal;
}

/** Lock of a unit, as a path below `locksFolder` without the suffix `.lock`. */
export function lockOf(cluster: string, unit: string): string {
	return `${cluster}/${unit.replaceAll(':', '-')}`;
}

/** Runs checks in order in one round trip, and stops after the first that does not pass. Returns the results so far. */
export async function runChecks(tasks: readonly Task[], context: ExecContext): Promise<readonly CheckResult[]> {
	const results: CheckResult[] = [];
	await roundTrip(
		tasks.map(task => ({task, how: 'look'})),
		context,
		message => {
			if (message.type === 'found') {
				results.push(message.result);
			}
		},
	);
	return results;
}

/**
 * Performs requests in order, and stops after the first task whose check does not pass in the end. Uses a single round
 * trip, because each one costs a second or more on an emulated VM.
 */
export async function roundTrip(
	requests: readonly TaskRequest[],
	{target, lock, timeoutScale, signal}: ExecContext,
	onMessage: (message: TripMessage) => void,
): Promise<void> {
	const mark = randomBytes(8).toString('hex');
	const text = tripScript(requests, mark);
	const file = fileOf(requests);
	const clock = new Clock(timeoutScale, onMessage);
	let [state, effects] = tripStart;
	const perform = (effects: readonly TripEffect[]) => {
		for (const effect of effects) {
			if (effect.type === 'message') {
				onMessage(effect.message);
			} else {
				clock.start(effect);
			}
		}
	};

	perform(effects);
	try {
		const exit = await target.exec(lockedShell(lock, mark, file === undefined ? undefined : text), {
			signal: AbortSignal.any([signal, clock.late]),
			onLine(line, stream, cut) {
				[state, effects] = tripLine(state, requests, mark, line, stream, cut);
				perform(effects);
			},
			...(file === undefined ? {input: text} : {file}),
		});
		for (const message of tripEnd(state, requests, exit, signal.aborted)) {
			onMessage(message);
		}
	} finally {
		clock.stop();
	}
}

/**
 * Enforces the time limit of the current command, and reports every second how long the target's lock has been waited
 * for.
 */
class Clock {
	readonly #late = new AbortController();
	readonly #timeoutScale: number;
	readonly #onMessage: (message: TripMessage) => void;
	#timer: NodeJS.Timeout | undefined;
	#interval: NodeJS.Timeout | undefined;

	constructor(timeoutScale: number, onMessage: (message: TripMessage) => void) {
		this.#timeoutScale = timeoutScale;
		this.#onMessage = onMessage;
	}

	/** Aborted when the time limit expires. */
	get late(): AbortSignal {
		return this.#late.signal;
	}

	/** Replaces the previous limit. */
	start({type, seconds}: Exclude<TripEffect, {type: 'message'}>): void {
		this.stop();
		const limit = seconds * this.#timeoutScale;
		this.#timer = setTimeout(() => {
			this.#late.abort();
		}, limit * 1000);
		if (type === 'limit') {
			return;
		}

		const since = performance.now();
		this.#onMessage({type: 'busy', seconds: 0, limit});
		this.#interval = setInterval(() => {
			this.#onMessage({type: 'busy', seconds: (performance.now() - since) / 1000, limit});
		}, 1000);
	}

	stop(): void {
		clearTimeout(this.#timer);
		clearInterval(this.#interval);
	}
}

import {setTimeout as delay} from 'node:timers/promises';
import type {TaskStatus} from './event.ts';
import {Interrupted, TaskFailed} from './failure.ts';
import type {Unit} from './plan.ts';
import {roundTrip} from './round-trip.ts';
import type {TaskRequest} from './task-request.ts';
import type {UnitContext} from './unit-context.ts';
import {label} from './unit-events.ts';
import type {UnitEffect, UnitMessage} from './unit-message.ts';
import {unitStart, type UnitState} from './unit-state.ts';
import {unitStep} from './unit-step.ts';

/**
 * Runs one unit's tasks in order. `unitStep` makes all decisions; this function performs the effects and feeds back
 * their results.
 * @throws TaskFailed, Interrupted
 */
export async function runUnit(unit: Unit, context: UnitContext): Promise<TaskStatus> {
	const {language, timeoutScale, isKnown = false, keep, wrote, decide, signal, emit, recordIntent} = context;
	const settings = {unit, language, timeoutScale, isKnown, keeps: keep !== undefined, asks: decide !== undefined};
	let state: UnitState = unitStart(settings);
	/** An error of `keep`; thrown after the round trip, because inside it the error would be thrown in a stream's callback. */
	let keepError: unknown;

	/** Performs the effects of a message. Returns the last one if the next message has to answer it. */
	const receive = (message: UnitMessage): UnitEffect | undefined => {
		const [after, effects] = unitStep(settings, state, message, performance.now());
		state = after;
		for (const effect of effects) {
			switch (effect.type) {
				case 'emit': {
					emit(effect.event);
					break;
				}

				case 'record': {
					recordIntent(effect.resource);
					break;
				}

				case 'wrote': {
					wrote?.(effect.path, effect.digest);
					break;
				}

				case 'keep': {
					try {
						const copy = keep?.(effect.path, effect.content);
						if (copy !== undefined) {
							emit({type: 'kept', ...label(unit), path: effect.path, copy});
						}
					} catch (error) {
						keepError = error;
					}

					break;
				}

				default: {
					return effect;
				}
			}
		}

		return undefined;
	};

	const trip = async (requests: readonly TaskRequest[]): Promise<UnitMessage> => {
		await roundTrip(requests, context, message => {
			receive(message);
		});
		if (keepError !== undefined) {
			throw keepError;
		}

		if (signal.aborted) {
			throw new Interrupted();
		}

		return {type: 'trip-ended'};
	};

	let message: UnitMessage = {type: 'begin'};
	for (;;) {
		const effect = receive(message);
		if (effect?.type === 'trip') {
			message = await trip(effect.requests);
		} else if (effect?.type === 'ask') {
			message = {type: 'decided', decision: await decide!(effect.question)};
		} else if (effect?.type === 'delay') {
			await delay(effect.seconds * 1000, undefined, {signal}).catch(() => {
				throw new Interrupted();
			});
			message = {type: 'delayed'};
		} else if (effect?.type === 'fail') {
			throw new TaskFailed(effect.report);
		} else {
			return state.status;
		}
	}
}

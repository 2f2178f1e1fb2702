import type {Listener} from './checks.ts';
import type {Unit} from './plan.ts';
import {label, tellDifference} from './unit-events.ts';
import type {UnitContext} from './unit-context.ts';

/**
 * Tells how what is there differs before a round trip changes it, and keeps the files that are overwritten.
 * @param first index of the task of the first request
 */
export function overwritten(unit: Unit, first: number, context: UnitContext): Required<Pick<Listener, 'onDifference' | 'onKept'>> & {throwIfLost: () => void} {
	let trouble: unknown;
	return {
		onDifference(request, difference) {
			tellDifference(unit, first + request, context, difference);
		},
		onKept(_, path, content) {
			// Thrown after the round trip: here a stream would.
			try {
				const copy = context.keep?.(path, content);
				if (copy !== undefined) {
					context.emit({type: 'kept', ...label(unit), path, copy});
				}
			} catch (error) {
				trouble = error;
			}
		},
		throwIfLost() {
			if (trouble !== undefined) {
				throw trouble;
			}
		},
	};
}

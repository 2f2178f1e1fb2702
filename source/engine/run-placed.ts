import type {PlacedTask} from './drill.ts';
import {Interrupted, TaskFailed} from './failure.ts';
import {lockOf} from './round-trip.ts';
import type {Target} from './target.ts';
import {runUnit} from './unit.ts';
import type {UnitContext} from './unit-context.ts';
import type {Text} from '../languages/text.ts';

export interface PlacedContext extends Omit<UnitContext, 'target' | 'lock'> {
	readonly target: (place: string) => Target;
	/** The folder of the cluster's locks; see `lockFolder`. */
	readonly lockFolder: string;
	/** Called with the index of each task once its check passes. */
	readonly onDone?: (index: number) => void;
}

/**
 * Runs tasks in order, each at its own place, as one unit in the events.
 * @throws TaskFailed, Interrupted
 */
export async function runPlaced(
	id: string,
	title: Text,
	placed: readonly PlacedTask[],
	context: PlacedContext,
): Promise<void> {
	const started = performance.now();
	let hasChanged = false;
	const label = {unit: id, step: id, host: 'host'};
	const end = (status: 'ok' | 'changed' | 'failed' | 'interrupted') => {
		context.emit({type: 'step-finished', ...label, status, duration: (performance.now() - started) / 1000});
	};

	context.emit({type: 'step-started', ...label, title: title[context.language]});
	try {
		for (const [index, {on, task}] of placed.entries()) {
			const step = {id, chapter: '', title, on: 'host', needs: [], tasks: () => [task]} as const;
			const unit = {id, step, subject: {}, place: on, stage: 3, tasks: [task], needs: [], supersededBy: []} as const;
			const status = await runUnit(unit, {
				...context,
				target: context.target(on),
				lock: lockOf(context.lockFolder, id),
			}).catch((error: unknown) => {
				throw on === 'host' || !(error instanceof TaskFailed) ? error : Object.assign(error, {place: on});
			});
			hasChanged ||= status === 'changed';
			context.onDone?.(index);
		}
	} catch (error) {
		end(error instanceof Interrupted ? 'interrupted' : 'failed');
		throw error;
	}

	end(hasChanged ? 'changed' : 'ok');
}

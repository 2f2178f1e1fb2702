import type {Event, EventBody} from '../engine/event.ts';
import type {PlanChange} from './plan-changes.ts';
import type {PlanSummary} from './plan-text.ts';
import type {DrillResult, LoadSample, LoadSeries} from '../measure/result.ts';

/**
 * What `verify --json` and `bench --json` tell beside the engine's events: results, each when it is whole. The engine
 * knows nothing of measurements, so these are not its events; to whoever reads the lines they look the same.
 */
export type ResultBody =
	/** Its requests have been told one by one. */
	| ({type: 'drill-finished'} & Omit<DrillResult, 'probe'>)
	/** `servers` as in a series; the how-manieth `of` how many. */
	| {type: 'load-started'; tool: LoadSample['tool']; servers: number; repetition: number; of: number; command: string}
	| ({type: 'sample'; servers: number; repetition: number} & LoadSample)
	| ({type: 'series'} & LoadSeries);

/** What `plan --json` tells behind the events of its dry run (docs/decisions/plan.md). */
export type PlanBody =
	| ({type: 'plan-change'} & PlanChange)
	/** A choice that `up` refuses for a cluster that exists; nothing else is told then. */
	| {type: 'plan-refused'; key: string; built: string; wanted: string; reason: string}
	| ({type: 'plan-finished'} & PlanSummary);

/** Everything that one of our commands can tell as a JSON line. */
export type JobEvent = Event | ((ResultBody | PlanBody) & {time: string});

/** One line on standard output, for programs. */
export function printEvent(body: EventBody | ResultBody | PlanBody): void {
	process.stdout.write(`${JSON.stringify({time: new Date().toISOString(), ...body})}\n`);
}

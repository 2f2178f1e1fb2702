import type {Event, EventBody} from '../engine/event.ts';
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

/** Everything that one of our commands can tell as a JSON line. */
export type JobEvent = Event | (ResultBody & {time: string});

/** One line on standard output, for programs. */
export function printEvent(body: EventBody | ResultBody): void {
	process.stdout.write(`${JSON.stringify({time: new Date().toISOString(), ...body})}\n`);
}

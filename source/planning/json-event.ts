import type {ErrorCode} from '../error-codes.ts';
import type {Event, EventBody, RunFinished} from '../engine/event.ts';
import type {PageFacts} from '../measure/health/facts.ts';
import type {DrillResult, LoadSample, LoadSeries} from '../measure/result.ts';
import type {PlanChange} from './plan-changes.ts';
import type {PlanSummary} from './plan-text.ts';

/** A run of `up` ended. `page`: responses of the user's page, if the run put it into service. */
export interface UpFinished extends RunFinished {
	readonly page?: PageFacts;
}

/** A test of `verify` ended. The probe's requests were reported one by one before. */
export interface DrillFinished extends Omit<DrillResult, 'probe'> {
	readonly type: 'drill-finished';
}

/** A load of `bench` starts: number `repetition` of `of`. `servers` as in a series. */
export interface LoadStarted {
	readonly type: 'load-started';
	readonly tool: LoadSample['tool'];
	readonly servers: number;
	readonly repetition: number;
	readonly of: number;
	readonly command: string;
}

/** A load of `bench` ended. */
export interface SampleTaken extends LoadSample {
	readonly type: 'sample';
	readonly servers: number;
	readonly repetition: number;
}

/** All loads of `bench` with one tool and one number of servers ended. */
export interface SeriesFinished extends LoadSeries {
	readonly type: 'series';
}

/** Results of `verify` and `bench`. The engine knows nothing of measurements, so these are not its events. */
export type ResultBody = DrillFinished | LoadStarted | SampleTaken | SeriesFinished;

/** A line of the plan, after the events of its dry run. */
export interface PlanChanged extends PlanChange {
	readonly type: 'plan-change';
}

/** A changed answer that `up` refuses for an existing cluster. Only `error` follows. */
export interface PlanRefused {
	readonly type: 'plan-refused';
	readonly key: string;
	readonly built: string;
	readonly wanted: string;
	readonly reason: string;
}

/** Figures of the whole plan, as the last event. */
export interface PlanFinished extends PlanSummary {
	readonly type: 'plan-finished';
}

/** Events of `plan --json` after those of its dry run (docs/decisions/plan.md). */
export type PlanBody = PlanChanged | PlanRefused | PlanFinished;

/** An error ended the command; no other events follow. `code`: see docs/exit-codes.md. `message`: the sentence on standard error. */
export interface CommandFailed {
	readonly type: 'error';
	readonly code: ErrorCode;
	readonly exitCode: number;
	readonly message: string;
}

/** Every JSON line that a command can print, without its time. */
export type JobBody = EventBody | UpFinished | ResultBody | PlanBody | CommandFailed;

/** A `JobBody` with its time (ISO 8601). */
export type JobEvent = Event | ((UpFinished | ResultBody | PlanBody | CommandFailed) & {time: string});

/** Prints an event with the current time as one JSON line. */
export function printEvent(body: JobBody): void {
	process.stdout.write(`${JSON.stringify({time: new Date().toISOString(), ...body})}\n`);
}

/** How a task ended. `would-change` and `unknown` come from a dry run only. */
export type TaskStatus = 'ok' | 'changed' | 'failed' | 'skipped' | 'would-change' | 'unknown';

/** How a unit ended. `blocked`: something it needs failed. */
export type UnitStatus = TaskStatus | 'blocked' | 'interrupted';

/** What happens in a run, apart from its time. The names of types and fields are an interface; texts are not. */
export type EventBody =
	| {type: 'run-started'; run: string; command: string; cluster: string; steps: ReadonlyArray<{unit: string; step: string; host: string; title?: string; tasks: number}>}
	| {type: 'step-started'; unit: string; step: string; host: string; title: string}
	| {type: 'task-started'; unit: string; step: string; host: string; task: string; index: number; command: string}
	/** `cut`: bytes at the line's end that were left out. */
	| {type: 'output'; unit: string; step: string; host: string; stream: 'stdout' | 'stderr'; line: string; cut?: number}
	/** A unified diff from a task's file, or anything else compared as text, to its new content. `left`: lines left out. */
	| {type: 'difference'; unit: string; step: string; host: string; task: string; index: number; lines: readonly string[]; left: number}
	/** A file was copied before it was overwritten. */
	| {type: 'kept'; unit: string; step: string; host: string; path: string; copy: string}
	| {type: 'waiting'; unit: string; step: string; host: string; task: string; reason: string; seconds: number; limit: number}
	/** `because`: the file whose change makes the task necessary although its check holds now; in a dry run. */
	| {type: 'task-finished'; unit: string; step: string; host: string; task: string; index: number; status: TaskStatus; duration: number; reason?: string; because?: string; failure?: FailureReport}
	| {type: 'step-finished'; unit: string; step: string; host: string; status: UnitStatus; duration: number; reason?: string}
	| {type: 'measurement'; name: string; value: number; unit: string}
	/** One request of the probe that runs beside a test: times in milliseconds since it began. */
	| {type: 'request'; test: string; at: number; late: number; latency: number; outcome: string; server?: string; director?: string}
	| {type: 'run-finished'; run: string; status: 'ok' | 'failed' | 'interrupted'; changed: number; duration: number};

/** One event: `time` is ISO 8601, durations are seconds. */
export type Event = EventBody & {time: string};

/** What a user needs in order to go on after a failure. */
export interface FailureReport {
	/** What was attempted: the task's title. */
	attempted: string;
	command: string;
	/** The exit code, or why there is none. */
	exit: number | 'limit' | 'unreachable';
	lines: string[];
	advice: string;
}

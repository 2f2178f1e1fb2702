/** How a task ended. `would-change` and `unknown` come from a dry run only. */
export type TaskStatus = 'ok' | 'changed' | 'failed' | 'skipped' | 'would-change' | 'unknown';

/** How a unit ended. `blocked`: something it needs failed. */
export type UnitStatus = TaskStatus | 'blocked' | 'interrupted';

/** A run starts. `steps` lists all its units in order. */
export interface RunStarted {
	type: 'run-started';
	run: string;
	command: string;
	cluster: string;
	steps: ReadonlyArray<{unit: string; step: string; host: string; title?: string; tasks: number}>;
}

/** Part of every event that belongs to a unit: a step on one host, which is a node's name or `machine`, this computer. */
interface OfUnit {
	unit: string;
	step: string;
	host: string;
}

/** A unit starts. */
export interface StepStarted extends OfUnit {
	type: 'step-started';
	title: string;
}

/** A task is applied because its check did not pass. */
export interface TaskStarted extends OfUnit {
	type: 'task-started';
	task: string;
	index: number;
	command: string;
}

/** A line of a command's output. `cut`: number of bytes dropped from its end. */
export interface Output extends OfUnit {
	type: 'output';
	stream: 'stdout' | 'stderr';
	line: string;
	cut?: number;
}

/**
 * A unified diff from the current content of a file (or of anything else that is compared as text) to its new content.
 * `left`: number of lines omitted.
 */
export interface DifferenceShown extends OfUnit {
	type: 'difference';
	task: string;
	index: number;
	lines: readonly string[];
	left: number;
}

/** A file was backed up before it was overwritten. */
export interface FileKept extends OfUnit {
	type: 'kept';
	path: string;
	copy: string;
}

/** A task is still waiting: for `seconds` so far, of at most `limit`. */
export interface Waiting extends OfUnit {
	type: 'waiting';
	task: string;
	reason: string;
	seconds: number;
	limit: number;
}

/** A task ended. `because` (dry run only): the file whose change makes the task necessary although its check passes now. */
export interface TaskFinished extends OfUnit {
	type: 'task-finished';
	task: string;
	index: number;
	status: TaskStatus;
	duration: number;
	reason?: string;
	because?: string;
	failure?: FailureReport;
}

/** A unit ended. */
export interface StepFinished extends OfUnit {
	type: 'step-finished';
	status: UnitStatus;
	duration: number;
	reason?: string;
}

/** A value that a task measured. */
export interface Measurement {
	type: 'measurement';
	name: string;
	value: number;
	unit: string;
}

/** A request of the probe that runs during a test. Times are milliseconds since the probe started. */
export interface RequestMade {
	type: 'request';
	test: string;
	at: number;
	late: number;
	latency: number;
	outcome: string;
	server?: string;
	director?: string;
}

/** The run ended. `changed` is the number of units that changed something. */
export interface RunFinished {
	type: 'run-finished';
	run: string;
	status: 'ok' | 'failed' | 'interrupted';
	changed: number;
	duration: number;
}

/**
 * An event of a run, without its time. The names of types and fields are a stable interface (docs/events.md); texts are
 * not.
 */
export type EventBody =
	| RunStarted
	| StepStarted
	| TaskStarted
	| Output
	| DifferenceShown
	| FileKept
	| Waiting
	| TaskFinished
	| StepFinished
	| Measurement
	| RequestMade
	| RunFinished;

/** One event: `time` is ISO 8601, durations are seconds. */
export type Event = EventBody & {time: string};

/** Everything that a user needs to continue after a failure. */
export interface FailureReport {
	/** Title of the failed task. */
	attempted: string;
	command: string;
	/** Exit code, or the reason why there is none. */
	exit: number | 'limit' | 'unreachable';
	lines: string[];
	advice: string;
}

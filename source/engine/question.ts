import type {FailureReport} from './event.ts';
import type {Unit} from './plan.ts';
import type {Task} from './task.ts';

/** What the engine asks of whoever looks after the run. */
export type Question =
	/** Before a task's commands are run; only a guided run says anything but `all`. */
	| {type: 'apply'; unit: Unit; task: Task}
	| {type: 'failed'; unit: Unit; task: Task; report: FailureReport};

/** `all`: go, and do not ask before the unit's other tasks. */
export type Decision = 'go' | 'all' | 'retry' | 'skip' | 'stop';

/** Asks whoever looks after the run, and waits for the answer. */
export type Decide = (question: Question) => Promise<Decision>;

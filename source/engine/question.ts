import type {FailureReport} from './event.ts';
import type {Unit} from './plan.ts';
import type {Task} from './task.ts';

/** A question from the engine to the operator. */
export type Question =
	/** Asked before a task's commands run; outside a guided run the answer is always `all`. */
	{type: 'apply'; unit: Unit; task: Task} | {type: 'failed'; unit: Unit; task: Task; report: FailureReport};

/** `all`: go, and do not ask again for the unit's other tasks. */
export type Decision = 'go' | 'all' | 'retry' | 'skip' | 'stop';

/** Asks the operator and resolves with the answer. */
export type Decide = (question: Question) => Promise<Decision>;

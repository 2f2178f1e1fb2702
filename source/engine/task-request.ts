import type {Task} from './task.ts';

/**
 * A round trip's work on one task. `look`: check it; `survey`: check it, and go on even if the check does not pass;
 * `apply`: apply it without checking first; `fulfil`: apply it if the check does not pass; `compare`: only print a
 * diff.
 */
export interface TaskRequest {
	readonly task: Task;
	readonly how: 'look' | 'survey' | 'apply' | 'fulfil' | 'compare';
	/** Prints a diff before changing anything. */
	readonly shows?: boolean;
	/** Sends back the previous content of files that are overwritten. */
	readonly keeps?: boolean;
}

import type {Task} from './task.ts';

/**
 * One task's part in a round trip: only look; look, and go on also where it does not hold (`survey`); make it hold without
 * looking; make it hold if it does not; only print how what is there differs (`compare`).
 */
export interface TaskRequest {
	readonly task: Task;
	readonly how: 'look' | 'survey' | 'apply' | 'fulfil' | 'compare';
	/** Prints how what is there differs before it is changed. */
	readonly shows?: boolean;
	/** Gives the former content of the files that are overwritten. */
	readonly keeps?: boolean;
}

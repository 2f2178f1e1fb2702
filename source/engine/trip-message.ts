import type {Command} from '../shell/command.ts';
import type {Difference} from './comparison.ts';
import type {Stream} from './target.ts';

/**
 * Result of one check: 0, it passes; 1, it does not; anything else, unknown. `lines` say what differs, or why there is
 * no exit code.
 */
export interface CheckResult {
	readonly code: number | 'limit' | 'unreachable';
	readonly lines: readonly string[];
	/** The VM does not run: retrying is useless. */
	readonly isFinal?: boolean;
}

/** A failed command of a task. */
export interface CommandFailure {
	readonly command: Command;
	/** Contains the last lines of output, or the reason why the target could not be reached. */
	readonly result: CheckResult;
}

/** Events of a round trip, sent as they happen. `request` is an index from 0. */
export type TripMessage =
	/** Sent every second while another command of this program holds the target's lock. */
	| {readonly type: 'busy'; readonly seconds: number; readonly limit: number}
	/** A task's command starts. */
	| {readonly type: 'started'; readonly request: number; readonly command: Command}
	/** A line of output. `cut`: number of bytes dropped from its end. */
	| {readonly type: 'line'; readonly line: string; readonly stream: Stream; readonly cut: number | undefined}
	/** Diff from the current content to what the task writes. */
	| {readonly type: 'difference'; readonly request: number; readonly difference: Difference}
	/** Previous content of a file that is about to be overwritten. */
	| {readonly type: 'kept'; readonly request: number; readonly path: string; readonly content: Buffer}
	/** A file was written by the task's commands; `digest` is the beginning of its SHA-256. */
	| {readonly type: 'wrote'; readonly request: number; readonly path: string; readonly digest: string}
	/** A check has ended; sent in the order of the requests. `fulfil` sends two for a task that had to be applied. */
	| {readonly type: 'found'; readonly result: CheckResult}
	/** A command has failed, which ends the round trip. */
	| {readonly type: 'failed'; readonly failure: CommandFailure};

import type {Command} from '../shell/command.ts';
import type {Difference} from './comparison.ts';
import type {Stream} from './target.ts';

/** How one task's check ended: 0 holds, 1 does not, anything else cannot tell. `lines` say what differs, or why there is no code. */
export interface CheckResult {
	readonly code: number | 'limit' | 'unreachable';
	readonly lines: readonly string[];
	/** The machine does not run: another look is of no use. */
	readonly isFinal?: boolean;
}

/** A command of a task that did not end well. */
export interface CommandFailure {
	readonly command: Command;
	/** With the command's last lines, or why the machine could not be reached. */
	readonly result: CheckResult;
}

/** What happens in a round trip, as it happens. Requests are counted from 0. */
export type TripMessage =
	/** The machine is busy with what another command of this program began there: every second. */
	| {readonly type: 'busy'; readonly seconds: number; readonly limit: number}
	/** A command of a task begins. */
	| {readonly type: 'started'; readonly request: number; readonly command: Command}
	/** A line of a command. `cut`: bytes at its end that were left out. */
	| {readonly type: 'line'; readonly line: string; readonly stream: Stream; readonly cut: number | undefined}
	/** How what is there differs from what the task makes. */
	| {readonly type: 'difference'; readonly request: number; readonly difference: Difference}
	/** The content of a file that is about to be overwritten. */
	| {readonly type: 'kept'; readonly request: number; readonly path: string; readonly content: Buffer}
	/** A check has ended; in the order of the requests. With `fulfil` there are two for a task that did not hold. */
	| {readonly type: 'found'; readonly result: CheckResult}
	/** A command has failed: the end of the round trip. */
	| {readonly type: 'failed'; readonly failure: CommandFailure};

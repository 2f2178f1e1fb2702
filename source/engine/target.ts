import type {Content} from '../shell/command.ts';

export type Stream = 'stdout' | 'stderr';

export interface Execution {
	/** Sent to standard input, which is empty otherwise. */
	readonly input?: Content;
	/** Absolute path of a file on this computer, streamed to standard input with back-pressure; instead of `input`. */
	readonly file?: string;
	/** Takes a line of output, clean (source/text/clean.ts). `cut`: bytes at its end that were left out, as it is too long. */
	readonly onLine?: (line: string, stream: Stream, cut?: number) => void;
	/** When it fires, the command and everything it started are ended, here and on the machine. */
	readonly signal?: AbortSignal;
	/** Seconds after which the command is ended. */
	readonly limit?: number;
}

/**
 * How a command ended: its exit code, or why there is none. `unreachable` is also the end of a command whose `file` cannot be
 * read; `isFinal`: the machine does not run, so waiting for it is of no use.
 */
export type Exit = {readonly code: number} | {readonly code: 'limit' | 'aborted'} | {readonly code: 'unreachable'; readonly reason: string; readonly isFinal?: boolean};

/** One machine on which POSIX shell text can be executed as root. */
export interface Target {
	readonly name: string;
	exec(text: string, execution?: Execution): Promise<Exit>;
	/** Lets go of connections. */
	close(): void;
}

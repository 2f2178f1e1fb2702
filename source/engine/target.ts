import type {Content} from '../shell/command.ts';

export type Stream = 'stdout' | 'stderr';

export interface Execution {
	/** Data for standard input; empty by default. */
	readonly input?: Content;
	/** Absolute path of a file on this computer, streamed to standard input with back-pressure instead of `input`. */
	readonly file?: string;
	/**
	 * Called for each line of output, already sanitized (source/text/clean.ts). `cut`: number of bytes dropped from the
	 * end of an overlong line.
	 */
	readonly onLine?: (line: string, stream: Stream, cut?: number) => void;
	/** Ends the command and all processes it started, on this computer and on the target. */
	readonly signal?: AbortSignal;
	/** Seconds after which the command is stopped. */
	readonly limit?: number;
}

/**
 * Exit code of a command, or the reason why there is none. `unreachable` also covers a `file` that cannot be read.
 * `isFinal`: the VM does not run, so retrying is useless.
 */
export type Exit =
	| {readonly code: number}
	| {readonly code: 'limit' | 'aborted'}
	| {readonly code: 'unreachable'; readonly reason: string; readonly isFinal?: boolean};

/** A computer or VM on which POSIX shell scripts can be run as root. */
export interface Target {
	readonly name: string;
	exec(text: string, execution?: Execution): Promise<Exit>;
	/** Closes all connections. */
	close(): void;
}

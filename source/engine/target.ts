import type {Content} from './command.ts';

export type Stream = 'stdout' | 'stderr';

export interface Execution {
	/** Sent to standard input, which is empty otherwise. */
	readonly input?: Content;
	readonly onLine?: (line: string, stream: Stream) => void;
	/** When it fires, the command and everything it started are ended, here and on the machine. */
	readonly signal?: AbortSignal;
	/** Seconds after which the command is ended. */
	readonly limit?: number;
}

/** How a command ended: its exit code, or why there is none. */
export type Exit = {readonly code: number} | {readonly code: 'limit' | 'aborted'} | {readonly code: 'unreachable'; readonly reason: string};

/** One machine on which POSIX shell text can be executed as root. */
export interface Target {
	readonly name: string;
	exec(text: string, execution?: Execution): Promise<Exit>;
	/** Lets go of connections. */
	close(): void;
}

import {LiveLine, type LineTerminal} from '../output/live-line.ts';
import {clock} from '../text/columns.ts';
import type {CommonOptions} from '../command-line/options.ts';

/** Progress of a status check: what it is waiting for, and how many parts are done. */
export interface WaitStatus {
	readonly what: string;
	readonly done: number;
	readonly of: number;
}

export interface WaitingLine {
	tell(waiting: WaitStatus): void;
	/** Clears the line. */
	end(): void;
}

/** A stream that may be a terminal. */
type Stream = LineTerminal & {readonly isTTY?: boolean};

/** Milliseconds before the line appears, so that short waits show nothing. */
const delay = 500;

/**
 * Shows a live line on standard error with the reason for waiting, the progress and the elapsed time. Shows nothing
 * with `--json` or `--quiet`, or if standard error is not a terminal.
 * @param started when the command began, in milliseconds since 1970
 */
export function waitingLine(
	{json, quiet}: Pick<CommonOptions, 'json' | 'quiet'>,
	started: number,
	stream: Stream = process.stderr,
): WaitingLine {
	if (json || quiet || !stream.isTTY || process.env['TERM'] === 'dumb') {
		return {tell() {}, end() {}};
	}

	const line = new LiveLine(stream);
	let now: WaitStatus | undefined;
	const draw = () => {
		if (now && Date.now() - started >= delay) {
			line.draw(now.what, `${now.done}/${now.of}  ${clock((Date.now() - started) / 1000)}`);
		}
	};

	const timer = setInterval(draw, 1000);
	timer.unref();
	return {
		tell(waiting) {
			now = waiting;
			draw();
		},
		end() {
			clearInterval(timer);
			line.clear();
		},
	};
}

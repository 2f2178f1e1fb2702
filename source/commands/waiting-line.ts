import {LiveLine, type LineTerminal} from '../output/live-line.ts';
import {clock} from '../text/columns.ts';
import type {CommonOptions} from './options.ts';

/** How far a look is: what it waits for, and how many of its parts are done. */
export interface Waiting {
	readonly what: string;
	readonly done: number;
	readonly of: number;
}

export interface WaitingLine {
	tell(waiting: Waiting): void;
	/** Takes the line off the screen. */
	end(): void;
}

/** A stream that may be a terminal. */
type Stream = LineTerminal & {readonly isTTY?: boolean};

/** Milliseconds before the line is shown: what is over at once needs none. */
const delay = 500;

/**
 * A line on standard error that says what a command waits for, how far it is and since when; nothing where standard
 * error is no terminal, for programs (`--json`), and with `--quiet`.
 * @param started when the command began, in milliseconds since 1970
 */
export function waitingLine({json, quiet}: Pick<CommonOptions, 'json' | 'quiet'>, started: number, stream: Stream = process.stderr): WaitingLine {
	if (json || quiet || !stream.isTTY || process.env['TERM'] === 'dumb') {
		return {tell() {}, end() {}};
	}

	const line = new LiveLine(stream);
	let now: Waiting | undefined;
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

import {hangingLines} from '../text/hanging.ts';
import type {CommonOptions} from './options.ts';

/** Standard output; with `--json` that is for programs, and sentences go to standard error. */
export function sentencesOf({json}: CommonOptions): NodeJS.WriteStream {
	return json ? process.stderr : process.stdout;
}

/** Tells the user a command's result, in sentences broken for the terminal. */
export function say(text: string, options: CommonOptions): void {
	write(text, sentencesOf(options));
}

/** Tells the user on standard error: before a question, and of what went wrong. */
export function warn(text: string): void {
	write(text, process.stderr);
}

function write(text: string, output: NodeJS.WriteStream): void {
	output.write(`${hangingLines(text, output)}\n`);
}

import {wrapLines} from '../text/wrap.ts';
import type {CommonOptions} from '../command-line/options.ts';

/** Stream for sentences: standard output, or standard error if `--json` reserves standard output for JSON. */
export function sentencesOf({json}: CommonOptions): NodeJS.WriteStream {
	return json ? process.stderr : process.stdout;
}

/** Prints a command's result, wrapped to the terminal's width. */
export function printResult(text: string, options: CommonOptions): void {
	write(text, sentencesOf(options));
}

/** Prints a warning, an error or the facts before a question on standard error. */
export function printWarning(text: string): void {
	write(text, process.stderr);
}

function write(text: string, output: NodeJS.WriteStream): void {
	output.write(`${wrapLines(text, output)}\n`);
}

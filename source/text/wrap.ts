import wrapAnsi from 'wrap-ansi';
import {columnsOf} from './columns.ts';

/** Replaces blanks inside a quoted command while a line is wrapped, so that users can copy the command from one line. */
const joined = '\u00A0';

/** Width of a terminal; undefined for a file or a pipe. */
export interface Columns {
	readonly columns?: number;
}

/**
 * Wraps a line at blanks for a terminal. Continuation lines are indented two columns more than the first line. A word wider
 * than the terminal is not broken, and without a terminal nothing is wrapped. The line may contain colour sequences.
 */
export function wrapLine(line: string, {columns}: Columns): string {
	const [indent = ''] = /^ */.exec(line) ?? [];
	const room = (columns ?? 0) - indent.length - 3;
	if (columns === undefined || room < 20 || columnsOf(line.replaceAll(/\u001B\[[\d;]*m/g, '')) < columns) {
		return line;
	}

	const text = line.slice(indent.length).replaceAll(/`[^`]*`/g, command => command.replaceAll(' ', joined));
	return wrapAnsi(text, room, {hard: false})
		.replaceAll(joined, ' ')
		.split('\n')
		.map((part, index) => `${indent}${index === 0 ? '' : '  '}${part}`)
		.join('\n');
}

/** Wraps sentences for a terminal. Lines indented by four columns are commands, output or diffs, and are not wrapped. */
export function wrapLines(text: string, terminal: Columns): string {
	return text
		.split('\n')
		.map(line => (line.startsWith('    ') ? line : wrapLine(line, terminal)))
		.join('\n');
}

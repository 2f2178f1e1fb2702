import wrapAnsi from 'wrap-ansi';
import {width} from './columns.ts';

/** Stands for a blank inside a command that is quoted in a sentence: it is copied as it is, so no line ends in it. */
const joined = '\u00A0';

/** A terminal's width; undefined for a file or a pipe. */
export interface Columns {
	readonly columns?: number;
}

/**
 * A line broken at blanks for a terminal. The lines that follow are indented two columns more than the first. A word that
 * is wider than the terminal stays whole, and nothing is broken where there is no terminal. The line may hold colours.
 */
export function hanging(line: string, {columns}: Columns): string {
	const [indent = ''] = /^ */.exec(line) ?? [];
	const room = (columns ?? 0) - indent.length - 3;
	if (columns === undefined || room < 20 || width(line.replaceAll(/\u001B\[[\d;]*m/g, '')) < columns) {
		return line;
	}

	const text = line.slice(indent.length).replaceAll(/`[^`]*`/g, command => command.replaceAll(' ', joined));
	return wrapAnsi(text, room, {hard: false}).replaceAll(joined, ' ').split('\n').map((part, index) => `${indent}${index === 0 ? '' : '  '}${part}`).join('\n');
}

/** Sentences broken for a terminal. Lines indented by four columns are commands, output and diffs, and stay as they are. */
export function hangingLines(text: string, terminal: Columns): string {
	return text.split('\n').map(line => line.startsWith('    ') ? line : hanging(line, terminal)).join('\n');
}

import {cleanLine} from '../../text/clean.ts';
import {beginning, clock, cut, unitsPerColumn, width} from '../../text/columns.ts';

export {clock, cut, width};

type Paint = (text: string) => string;

const sgr = (open: number, close: number): Paint => text => `\u001B[${open}m${text}\u001B[${close}m`;

/** The sixteen colours that every terminal has; the terminal takes them away where they are not wanted. */
export const paint = {
	bold: sgr(1, 22),
	dim: sgr(2, 22),
	inverse: sgr(7, 27),
	red: sgr(31, 39),
	green: sgr(32, 39),
	yellow: sgr(33, 39),
	cyan: sgr(36, 39),
	plain: (text: string) => text,
};

/** Text as one line of columns: without tabs, and without whatever else moves a cursor. */
export function clean(text: string): string {
	return cleanLine(text).replaceAll('\t', '    ');
}

/** Exactly so many columns. */
export function fit(text: string, columns: number): string {
	const short = cut(text, columns);
	return short + ' '.repeat(Math.max(0, columns - width(short)));
}

/** Sentences in lines of at most so many columns. */
export function wrap(text: string, columns: number): string[] {
	const lines: string[] = [];
	for (const paragraph of text.split('\n')) {
		let line = '';
		for (const word of paragraph.split(' ')) {
			let rest = word;
			if (line !== '' && width(line) + 1 + width(rest) > columns) {
				lines.push(line);
				line = '';
			} else if (line !== '') {
				line += ' ';
			}

			while (rest.length > columns * unitsPerColumn || width(rest) > columns) {
				const part = beginning(rest, columns) || [...rest][0]!;
				lines.push(line + part);
				line = '';
				rest = rest.slice(part.length);
			}

			line += rest;
		}

		lines.push(line);
	}

	return lines;
}

/** Sentences in lines of at most so many columns, as `wrap` breaks them for a screen; those after the first begin with `indent`. */
export function wrapHanging(text: string, columns: number, indent = '  '): string[] {
	const [first = '', ...rest] = wrap(text, columns);
	const lines = rest.length === 0 ? [] : wrap(rest.join(' '), columns - indent.length);
	return [first, ...lines.map(line => indent + line)];
}

/** The text, or as many of its clauses from the beginning as fit, without a sign that it goes on; empty if none does. */
export function clauses(text: string, columns: number): string {
	if (width(text) <= columns) {
		return text;
	}

	const ends = [...text.matchAll(/[,;:](?= )| (?=\()/g)].map(({index}) => text.slice(0, index)).filter(part => width(part) <= columns && !/\([^)]*$/.test(part));
	return ends.at(-1) ?? '';
}

/** `2026-11-22 18:09`, in the user's own time. */
export function when(time: string): string {
	const date = new Date(time);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

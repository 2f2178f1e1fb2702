import {cleanLine} from '../../text/clean.ts';
import {takeColumns, clock, truncate, unitsPerColumn, columnsOf} from '../../text/columns.ts';

export {clock, truncate as cut, columnsOf as width};

type Paint = (text: string) => string;

const sgr =
	(open: number, close: number): Paint =>
	text =>
		`\u001B[${open}m${text}\u001B[${close}m`;

/** Styles and basic ANSI colours. `plainText` removes the colours from frames for terminals without colour. */
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

/** Cleans text into one line without control characters; a tab becomes four spaces. */
export function clean(text: string): string {
	return cleanLine(text).replaceAll('\t', '    ');
}

/** Cuts or pads a text to exactly this many columns. */
export function padOrTruncate(text: string, columns: number): string {
	const short = truncate(text, columns);
	return short + ' '.repeat(Math.max(0, columns - columnsOf(short)));
}

/** Wraps text at spaces into lines of at most this many columns; breaks words that are longer. */
export function wrap(text: string, columns: number): string[] {
	const lines: string[] = [];
	for (const paragraph of text.split('\n')) {
		let line = '';
		for (const word of paragraph.split(' ')) {
			let rest = word;
			if (line !== '' && columnsOf(line) + 1 + columnsOf(rest) > columns) {
				lines.push(line);
				line = '';
			} else if (line !== '') {
				line += ' ';
			}

			while (rest.length > columns * unitsPerColumn || columnsOf(rest) > columns) {
				const part = takeColumns(rest, columns) || [...rest][0]!;
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

/** Wraps text as `wrap` does; the lines after the first begin with `indent`. */
export function wrapHanging(text: string, columns: number, indent = '  '): string[] {
	const [first = '', ...rest] = wrap(text, columns);
	const lines = rest.length === 0 ? [] : wrap(rest.join(' '), columns - indent.length);
	return [first, ...lines.map(line => indent + line)];
}

/** The text if it fits, otherwise its leading clauses that fit, without an ellipsis; empty if not even the first fits. */
export function leadingClauses(text: string, columns: number): string {
	if (columnsOf(text) <= columns) {
		return text;
	}

	const ends = [...text.matchAll(/[,;:](?= )| (?=\()/g)]
		.map(({index}) => text.slice(0, index))
		.filter(part => columnsOf(part) <= columns && !/\([^)]*$/.test(part));
	return ends.at(-1) ?? '';
}

/** `2026-11-22 18:09`, in the local time zone. */
export function localDateTime(time: string): string {
	const date = new Date(time);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

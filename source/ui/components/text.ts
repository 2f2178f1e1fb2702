import stringWidth from 'string-width';
import {cleanLine} from '../../text/clean.ts';

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

const segments = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** Columns of a text without control characters. */
export function width(text: string): number {
	return isAscii(text) ? text.length : stringWidth(text);
}

/** At most so many columns; what is cut off ends with `…`. For text without control characters. */
export function cut(text: string, columns: number): string {
	if (columns <= 0) {
		return '';
	}

	if (isAscii(text)) {
		return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
	}

	if (stringWidth(text) <= columns) {
		return text;
	}

	let kept = '';
	let taken = 0;
	for (const {segment} of segments.segment(text)) {
		taken += stringWidth(segment);
		if (taken > columns - 1) {
			break;
		}

		kept += segment;
	}

	return `${kept}…`;
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

			while (width(rest) > columns) {
				const part = cut(rest, columns + 1).replace(/…$/, '');
				lines.push(line + part);
				line = '';
				rest = rest.slice(part.length || 1);
			}

			line += rest;
		}

		lines.push(line);
	}

	return lines;
}

/** Seconds as `8 s`, `2:05` or `1:02:05`. */
export function clock(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	if (whole < 60) {
		return `${whole} s`;
	}

	const minutes = Math.floor(whole / 60);
	const rest = `${String(minutes % 60).padStart(minutes < 60 ? 1 : 2, '0')}:${String(whole % 60).padStart(2, '0')}`;
	return minutes < 60 ? rest : `${Math.floor(minutes / 60)}:${rest}`;
}

/** `2026-11-22 18:09`, in the user's own time. */
export function when(time: string): string {
	const date = new Date(time);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function isAscii(text: string): boolean {
	 
	return /^[\u0000-\u007F]*$/.test(text);
}

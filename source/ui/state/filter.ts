import {regExp} from '../../regexp.ts';
import {emptyField, applyKey, type FieldKey, type TextField} from './text-field.ts';

/** Search text of a list or a text; empty unless the user pressed `/`. */
export interface Filter {
	readonly field: TextField;
	readonly isTyping: boolean;
}

export const noFilter: Filter = {field: emptyField, isTyping: false};

/** Most characters of a search text. */
const longest = 100;

/** Returns the filter after a key; undefined if the key is not for the filter. `/` begins, Enter keeps, Esc clears. */
export function filterKey(filter: Filter, input: string, key: FieldKey): Filter | undefined {
	const {field, isTyping} = filter;
	if (!isTyping) {
		return input === '/' && !key.ctrl && !key.meta
			? {field: emptyField, isTyping: true}
			: key.escape && field.text !== ''
				? noFilter
				: undefined;
	}

	if (key.escape) {
		return noFilter;
	}

	if (key.return) {
		return field.text === '' ? noFilter : {field, isTyping: false};
	}

	// These keys scroll the list while the filter is typed.
	return key.upArrow || key.downArrow || key.pageUp || key.pageDown
		? undefined
		: {field: applyKey(field, input, key, longest), isTyping: true};
}

/** Whether there is a filter, so that Esc clears it. */
export function isFiltering({field, isTyping}: Filter): boolean {
	return isTyping || field.text !== '';
}

/** Returns a function that tests whether a text contains `wanted`, ignoring case; an empty `wanted` matches every text. */
export function matcher(wanted: string): (text: string) => boolean {
	if (wanted === '') {
		return () => true;
	}

	const pattern = regExp('iu')`${wanted}`;
	return text => pattern.test(text);
}

const inverse = '\u001B[7m';
const normal = '\u001B[27m';

/** The line with all matches inverse. Colour sequences in the line are kept; the search ignores them. */
export function highlighted(line: string, wanted: string): string {
	if (wanted === '') {
		return line;
	}

	// Every second part is an escape sequence.
	const parts = line.split(/(\u001B\[[\d;]*m)/);
	const plain = parts.filter((_, index) => index % 2 === 0).join('');
	const ranges = [...plain.matchAll(regExp('giu')`${wanted}`)].map(
		({index, 0: {length}}) => [index, index + length] as const,
	);
	let at = 0;
	return ranges.length === 0
		? line
		: parts
				.map((part, index) => {
					if (index % 2 === 1) {
						return part;
					}

					const [from, to] = [at, at + part.length];
					at = to;
					let shown = '';
					let done = from;
					for (const [start, end] of ranges.filter(([start, end]) => end > from && start < to)) {
						shown +=
							part.slice(done - from, Math.max(start, from) - from) +
							inverse +
							part.slice(Math.max(start, from) - from, Math.min(end, to) - from) +
							normal;
						done = Math.min(end, to);
					}

					return shown + part.slice(done - from);
				})
				.join('');
}

/**
 * Number of the nearest line that contains a text; undefined if there is none.
 * @param lines the range of line numbers, without `end`, and a function that returns a line
 * @param from number of the line where the search begins
 */
export function findLine(
	{start, end, at}: {start: number; end: number; at: (number: number) => string},
	wanted: string,
	from: number,
	direction: -1 | 1,
): number | undefined {
	const matches = matcher(wanted);
	for (let number = from; number >= start && number < end; number += direction) {
		if (matches(at(number))) {
			return number;
		}
	}

	return undefined;
}

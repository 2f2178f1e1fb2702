import {isFiltering, type Filter} from '../state/filter.ts';
import type {TextField} from '../state/text-field.ts';
import {clean, cut, paint, width} from './text.ts';

/** The typed text with its cursor; a text wider than `columns` is cut to the part around the cursor. */
export function fieldText({text, cursor}: TextField, columns = Infinity): string {
	const before = clean(text.slice(0, cursor));
	const [under = ''] = text.slice(cursor);
	const after = clean(text.slice(cursor + under.length));
	const shown = under === '' ? '█' : `\u001B[7m${clean(under)}\u001B[27m`;
	if (width(before) + 1 + width(after) <= columns) {
		return before + shown + after;
	}

	let start = before;
	while (start !== '' && width(start) + 2 > columns) {
		start = start.slice(1);
	}

	return `${start === before ? '' : '…'}${start}${shown}${cut(after, columns - width(start) - 2)}`;
}

/** `/web█  3 of 60`: the search text and `count`; undefined without a filter. */
export function filterLine(filter: Filter, count: string, columns: number): string | undefined {
	if (!isFiltering(filter)) {
		return undefined;
	}

	const text = filter.isTyping ? fieldText(filter.field, columns - width(count) - 4) : clean(filter.field.text);
	return `${paint.bold(`/${text}`)}  ${paint.dim(count)}`;
}

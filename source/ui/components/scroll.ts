import {paint} from './text.ts';

/** The visible part of a text. `top` is the number of its first line, `last` the greatest possible `top`. */
export interface Scrolled {
	readonly lines: readonly string[];
	readonly top: number;
	readonly last: number;
	/** Lines of text in one page. */
	readonly page: number;
}

/** At most `height` lines, from `top` on. If lines are hidden, the last row counts those above and below. */
export function scrolled(lines: readonly string[], top: number, height: number): Scrolled {
	if (lines.length <= height) {
		return {lines, top: 0, last: 0, page: Math.max(1, height)};
	}

	const page = Math.max(1, height - 1);
	const last = Math.max(0, lines.length - page);
	const first = Math.max(0, Math.min(top, last));
	const below = lines.length - first - page;
	return {
		lines: [...lines.slice(first, first + page), paint.dim(hiddenCounts(first, below))].slice(0, Math.max(0, height)),
		top: first,
		last,
		page,
	};
}

/** `↑ 3  ↓ 12`: numbers of hidden lines above and below. */
export function hiddenCounts(above: number, below: number): string {
	return [above > 0 ? `↑ ${above}` : '', below > 0 ? `↓ ${below}` : ''].filter(Boolean).join('  ');
}

/** The first line shown after a key; undefined if the key does not scroll. */
export function scrollKey(
	{top, last, page}: Pick<Scrolled, 'top' | 'last' | 'page'>,
	key: {upArrow?: boolean; downArrow?: boolean; pageUp?: boolean; pageDown?: boolean; home?: boolean; end?: boolean},
): number | undefined {
	const to = key.home
		? 0
		: key.end
			? last
			: key.downArrow
				? top + 1
				: key.upArrow
					? top - 1
					: key.pageDown
						? top + page
						: key.pageUp
							? top - page
							: undefined;
	return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}

/** Index of a list's first visible row: keeps the cursor near the middle and leaves no row empty. */
export function firstVisibleRow(cursor: number, length: number, height: number): number {
	return Math.max(0, Math.min(cursor - Math.floor(height / 2), length - height));
}

import stringWidth from 'string-width';

const segments = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** Terminal columns of a text without control characters. */
export function columnsOf(text: string): number {
	return isAscii(text) ? text.length : stringWidth(text);
}

/** Cuts a text to at most `columns` columns; a cut text ends with `…`. For text without control characters. */
export function truncate(text: string, columns: number): string {
	if (columns <= 0) {
		return '';
	}

	if (isAscii(text)) {
		return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
	}

	if (stringWidth(text) <= columns) {
		return text;
	}

	return `${takeColumns(text, columns - 1)}…`;
}

/** Maximum UTF-16 code units per column, except for rare piles of combining characters. */
export const unitsPerColumn = 16;

/** Beginning of a text that fits into `columns` columns. Takes time linear in `columns`, whatever the text's length. */
export function takeColumns(text: string, columns: number): string {
	const part = text.slice(0, columns * unitsPerColumn);
	if (isAscii(part)) {
		return part.slice(0, columns);
	}

	let kept = '';
	let taken = 0;
	for (const {segment} of segments.segment(part)) {
		taken += stringWidth(segment);
		if (taken > columns) {
			break;
		}

		kept += segment;
	}

	return kept;
}

/** Formats seconds as `8 s`, `2:05` or `1:02:05`. */
export function clock(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	if (whole < 60) {
		return `${whole} s`;
	}

	const minutes = Math.floor(whole / 60);
	const rest = `${String(minutes % 60).padStart(minutes < 60 ? 1 : 2, '0')}:${String(whole % 60).padStart(2, '0')}`;
	return minutes < 60 ? rest : `${Math.floor(minutes / 60)}:${rest}`;
}

function isAscii(text: string): boolean {
	return /^[\u0000-\u007F]*$/.test(text);
}

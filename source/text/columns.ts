import stringWidth from 'string-width';

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

function isAscii(text: string): boolean {
	 
	return /^[\u0000-\u007F]*$/.test(text);
}

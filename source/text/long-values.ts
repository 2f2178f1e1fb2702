import {createHash} from 'node:crypto';

/** Characters of a line that somebody reads. */
const longestLine = 2000;

/** Characters of a longer line that are kept of its beginning. */
const keptOfLine = 500;

/** A run of characters that is no word, path or address: base64, a digest, a key. */
const longRun = /[\w+/=-]{200,}/g;

/** Base64 as base64(1) and PEM break it: so many lines in a row are no text. */
const brokenBase64 = /(?:^[A-Za-z\d+/]{60,76}\n){8,}(?:^[A-Za-z\d+/]{1,75}={1,2}$)?/gm;

/** Characters below which a text holds nothing long. */
const shortest = 480;

/**
 * A text for a terminal or a log: long values are replaced by their size and the start of their SHA-256, by which two can be
 * compared. A file that somebody's command writes, or a user's whole site, belongs to neither.
 */
export function withoutLongValues(text: string): string {
	if (text.length <= shortest) {
		return text;
	}

	return text.replaceAll(brokenBase64, value => `${digest(value)}${value.endsWith('\n') ? '\n' : ''}`).split('\n').map(line => shortLine(line)).join('\n');
}

function shortLine(line: string): string {
	if (line.length <= longestLine) {
		return line;
	}

	const short = line.replaceAll(longRun, value => digest(value));
	return short.length <= longestLine ? short : `${short.slice(0, keptOfLine).replace(/[\uD800-\uDBFF]$/, '')}… ${digest(short.slice(keptOfLine))}`;
}

function digest(value: string): string {
	return `[${Buffer.byteLength(value)} B, SHA-256 ${createHash('sha256').update(value).digest('hex').slice(0, 12)}…]`;
}

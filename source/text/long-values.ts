import {createHash} from 'node:crypto';

/** Maximum characters of a line that is shown in full. */
const longestLine = 2000;

/** Number of characters kept from the beginning of a longer line. */
const keptOfLine = 500;

/** A run of characters too long for a word, path or address: base64, a digest or a key. */
const longRun = /[\w+/=-]{200,}/g;

/** Base64 wrapped into lines, as by base64(1) or in PEM; at least eight lines, so that no ordinary text matches. */
const brokenBase64 = /(?:^[A-Za-z\d+/]{60,76}\n){8,}(?:^[A-Za-z\d+/]{1,75}={1,2}$)?/gm;

/** Length of a text up to which no value can be long enough to replace. */
const shortest = 480;

/**
 * Replaces long values in a text by their size and the start of their SHA-256, which still allows comparing them. For
 * terminals and logs, where the content of whole files (such as a user's site) does not belong.
 */
export function withoutLongValues(text: string): string {
	if (text.length <= shortest) {
		return text;
	}

	return text
		.replaceAll(brokenBase64, value => `${digest(value)}${value.endsWith('\n') ? '\n' : ''}`)
		.split('\n')
		.map(line => shortLine(line))
		.join('\n');
}

function shortLine(line: string): string {
	if (line.length <= longestLine) {
		return line;
	}

	const short = line.replaceAll(longRun, value => digest(value));
	return short.length <= longestLine
		? short
		: `${short.slice(0, keptOfLine).replace(/[\uD800-\uDBFF]$/, '')}… ${digest(short.slice(keptOfLine))}`;
}

function digest(value: string): string {
	return `[${Buffer.byteLength(value)} B, SHA-256 ${createHash('sha256').update(value).digest('hex').slice(0, 12)}…]`;
}

/** Stands for what was removed. Broken UTF-8 becomes the same character. */
const mark = '\uFFFD';

/**
 * Characters that no text needs: C0 but tab and line feed, DEL, C1, and those that are invisible or reorder text (bidi
 * controls). Surrogates need a second look: alone they are no character, in pairs they can be invisible tags.
 */
const suspicious = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uD800-\uDFFF\uFEFF\uFFA0\uFFF9-\uFFFB]/;

/** Tags and variation selectors beyond the first plane: invisible, and enough of them to carry a message. */
const isInvisible = (codePoint: number) => codePoint >= 0xE_00_00 && codePoint <= 0xE_0F_FF;

/** Keeps a byte order mark, which is an invisible character like any other. */
const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

/**
 * Text from outside, safe to show: on a terminal, in a report, in a log. Bytes are decoded as UTF-8. Line feeds and tabs
 * stay; `\r\n` and `\r` become line feeds. CSI sequences (colours, cursor movements) vanish, as the text around them stays
 * where it is; each run of anything else that is removed leaves one U+FFFD, so that a reader sees that something was there.
 * Linear in the length.
 */
export function cleanText(text: string | Uint8Array): string {
	const decoded = typeof text === 'string' ? text : decoder.decode(text);
	const lines = decoded.includes('\r') ? decoded.replaceAll(/\r\n?/g, '\n') : decoded;
	if (!suspicious.test(lines)) {
		return lines;
	}

	let kept = '';
	let from = 0;
	let isMarked = false;
	for (let at = 0; at < lines.length;) {
		const end = endOfUnwanted(lines, at);
		if (end === at) {
			at += lines.codePointAt(at)! > 0xFF_FF ? 2 : 1;
			continue;
		}

		kept += lines.slice(from, at);
		isMarked &&= at === from;
		if (!isCsi(lines, at)) {
			kept += isMarked ? '' : mark;
			isMarked = true;
		}

		at = end;
		from = end;
	}

	return kept + lines.slice(from);
}

/** The same in one line: line breaks become spaces. */
export function cleanLine(text: string | Uint8Array): string {
	const cleaned = cleanText(text);
	return cleaned.includes('\n') ? cleaned.replaceAll('\n', ' ') : cleaned;
}

/** A clean text that is at most so many characters long; a longer one ends with `…`. */
export function shortened(text: string, length: number): string {
	return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Characters of an error message; zod's and the YAML parser's grow with what they read. */
const longestMessage = 2000;

/** An error of Node, of a library or of the system as one line that can be shown. Its message may hold file names and a peer's text. */
export function messageOf(error: unknown): string {
	return shortened(cleanLine(error instanceof Error ? error.message : String(error)), longestMessage);
}

/**
 * Where the sequence or character that stands at a place and is to be removed ends; the place itself where there is none.
 * Control sequences are those of ECMA-48 (5.3, 5.4, 5.6) and ISO 2022, in their forms with ESC and with one C1 character,
 * whole or cut off. (Node's `stripVTControlCharacters` leaves DCS, APC, PM, SOS and an OSC without an end.)
 */
function endOfUnwanted(text: string, at: number): number {
	const code = text.charCodeAt(at);
	if (isCsi(text, at)) {
		const parameters = endOfRun(text, at + (code === 0x1B ? 2 : 1), 0x30, 0x3F);
		const intermediates = endOfRun(text, parameters, 0x20, 0x2F);
		return endOfOne(text, intermediates, 0x40, 0x7E);
	}

	if (isControlString(text, at)) {
		return endOfString(text, at + (code === 0x1B ? 2 : 1));
	}

	if (code === 0x1B) {
		return endOfOne(text, endOfRun(text, at + 1, 0x20, 0x2F), 0x30, 0x7E);
	}

	const codePoint = text.codePointAt(at)!;
	if (codePoint > 0xFF_FF) {
		return isInvisible(codePoint) ? at + 2 : at;
	}

	return suspicious.test(text[at]!) ? at + 1 : at;
}

function isCsi(text: string, at: number): boolean {
	return text[at] === '\u009B' || (text[at] === '\u001B' && text[at + 1] === '[');
}

/** OSC, DCS, APC, PM or SOS. */
function isControlString(text: string, at: number): boolean {
	return text[at] === '\u001B' ? ']P_^X'.includes(text[at + 1] ?? ' ') : '\u009D\u0090\u009F\u009E\u0098'.includes(text[at]!);
}

/** The content goes too, up to ST or BEL; without them up to what ends it for a terminal, or to the end of the line. */
function endOfString(text: string, from: number): number {
	let at = from;
	while (at < text.length && !'\u0007\u0018\u001A\u001B\u009C\n'.includes(text[at]!)) {
		at++;
	}

	return text.startsWith('\u001B\\', at) ? at + 2 : text[at] === '\u0007' || text[at] === '\u009C' ? at + 1 : at;
}

function endOfRun(text: string, from: number, lowest: number, highest: number): number {
	let at = from;
	while (text.charCodeAt(at) >= lowest && text.charCodeAt(at) <= highest) {
		at++;
	}

	return at;
}

function endOfOne(text: string, at: number, lowest: number, highest: number): number {
	return text.charCodeAt(at) >= lowest && text.charCodeAt(at) <= highest ? at + 1 : at;
}

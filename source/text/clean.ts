/** Replaces removed characters. Invalid UTF-8 is decoded to the same character. */
const mark = '\uFFFD';

/**
 * Characters that no text needs: C0 except tab and line feed, DEL, C1, invisible characters, and bidi controls, which
 * reorder text. Surrogates are checked further: a lone one is invalid, and a pair can be an invisible tag.
 */
const suspicious =
	/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uD800-\uDFFF\uFEFF\uFFA0\uFFF9-\uFFFB]/;

/** Tags and variation selectors of plane 14: invisible, and numerous enough to hide a message in. */
const isInvisible = (codePoint: number) => codePoint >= 0xe_00_00 && codePoint <= 0xe_0f_ff;

/** Decodes a byte order mark as a character, so that it is removed like other invisible characters. */
const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

/**
 * Makes foreign text safe to show on a terminal, in a report or in a log. Decodes bytes as UTF-8. Keeps line feeds and tabs;
 * `\r\n` and `\r` become line feeds. Removes CSI sequences (colours, cursor movements) without a trace. Replaces each run of
 * other unwanted characters by one U+FFFD, so that a reader sees the removal. Takes time linear in the length.
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
			at += lines.codePointAt(at)! > 0xff_ff ? 2 : 1;
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

/** Like `cleanText`, but in one line: line breaks become spaces. */
export function cleanLine(text: string | Uint8Array): string {
	const cleaned = cleanText(text);
	return cleaned.includes('\n') ? cleaned.replaceAll('\n', ' ') : cleaned;
}

/** Cuts a clean text to at most `length` characters; a cut text ends with `…`. */
export function shortened(text: string, length: number): string {
	return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Maximum characters of an error message. Messages of zod and of the YAML parser grow with their input. */
const longestMessage = 2000;

/** One line of safe text for any error. An error's message may contain file names or text from a remote peer. */
export function messageOf(error: unknown): string {
	return shortened(cleanLine(error instanceof Error ? error.message : String(error)), longestMessage);
}

/**
 * Returns the end of the unwanted sequence or character at offset `at`, or `at` if there is none. Recognizes the control
 * sequences of ECMA-48 (5.3, 5.4, 5.6) and ISO 2022, introduced by ESC or by a C1 character, complete or cut off. (Node's
 * `stripVTControlCharacters` keeps DCS, APC, PM, SOS and an unterminated OSC.)
 */
function endOfUnwanted(text: string, at: number): number {
	const code = text.charCodeAt(at);
	if (isCsi(text, at)) {
		const parameters = endOfRun(text, at + (code === 0x1b ? 2 : 1), 0x30, 0x3f);
		const intermediates = endOfRun(text, parameters, 0x20, 0x2f);
		return endOfOne(text, intermediates, 0x40, 0x7e);
	}

	if (isControlString(text, at)) {
		return endOfString(text, at + (code === 0x1b ? 2 : 1));
	}

	if (code === 0x1b) {
		return endOfOne(text, endOfRun(text, at + 1, 0x20, 0x2f), 0x30, 0x7e);
	}

	const codePoint = text.codePointAt(at)!;
	if (codePoint > 0xff_ff) {
		return isInvisible(codePoint) ? at + 2 : at;
	}

	return suspicious.test(text[at]!) ? at + 1 : at;
}

function isCsi(text: string, at: number): boolean {
	return text[at] === '\u009B' || (text[at] === '\u001B' && text[at + 1] === '[');
}

/** Whether an OSC, DCS, APC, PM or SOS begins here. */
function isControlString(text: string, at: number): boolean {
	return text[at] === '\u001B'
		? ']P_^X'.includes(text[at + 1] ?? ' ')
		: '\u009D\u0090\u009F\u009E\u0098'.includes(text[at]!);
}

/** End of a control string: after ST or BEL; else before a character that cancels it on a terminal, or a line feed. */
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

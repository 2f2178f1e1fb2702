import {cleanLine} from '../text/clean.ts';

/** Input from the terminal: a key as the characters it sends, or pasted text, cleaned and in one line. */
export type Input = {readonly key: string} | {readonly paste: string};

const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';

/** Most characters of one paste to keep: more than any field takes. */
const longestPaste = 65_536;

/** Control sequences that are keys: arrows, Home, End and F1 to F4 (with modifiers), Shift-Tab, and those that end with `~`. */
const keySequence = /^\u001B(?:O[A-Za-z]|\[(?:1;\d+)?[A-FHPQSZ]|\[\d+(?:;\d+)?[~^$]|\[\[[A-E])$/;

/** A whole sequence: CSI, SS3, a control string up to BEL or ST, or Alt with a character (ECMA-48, 5.4 and 5.6). */
const sequence =
	/\u001B(?:\[\[[A-E]|\[[0-?]*[ -/]*[@-~]|O[@-~]|[\]P_^X][^\u0007\u001B]*(?:\u0007|\u001B\\)|[^\u0003\u001B[O\]P_^X])/y;

/** A sequence that is not complete yet. */
const unfinished = /\u001B(?:\[\[?[0-?]*[ -/]*|O|[\]P_^X][^\u0007\u001B]*\u001B?)?$/y;

/** Most characters in one chunk that count as typed (over a slow line); more of them are a paste. */
const mostTyped = 64;

const plainText = /[^\u0000-\u001F\u007F]+/y;

/**
 * Splits a terminal's input into single keys and pasted text (bracketed paste). Chunks may end anywhere, even within a
 * sequence or a paste. Sequences that are not keys of the wizard (mouse, focus, replies to queries, Alt with a letter)
 * are dropped: their letters must not become keys or text.
 */
export class InputDecoder {
	#rest = '';
	#paste: string | undefined;

	/** Whether the last chunk ended within a sequence, or with ESC, which may begin one. */
	get isUnfinished(): boolean {
		return this.#rest !== '' && this.#paste === undefined;
	}

	push(chunk: string): Input[] {
		// If a terminal never sends the end of a paste, Ctrl-C alone ends it.
		if (this.#paste !== undefined && chunk === '\u0003') {
			this.#paste = undefined;
			this.#rest = '';
		}

		const text = this.#rest + chunk;
		this.#rest = '';
		// In a terminal without bracketed paste, a chunk of text with line breaks was pasted, not typed.
		if (this.#paste === undefined && isUnmarkedPaste(text)) {
			return [{paste: oneLine(text)}];
		}

		return this.#decode(text);
	}

	/** Ends a wait for more input: a lone ESC becomes the Esc key, any other unfinished sequence is dropped. */
	flush(): Input[] {
		const isEscape = this.isUnfinished && this.#rest === '\u001B';
		if (this.#paste === undefined) {
			this.#rest = '';
		}

		return isEscape ? [{key: '\u001B'}] : [];
	}

	#decode(text: string): Input[] {
		const found: Input[] = [];
		for (let at = 0; at < text.length;) {
			if (this.#paste !== undefined) {
				at = this.#readPaste(text, at, found);
			} else if (text[at] === '\u001B') {
				const whole = matchAt(sequence, text, at);
				if (whole === pasteStart) {
					this.#paste = '';
				} else if (whole === undefined && matchAt(unfinished, text, at) !== undefined) {
					this.#rest = text.slice(at);
					break;
				} else if (whole === undefined) {
					found.push({key: '\u001B'});
				} else if (keySequence.test(whole)) {
					found.push({key: whole});
				}

				at += whole?.length ?? 1;
			} else {
				const keys = matchAt(plainText, text, at) ?? text[at]!;
				found.push(...typed(keys).map(key => ({key})));
				at += keys.length;
			}
		}

		return found;
	}

	/** Reads on within a paste. Returns the index after the paste, or the length of the chunk. */
	#readPaste(text: string, from: number, found: Input[]): number {
		const end = text.indexOf(pasteEnd, from);
		if (end === -1) {
			// The chunk may end within the sequence that ends the paste.
			const escape = text.lastIndexOf('\u001B');
			const kept = escape >= from && pasteEnd.startsWith(text.slice(escape)) ? escape : text.length;
			this.#paste = (this.#paste + text.slice(from, kept)).slice(0, longestPaste);
			this.#rest = text.slice(kept);
			return text.length;
		}

		found.push({paste: oneLine((this.#paste + text.slice(from, end)).slice(0, longestPaste))});
		this.#paste = undefined;
		return end + pasteEnd.length;
	}
}

/** Splits a chunk of letters into keys, because each may change the meaning of the next: `/` opens a filter. */
function typed(text: string): string[] {
	return text.length > mostTyped ? [text] : [...new Intl.Segmenter().segment(text)].map(({segment}) => segment);
}

function matchAt(expression: RegExp, text: string, at: number): string | undefined {
	expression.lastIndex = at;
	return expression.exec(text)?.[0];
}

function isUnmarkedPaste(text: string): boolean {
	return !text.includes('\u001B') && /[\r\n]/.test(text) && text.replaceAll(/[\u0000-\u001F\u007F]/g, '').length > 1;
}

function oneLine(text: string): string {
	return cleanLine(text).replaceAll('\t', ' ').trim();
}

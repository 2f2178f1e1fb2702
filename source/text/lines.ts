import {cleanLine} from './clean.ts';

/** Maximum bytes that are kept of one line. Programs that the wizard runs print no longer lines of interest. */
const longestLine = 65_536;

/** Receives one cleaned line without its line ending. `cut`: number of bytes cut off at the line's end. */
export type OnLine = (line: string, cut: number) => void;

/** Splits a stream of bytes into lines; buffers at most one line. */
export interface LineSplitter {
	readonly push: (chunk: Uint8Array) => void;
	/** Emits the last line if it has no line ending. */
	readonly end: () => void;
	/** Size in bytes of the buffer for the incomplete line, and number of bytes ever copied into it. */
	readonly usage: {readonly held: number; readonly copied: number};
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Splits at `\n`, `\r\n` and `\r` (used by progress displays). A line longer than the limit ends with `…`; the rest of it
 * is counted and discarded. Each byte is read once and copied at most three times, whatever the length of a line.
 */
export function lineSplitter(onLine: OnLine, limit = longestLine): LineSplitter {
	let line = Buffer.alloc(Math.min(1024, limit));
	let length = 0;
	let cut = 0;
	let copied = 0;
	let isAfterReturn = false;
	const keep = (bytes: Uint8Array) => {
		const kept = bytes.subarray(0, limit - length);
		if (length + kept.length > line.length) {
			const larger = Buffer.alloc(Math.min(limit, Math.max(2 * line.length, length + kept.length)));
			copied += line.copy(larger, 0, 0, length);
			line = larger;
		}

		line.set(kept, length);
		length += kept.length;
		copied += kept.length;
		cut += bytes.length - kept.length;
	};

	const emit = () => {
		const text = cleanLine(line.subarray(0, length));
		// Drop a multi-byte character that the limit has cut in half.
		onLine(cut > 0 ? `${text.replace(/\uFFFD$/, '')}…` : text, cut);
		length = 0;
		cut = 0;
	};

	return {
		push(chunk) {
			let from = 0;
			// A `\r\n` that was split between two chunks.
			if (isAfterReturn && chunk[0] === lineFeed) {
				from = 1;
			}

			isAfterReturn &&= chunk.length === 0;
			for (let at = from; at < chunk.length; at++) {
				if (chunk[at] === lineFeed || chunk[at] === carriageReturn) {
					keep(chunk.subarray(from, at));
					emit();
					isAfterReturn = chunk[at] === carriageReturn && at + 1 === chunk.length;
					at += chunk[at] === carriageReturn && chunk[at + 1] === lineFeed ? 1 : 0;
					from = at + 1;
				}
			}

			keep(chunk.subarray(from));
		},
		end() {
			if (length > 0) {
				emit();
			}
		},
		get usage() {
			return {held: line.length, copied};
		},
	};
}

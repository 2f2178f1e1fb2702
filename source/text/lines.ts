import {cleanLine} from './clean.ts';

/** Bytes of one line that are kept; no program that we run prints a longer one that anybody reads. */
const longestLine = 65_536;

/** Takes one line, clean and without its end. `cut`: bytes at its end that were left out. */
export type OnLine = (line: string, cut: number) => void;

/** Cuts a stream of bytes into lines, and holds no more of it than one line. */
export interface LineSplitter {
	readonly push: (chunk: Uint8Array) => void;
	/** Gives the last line, if it has no end of its own. */
	readonly end: () => void;
	/** Bytes that are set aside for the line which is not complete, and bytes that were ever copied there. */
	readonly usage: {readonly held: number; readonly copied: number};
}

const lineFeed = 0x0A;
const carriageReturn = 0x0D;

/**
 * Lines end at `\n`, `\r\n`, and at `\r`, which progress displays use. A line that is longer than the limit ends with `…`;
 * the rest of it is counted and forgotten. Each byte is looked at once, and copied at most three times, whatever the length of a line.
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
		// A character that was cut through is left out.
		onLine(cut > 0 ? `${text.replace(/\uFFFD$/, '')}…` : text, cut);
		length = 0;
		cut = 0;
	};

	return {
		push(chunk) {
			let from = 0;
			// An end that came in two pieces.
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

import type {Edit} from './uplink.ts';

/** Converts edits from character offsets to UTF-8 byte offsets, and merges overlapping ones. */
export function byteEdits(text: string, spans: ReadonlyArray<{from: number; to: number; text: string}>): Edit[] {
	const merged: Array<{from: number; to: number; text: string}> = [];
	for (const span of spans.toSorted((one, other) => one.from - other.from)) {
		const last = merged.at(-1);
		if (last && span.from < last.to) {
			merged[merged.length - 1] = {from: last.from, to: Math.max(last.to, span.to), text: last.text + span.text};
		} else {
			merged.push(span);
		}
	}

	const bytes = (from: number, to: number) => Buffer.byteLength(text.slice(from, to));
	return merged.map(({from, to, text: replacement}) => ({
		at: bytes(0, from),
		length: bytes(from, to),
		text: replacement,
	}));
}

/** Returns the content with the edits applied. */
export function applyEdits(content: Buffer, edits: readonly Edit[]): Buffer {
	const pieces: Buffer[] = [];
	let from = 0;
	for (const {at, length, text} of edits) {
		pieces.push(content.subarray(from, at), Buffer.from(text));
		from = at + length;
	}

	return Buffer.concat([...pieces, content.subarray(from)]);
}

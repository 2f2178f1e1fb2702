import type {KeyHint} from './frame.tsx';
import {paint, width} from './text.ts';
import type {Text} from '../../languages/text.ts';

/** All key hints, in as many rows as they need; a row never breaks between a key and its label. */
export function keyHintRows(hints: readonly KeyHint[], columns: number, say: (text: Text) => string): string[] {
	const rows: Array<{text: string; taken: number}> = [];
	for (const [key, what] of hints) {
		const taken = width(`${key} ${say(what)}`);
		const text = `${paint.bold(key)} ${say(what)}`;
		const row = rows.at(-1);
		if (row && row.taken + 2 + taken <= columns) {
			row.text += `  ${text}`;
			row.taken += 2 + taken;
		} else {
			rows.push({text, taken});
		}
	}

	return rows.map(({text}) => text);
}

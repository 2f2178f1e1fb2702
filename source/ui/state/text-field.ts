import {cleanLine} from '../../text/clean.ts';

/** A line of text that is being typed. */
export interface TextField {
	readonly text: string;
	/** Code units before the cursor. */
	readonly cursor: number;
}

/** The parts of Ink's `Key` that a text field reads. */
export interface FieldKey {
	readonly ctrl?: boolean;
	readonly meta?: boolean;
	readonly backspace?: boolean;
	readonly delete?: boolean;
	readonly leftArrow?: boolean;
	readonly rightArrow?: boolean;
	readonly home?: boolean;
	readonly end?: boolean;
	readonly return?: boolean;
	readonly escape?: boolean;
	readonly tab?: boolean;
	readonly upArrow?: boolean;
	readonly downArrow?: boolean;
	readonly pageUp?: boolean;
	readonly pageDown?: boolean;
}

export const emptyField: TextField = {text: '', cursor: 0};

const segments = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** A field with this text and the cursor at its end. */
export function fieldWith(text: string): TextField {
	return {text, cursor: text.length};
}

/**
 * Returns the field after a key; the same object for a key that is not for a text field.
 * @param longest most characters in the field
 */
export function applyKey(field: TextField, input: string, key: FieldKey, longest = 4096): TextField {
	const {text, cursor} = field;
	if (key.home || (key.ctrl && input === 'a')) {
		return {text, cursor: 0};
	}

	if (key.end || (key.ctrl && input === 'e')) {
		return {text, cursor: text.length};
	}

	if (key.ctrl && input === 'u') {
		return {text: text.slice(cursor), cursor: 0};
	}

	if (key.leftArrow) {
		return {text, cursor: before(text, cursor)};
	}

	if (key.rightArrow) {
		return {text, cursor: after(text, cursor)};
	}

	if (key.backspace || key.delete) {
		const from = before(text, cursor);
		return {text: text.slice(0, from) + text.slice(cursor), cursor: from};
	}

	if (
		key.ctrl ||
		key.meta ||
		key.return ||
		key.escape ||
		key.tab ||
		key.upArrow ||
		key.downArrow ||
		key.pageUp ||
		key.pageDown ||
		input < ' '
	) {
		return field;
	}

	const added = cleanLine(input)
		.replaceAll('\t', ' ')
		.slice(0, Math.max(0, longest - text.length));
	return {text: text.slice(0, cursor) + added + text.slice(cursor), cursor: cursor + added.length};
}

function before(text: string, cursor: number): number {
	return [...segments.segment(text)].findLast(({index}) => index < cursor)?.index ?? 0;
}

function after(text: string, cursor: number): number {
	return [...segments.segment(text)].find(({index}) => index > cursor)?.index ?? text.length;
}

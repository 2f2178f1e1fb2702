import type {AnswerField} from '../../wizard/backend.ts';
import {matcher} from './filter.ts';
import type {TextField} from './text-field.ts';
import type {Text} from '../../languages/text.ts';

/** A value that is being typed. It belongs to a key, not to a row, because rows may move. */
export interface Editing {
	readonly path: readonly string[];
	readonly field: TextField;
	/** Why the text is not valid for this key. */
	readonly problem?: Text;
}

/** State of the answers' screen. */
export interface Form {
	/** Dotted key under the cursor; undefined, which means the first one, until the cursor is moved. */
	readonly current?: string;
	/** The cursor's last row. The cursor stays on this row when its key leaves the list. */
	readonly row?: number;
	readonly editing?: Editing;
	/** The typed name of a file to save in, and why the last name was refused. */
	readonly saving?: {readonly field: TextField; readonly problem?: string};
}

export function dottedKey({path}: Pick<AnswerField, 'path'>): string {
	return path.join('.');
}

/** The fields that match the search text, with the headings above them. */
export function shownFields(
	fields: readonly AnswerField[],
	wanted: string,
	say: (text: Text) => string,
): readonly AnswerField[] {
	if (wanted === '') {
		return fields;
	}

	const matches = matcher(wanted);
	const found = fields.filter(
		field =>
			!field.isGroup &&
			matches(`${dottedKey(field)} ${field.value} ${say(field.about)} ${field.problem ? say(field.problem) : ''}`),
	);
	const isAbove = (group: AnswerField) =>
		found.some(({path}) => path.length > group.path.length && group.path.every((key, index) => path[index] === key));
	return fields.filter(field => found.includes(field) || (field.isGroup && isAbove(field)));
}

/** The cursor's row: that of its key or, if the key has left the list, the nearest field to its last row. */
export function currentRow(fields: readonly AnswerField[], {current, row = 0}: Form): number {
	const found = fields.findIndex(field => dottedKey(field) === current);
	return found === -1 ? moved(fields, Math.min(row, fields.length - 1), 0) : found;
}

/** The row `by` rows further, or the nearest one that is not a heading; -1 if there is none. */
export function moved(fields: readonly AnswerField[], from: number, by: number): number {
	const wanted = Math.max(0, Math.min(fields.length - 1, from + by));
	const step = by < 0 ? -1 : 1;
	for (const direction of [step, -step]) {
		for (let row = wanted; row >= 0 && row < fields.length; row += direction) {
			if (!fields[row]!.isGroup) {
				return row;
			}
		}
	}

	return -1;
}

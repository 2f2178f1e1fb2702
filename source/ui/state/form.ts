import type {AnswerField} from '../../commands/wizard-backend.ts';
import {matcher} from './filter.ts';
import type {TextField} from './text-field.ts';
import type {Text} from '../../languages/text.ts';

/** A value that is being typed, for the key it belongs to, wherever that key stands in the list. */
export interface Editing {
	readonly path: readonly string[];
	readonly field: TextField;
	/** Why the text cannot be this key's value. */
	readonly problem?: Text;
}

/** State of the answers' screen. */
export interface Form {
	/** The key under the cursor, with dots; the first one until the cursor is moved. */
	readonly current?: string;
	/** The cursor's last row. The cursor stays on this row when its key leaves the list. */
	readonly row?: number;
	readonly editing?: Editing;
	/** The name of a file to save in, and why the last one could not be taken. */
	readonly saving?: {readonly field: TextField; readonly problem?: string};
}

export function keyOf({path}: Pick<AnswerField, 'path'>): string {
	return path.join('.');
}

/** The rows that hold what is looked for, each with the headings it stands below. */
export function shownFields(fields: readonly AnswerField[], wanted: string, say: (text: Text) => string): readonly AnswerField[] {
	if (wanted === '') {
		return fields;
	}

	const matches = matcher(wanted);
	const found = fields.filter(field => !field.isGroup && matches(`${keyOf(field)} ${field.value} ${say(field.about)} ${field.problem ? say(field.problem) : ''}`));
	const isAbove = (group: AnswerField) => found.some(({path}) => path.length > group.path.length && group.path.every((key, index) => path[index] === key));
	return fields.filter(field => found.includes(field) || (field.isGroup && isAbove(field)));
}

/** The row under the cursor: that of its key, else the nearest one to where that stood. Headings are passed over. */
export function currentRow(fields: readonly AnswerField[], {current, row = 0}: Form): number {
	const found = fields.findIndex(field => keyOf(field) === current);
	return found === -1 ? moved(fields, Math.min(row, fields.length - 1), 0) : found;
}

/** The row `by` rows further; the nearest one that is no heading. */
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

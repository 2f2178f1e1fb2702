import * as z from 'zod';
import {phrase, type Text} from '../languages/text.ts';

/** How a value is written in the answers: a schema of its own for each key, and the end of the sentence "… must be". */
export interface ValueForm<Schema extends z.ZodType> {
	readonly schema: Schema;
	readonly form: Text;
}

export function toggleForm() {
	return {schema: z.boolean(), form: phrase('true or false')};
}

export function countForm(minimum: number, maximum: number, unit?: Text) {
	const form = unit
		? phrase('a whole number of {unit} from {minimum} to {maximum}', {unit, minimum, maximum})
		: phrase('a whole number from {minimum} to {maximum}', {minimum, maximum});
	return {schema: z.int().min(minimum).max(maximum), form};
}

export function choiceForm<const Values extends readonly [string, ...string[]]>(values: Values) {
	return {schema: z.enum(values), form: phrase('one of {values}', {values: values.join(', ')})};
}

export function patternForm(regex: RegExp, form: Text) {
	return {schema: z.string().regex(regex), form};
}

/** A duration with its unit, such as `5s` or `10min`. */
export function durationForm() {
	return patternForm(/^[1-9]\d{0,3}(s|min)$/, phrase('a duration with its unit, such as 5s or 2min'));
}

/** Converts a duration such as `5s` or `10min` to seconds. The schema has validated it. */
export function parseSeconds(duration: string): number {
	const amount = Number.parseInt(duration, 10);
	return duration.endsWith('min') ? amount * 60 : amount;
}

import * as z from 'zod';
import {keyTextRegistry, answersSchema, type KeyTexts} from './schema.ts';

/** A key of the answers, with its full path. */
export interface AnswerKey extends KeyTexts {
	readonly path: readonly string[];
	readonly isGroup: boolean;
}

/** All keys; a group comes before its members. `nodes.server1` stands for all servers. */
export const answerKeys: readonly AnswerKey[] = list(answersSchema, []);

/** Keys allowed in a group. */
export function keysIn(path: readonly string[]): string[] {
	const schema = schemaAt(path);
	return schema instanceof z.ZodObject ? shapeOf(schema).map(([key]) => key) : [];
}

/** Texts about a key; undefined if there is no such key. */
export function keyTexts(path: readonly string[]): KeyTexts | undefined {
	const schema = schemaAt(path);
	return schema && keyTextRegistry.get(schema);
}

export function isGroup(path: readonly string[]): boolean {
	return schemaAt(path) instanceof z.ZodObject;
}

function list(schema: z.ZodType, path: readonly string[]): AnswerKey[] {
	const known = schema instanceof z.ZodObject ? shapeOf(schema) : [];
	return known.flatMap(([key, value]) => {
		const inner = unwrap(value);
		const below = [...path, key];
		return [
			{path: below, isGroup: inner instanceof z.ZodObject, ...keyTextRegistry.get(inner)!},
			...list(inner, below),
		];
	});
}

/** The keys of a group, and `server1` for those that only have to match a pattern. */
function shapeOf(schema: z.ZodObject): Array<[string, z.ZodType]> {
	const shape = Object.entries(schema.shape) as Array<[string, z.ZodType]>;
	const {catchall} = schema.def;
	return catchall && !(catchall instanceof z.ZodNever) ? [...shape, ['server1', catchall as z.ZodType]] : shape;
}

function schemaAt(path: readonly string[]): z.ZodType | undefined {
	let schema: z.ZodType | undefined = answersSchema;
	for (const key of path) {
		const known: Map<string, z.ZodType> = schema instanceof z.ZodObject ? new Map(shapeOf(schema)) : new Map();
		const found: z.ZodType | undefined = known.get(key) ?? (/^server\d+$/.test(key) ? known.get('server1') : undefined);
		schema = found && unwrap(found);
	}

	return schema;
}

function unwrap(schema: z.ZodType): z.ZodType {
	return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
}

import * as z from 'zod';
import {answersFrom} from './answers-from.ts';
import {applyDefaults} from './defaults.ts';
import {answerKeys} from './answer-keys.ts';
import {keyTextRegistry, answersSchema, serverKey} from './schema.ts';

/** Returns the JSON Schema of the answers, published as `assets/answers.schema.json`. */
export function answersJsonSchema(): string {
	const schema = z.toJSONSchema(answersSchema, {
		io: 'input',
		override({zodSchema, jsonSchema}) {
			const known = keyTextRegistry.get(zodSchema);
			if (known) {
				jsonSchema.description =
					zodSchema instanceof z.ZodObject ? known.about.en : `${known.about.en}: ${known.form.en}`;
			}

			if (typeof jsonSchema.additionalProperties === 'object') {
				jsonSchema.patternProperties = {[serverKey.source]: jsonSchema.additionalProperties};
				jsonSchema.additionalProperties = false;
			}
		},
	});
	return `${JSON.stringify({title: 'Answers of cluster-wizard', ...schema}, null, '\t')}\n`;
}

/** Returns the table of all keys for `docs/answers.md`. */
export function answersTable(): string {
	const defaults = answersFrom(applyDefaults({}));
	const rows = answerKeys
		.filter(key => !key.isGroup)
		.map(({path, about, form}) => {
			const value = path.reduce<unknown>(
				(inside, key) => (inside as Record<string, unknown> | undefined)?.[key],
				defaults,
			);
			const shown = typeof value === 'object' || value === undefined ? '–' : `\`${String(value)}\``;
			return `| \`${path.join('.')}\` | ${about.en} | ${form.en} | ${shown} |`;
		});
	return ['| key | what it is | must be | default |', '|---|---|---|---|', ...rows, ''].join('\n');
}

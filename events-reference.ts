/* The reference of the `--json` stream, generated from its types: `npm run schema` writes it. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createGenerator, type Schema} from 'ts-json-schema-generator';

const root = import.meta.dirname;
const page = join(root, 'docs/events.md');

/** JSON Schema (draft 7) of one line; more fields may be added to an event at any time. */
export function eventsSchema(): Schema {
	return createGenerator({
		path: join(root, 'source/planning/json-event.ts'),
		tsconfig: join(root, 'tsconfig.json'),
		type: 'JobBody',
		// `npm run types` checks the types.
		skipTypeCheck: true,
		additionalProperties: true,
		expose: 'export',
	}).createSchema('JobBody');
}

/** A Markdown table of the events. */
export function eventsTable({definitions = {}}: Schema): string {
	const rows = Object.values(definitions).flatMap(definition => {
		const {properties = {}, required = [], description = ''} = definition as Schema;
		const {const: type} = (properties['type'] ?? {}) as Schema;
		if (typeof type !== 'string') {
			return [];
		}

		const fields = Object.keys(properties)
			.filter(field => field !== 'type')
			.map(field => `\`${field}\`${required.includes(field) ? '' : '?'}`);
		return [`| \`${type}\` | ${description.replace(/\s+/g, ' ')} | ${fields.join(', ')} |`];
	});
	return ['| type | when | fields (`?`: not always there) |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

/** Returns the page's text with its table replaced by the one of this schema. */
export function eventsPage(text: string, schema: Schema): string {
	return text.replace(/^\| type \|[^]*?\n(?!\|)/m, () => eventsTable(schema));
}

if (import.meta.filename === process.argv[1]) {
	const schema = eventsSchema();
	writeFileSync(join(root, 'assets/events.schema.json'), `${JSON.stringify(schema, undefined, '\t')}\n`);
	writeFileSync(page, eventsPage(readFileSync(page, 'utf8'), schema));
}

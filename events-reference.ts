/* The reference of the `--json` stream, generated from its types: `npm run schema` writes it. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import ts from 'typescript';
import {
	BooleanType,
	createFormatter,
	createParser,
	createProgram,
	DEFAULT_CONFIG,
	DefinitionType,
	NumberType,
	ObjectProperty,
	ObjectType,
	SchemaGenerator,
	type Schema,
	type SubNodeParser,
} from 'ts-json-schema-generator';
import type {Setting} from './source/cluster/setting.ts';
import {measuredSettings} from './source/cluster/settings.ts';

const root = import.meta.dirname;
const page = join(root, 'docs/events.md');

/** The type `Settings` is derived from a list of values, which the generator cannot follow; it is made from that list. */
const settingsParser: SubNodeParser = {
	supportsNode: node =>
		node.kind === ts.SyntaxKind.TypeAliasDeclaration && /^export type Settings\b/.test(node.getText()),
	createType() {
		const properties = Object.entries<Setting>(measuredSettings).map(
			([name, {stored}]) => new ObjectProperty(name, storedTypes[stored.type as keyof typeof storedTypes](), true),
		);
		return new DefinitionType('Settings', new ObjectType('Settings', [], properties, true));
	},
};

const storedTypes = {
	boolean: () => new BooleanType(),
	number: () => new NumberType(),
};

/** JSON Schema (draft 7) of one line; more fields may be added to an event at any time. */
export function eventsSchema(): Schema {
	const config = {
		...DEFAULT_CONFIG,
		path: join(root, 'source/planning/json-event.ts'),
		tsconfig: join(root, 'tsconfig.json'),
		type: 'JobBody',
		// `npm run types` checks the types.
		skipTypeCheck: true,
		additionalProperties: true,
		expose: 'export',
	} as const;
	const program = createProgram(config);
	const parser = createParser(program, config, chain => chain.addNodeParser(settingsParser));
	return new SchemaGenerator(program, parser, createFormatter(config), config).createSchema('JobBody');
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

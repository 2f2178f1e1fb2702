import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {Linter} from 'eslint';
import tseslint from 'typescript-eslint';
import ts from 'typescript';
import {expect, test} from 'vitest';
import plugin, {rooms} from '../../lint/rooms.js';
import {packageRoot} from '../../source/assets.ts';

const files = ['source', 'steps']
	.flatMap(folder => readdirSync(join(packageRoot, folder), {recursive: true, withFileTypes: true}))
	.filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
	.map(entry => relative(packageRoot, join(entry.parentPath, entry.name)));

/** Files that each file imports, types as well. */
const imports = new Map(
	files.map(file => {
		const {importedFiles} = ts.preProcessFile(readFileSync(join(packageRoot, file), 'utf8'));
		return [
			file,
			importedFiles
				.filter(({fileName}) => fileName.startsWith('.'))
				.map(({fileName}) => relative(packageRoot, resolve(packageRoot, dirname(file), fileName))),
		];
	}),
);

test('no file imports itself by way of others', () => {
	expect(files.length).toBeGreaterThan(300);
	expect(circles(imports)).toEqual([]);
});

test('a circle is found', () => {
	expect(
		circles(
			new Map([
				['a', ['b']],
				['b', ['c']],
				['c', ['b']],
			]),
		),
	).toEqual(['b → c → b']);
});

test('every folder has its place in the order', () => {
	const folders = new Set(
		files
			.map(file => (file.startsWith('steps/') ? 'steps' : file.split('/').slice(0, 2).join('/')))
			.filter(folder => !folder.endsWith('.ts')),
	);
	expect([...folders].sort()).toEqual([...rooms].sort());
});

test('CONTRIBUTING lists the folders in this order', () => {
	const rows = readFileSync(join(packageRoot, 'CONTRIBUTING.md'), 'utf8').matchAll(
		/^\| `((?:source\/[\w-]+|steps))\/`/gm,
	);
	expect([...rows].map(([, folder]) => folder)).toEqual(rooms);
});

test.each([
	[
		'source/engine/a.ts',
		"import {b} from '../tasks/b.ts';",
		['source/engine does not import source/tasks: imports point one way, see lint/rooms.js'],
	],
	[
		'source/text/a.ts',
		"import type {b} from '../engine/b.ts';",
		['source/text does not import source/engine: imports point one way, see lint/rooms.js'],
	],
	[
		'steps/a.ts',
		"export {b} from '../source/commands/b.ts';",
		['steps does not import source/commands: imports point one way, see lint/rooms.js'],
	],
	[
		'source/commands/a.ts',
		"const b = await import('../ui/b.ts');",
		['source/commands does not import source/ui: imports point one way, see lint/rooms.js'],
	],
	['source/tasks/a.ts', "import {b} from '../engine/b.ts'; import {c} from './c.ts';", []],
	['source/cli.ts', "import {b} from './ui/b.ts';", []],
])('%s: %s', (file, code, expected) => {
	const found = new Linter({cwd: packageRoot}).verify(
		code,
		[
			{
				files: ['**/*.ts'],
				languageOptions: {parser: tseslint.parser},
				plugins: {rooms: plugin},
				rules: {'rooms/order': 'error'},
			},
		],
		join(packageRoot, file),
	);
	expect(found.map(({message}) => message)).toEqual(expected);
});

/** Each circle of imports once, as the way from a file back to itself. */
function circles(all: ReadonlyMap<string, readonly string[]>): string[] {
	const done = new Set<string>();
	const found: string[] = [];
	const visit = (file: string, way: readonly string[]) => {
		const begun = way.indexOf(file);
		if (begun >= 0) {
			found.push([...way.slice(begun), file].join(' → '));
		} else if (!done.has(file)) {
			for (const next of all.get(file) ?? []) {
				visit(next, [...way, file]);
			}

			done.add(file);
		}
	};

	for (const file of all.keys()) {
		visit(file, []);
	}

	return found;
}

import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';

const rows = [
	...readFileSync(join(packageRoot, 'docs/glossary.md'), 'utf8').matchAll(
		/^\| ([a-z ]+) \| .* \| (?:`(\w+)` in )?`(source\/\S+)` \|$/gm,
	),
].map(([, term, name, path]) => ({term: term!, name, path: path!}));

test('each term stands once, and the table has rows', () => {
	expect(rows.length).toBeGreaterThan(30);
	expect(new Set(rows.map(({term}) => term)).size).toBe(rows.length);
});

test.each(rows)('$term: $name in $path', ({name, path}) => {
	const file = join(packageRoot, path);
	expect(existsSync(file)).toBe(true);
	if (name !== undefined) {
		expect(readFileSync(file, 'utf8')).toMatch(
			new RegExp(String.raw`(?:export (?:async )?(?:interface|type|function|class|const) |readonly )${name}\b`),
		);
	}
});

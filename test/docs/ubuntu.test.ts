import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';
import {supported} from '../../source/tasks/host-release.ts';

const text = readFileSync(join(packageRoot, 'docs/ubuntu.md'), 'utf8');

test('every file that is named is there', () => {
	const named = [...text.matchAll(/`((?:source|steps|test|assets|docs)\/[\w./-]+)`/g)].map(([, path]) => path!);
	expect(named.length).toBeGreaterThan(40);
	expect(named.filter(path => !existsSync(join(packageRoot, path)))).toEqual([]);
});

test('every test that is named is in its file', () => {
	const named = [...text.matchAll(/`(test\/[\w./-]+\.test\.ts)` "([^"…]+)/g)];
	expect(named.length).toBeGreaterThan(8);
	expect(
		named
			.filter(
				([, path, title]) =>
					!readFileSync(join(packageRoot, path!), 'utf8').replaceAll("\\'", "'").includes(title!.trim()),
			)
			.map(([, path, title]) => `${path}: ${title}`),
	).toEqual([]);
});

test('the releases are those that the program accepts', () => {
	const ubuntus = supported.flatMap(release => /^ubuntu-(.*)/.exec(release)?.[1] ?? []);
	expect(text).toContain(`Ubuntu ${ubuntus.slice(0, -1).join(', ')} and ${ubuntus.at(-1)} are accepted as hosts`);
});

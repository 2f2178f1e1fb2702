import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';

test.each([
	['package-lock.json', 100],
	['packaging/package-lock.json', 1],
])('%s names no registry, and has the checksum of every package', (name, most) => {
	const {packages} = JSON.parse(readFileSync(join(packageRoot, name), 'utf8')) as {
		packages: Record<string, {resolved?: string; integrity?: string}>;
	};
	const entries = Object.entries(packages).filter(([path]) => path !== '');
	expect(entries.length).toBeGreaterThan(most);
	expect(
		entries.filter(([, {resolved, integrity}]) => resolved !== undefined || !integrity?.startsWith('sha512-')),
	).toEqual([]);
});

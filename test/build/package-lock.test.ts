import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';

test('package-lock.json names no registry, and has the checksum of every package', () => {
	const {packages} = JSON.parse(readFileSync(join(packageRoot, 'package-lock.json'), 'utf8')) as {packages: Record<string, {resolved?: string; integrity?: string}>};
	const entries = Object.entries(packages).filter(([path]) => path !== '');
	expect(entries.length).toBeGreaterThan(100);
	expect(entries.filter(([, {resolved, integrity}]) => resolved !== undefined || !integrity?.startsWith('sha512-'))).toEqual([]);
});

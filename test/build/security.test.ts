import {existsSync, readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {expect, test} from 'vitest';

test('each trust boundary in SECURITY.md names the tests that guard it, and they are there', () => {
	const rows = readFileSync('SECURITY.md', 'utf8')
		.split('\n')
		.filter(line => line.startsWith('| '))
		.slice(1);
	expect(rows.length).toBeGreaterThan(10);
	for (const row of rows) {
		const tests = [...row.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file]) => file!);
		expect(tests, row).not.toEqual([]);
		expect(
			tests.filter(file => !existsSync(resolve(file))),
			row,
		).toEqual([]);
	}
});

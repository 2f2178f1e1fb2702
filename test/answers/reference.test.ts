import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {z} from 'zod';
import {answersJsonSchema, answersTable} from '../../source/answers/reference.ts';
import {assetPath, packageRoot} from '../../source/assets.ts';

describe('what is generated from the schema', () => {
	it('is up to date: the JSON Schema (npm run schema)', () => {
		expect(readFileSync(assetPath('answers.schema.json'), 'utf8')).toBe(answersJsonSchema());
	});

	it('is up to date: the table in the documentation (npm run schema)', () => {
		expect(readFileSync(join(packageRoot, 'docs', 'answers.md'), 'utf8')).toContain(answersTable());
	});

	it.each([
		[{}, true],
		[{nodes: {server12: {memory: '1G'}}, raid: {level: 6}}, true],
		[{nodes: {serverx: {}}}, false],
		[{web: {count: 0}}, false],
		[{vip: {external: '1.2.3.400'}}, false],
		[{unknown: 1}, false],
	])('accepts %j: %s', (answers, isGood) => {
		const published = z.fromJSONSchema(JSON.parse(answersJsonSchema()));
		expect(published.safeParse(answers).success).toBe(isGood);
	});
});

import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {packageRoot} from '../../source/assets.ts';
import {supported} from '../../source/tasks/host-release.ts';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');
const {jobs} = parse(read('.github/workflows/ci.yml')) as {
	jobs: Record<'unit' | 'whole', {strategy: {matrix: {node?: number[]; image?: string[]}}}>;
};

test('the workflow runs on every release that is supported', () => {
	expect(jobs.whole.strategy.matrix.image!.map(image => image.replace(':', '-'))).toEqual(supported);
});

test('the workflow begins with the oldest Node that the package allows', () => {
	const {engines} = JSON.parse(read('package.json')) as {engines: {node: string}};
	expect(`${engines.node}.`).toMatch(new RegExp(String.raw`^>=${jobs.unit.strategy.matrix.node![0]}\.`));
});

test('CI runs the thorough tests wherever it runs the others', () => {
	expect(read('.github/workflows/ci.yml')).toMatch(/- run: npm test\n +- run: npm run test:thorough\n/);
	expect(read('.ci/run')).toMatch(/^npm test\n[^]*?^npm run test:thorough\n/m);
});

test('every test that is listed as thorough is there', () => {
	const [, list = ''] = /^const thorough = \[\n([^]*?)^\];/m.exec(read('vitest.config.ts'))!;
	const paths = [...list.matchAll(/'([^']+)'/g)].map(match => match[1]!.replace(/\*\*.*$/, ''));
	expect(paths.length).toBeGreaterThan(10);
	expect(paths.filter(path => !existsSync(join(packageRoot, path)))).toEqual([]);
});

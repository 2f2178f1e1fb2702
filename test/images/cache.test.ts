import {mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {usesExpiredImages} from '../../source/images/cache.ts';
import {baseImage} from '../../source/images/image.ts';
import {testCluster} from '../cluster-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'cache-'));
const fixture = testCluster();
const cluster = {...fixture, paths: {...fixture.paths, cache: folder}};
afterAll(() => {
	rmSync(folder, {recursive: true});
});

test('old images are in use for ten minutes after new ones could not be made', () => {
	const {archive} = baseImage(cluster);
	rmSync(archive, {force: true});
	expect(usesExpiredImages(cluster)).toBe(false);
	mkdirSync(archive);
	writeFileSync(join(archive, 'unreachable'), '');
	expect(usesExpiredImages(cluster)).toBe(true);
	const before = new Date(Date.now() - 11 * 60_000);
	utimesSync(join(archive, 'unreachable'), before, before);
	expect(usesExpiredImages(cluster)).toBe(false);
});

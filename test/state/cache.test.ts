import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {beginCache, checkCache, endCache} from '../../source/state/cache.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'cache-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

test('the folders that were made for the cache go with it, and no others', () => {
	mkdirSync(join(folder, 'theirs'));
	const cache = join(folder, 'theirs', 'a', 'b', 'cache');
	beginCache(cache);
	beginCache(cache);
	checkCache(cache, 'en');
	endCache(cache);
	expect(existsSync(join(folder, 'theirs', 'a'))).toBe(false);
	expect(existsSync(join(folder, 'theirs'))).toBe(true);
});

test('a folder in which something else lies by now stays', () => {
	const cache = join(folder, 'a', 'b', 'cache');
	beginCache(cache);
	writeFileSync(join(folder, 'a', 'mine'), '');
	endCache(cache);
	expect(existsSync(dirname(cache))).toBe(false);
	expect(existsSync(join(folder, 'a', 'mine'))).toBe(true);
});

test('a cache with images in it stays, and a later removal takes its folders', () => {
	const cache = join(folder, 'a', 'cache');
	beginCache(cache);
	writeFileSync(join(cache, 'image'), '');
	endCache(cache);
	expect(existsSync(cache)).toBe(true);
	rmSync(join(cache, 'image'));
	endCache(cache);
	expect(existsSync(join(folder, 'a'))).toBe(false);
});

import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {lockOf} from '../../source/engine/round-trip.ts';
import {removeUnitLocks} from '../../source/state/unit-locks.ts';

let root: string;
beforeEach(() => {
	root = join(mkdtempSync(join(tmpdir(), 'locks-')), 'cluster-wizard');
	for (const [cluster, unit] of [
		['web', 'raid:nas'],
		['web', 'networks'],
		['web-2', 'raid:nas'],
		['web-2-b', 'networks'],
	] as const) {
		mkdirSync(join(root, cluster), {recursive: true});
		writeFileSync(join(root, `${lockOf(cluster, unit)}.lock`), '');
	}
});
afterEach(() => rmSync(join(root, '..'), {recursive: true}));

test('those of web go, and those of web-2 stay', () => {
	removeUnitLocks(root, 'web');
	expect(readdirSync(root, {recursive: true}).sort()).toEqual([
		'web-2',
		'web-2-b',
		'web-2-b/networks.lock',
		'web-2/raid-nas.lock',
	]);
	removeUnitLocks(root, 'web');
	removeUnitLocks(root, 'web-2');
	removeUnitLocks(root, 'web-2-b');
	expect(existsSync(root)).toBe(false);
	removeUnitLocks(root, 'web');
});

test('a folder in it is not ours', () => {
	mkdirSync(join(root, 'web', 'folder'));
	removeUnitLocks(root, 'web');
	expect(readdirSync(join(root, 'web'))).toEqual(['folder']);
});

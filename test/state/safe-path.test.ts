import {chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {unsafeAncestor} from '../../source/state/safe-path.ts';

let folder: string;
beforeAll(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'safe-path-')));
	for (const name of ['mine', 'open', 'group', 'sticky', 'mine/inner', 'open/inner', 'group/inner', 'sticky/inner']) {
		mkdirSync(join(folder, name));
	}

	chmodSync(join(folder, 'open'), 0o777);
	chmodSync(join(folder, 'group'), 0o775);
	chmodSync(join(folder, 'sticky'), 0o1777);
	symlinkSync('mine', join(folder, 'to-mine'));
	symlinkSync('open/inner', join(folder, 'to-open'));
	symlinkSync('loop', join(folder, 'loop'));
	symlinkSync(join(folder, 'missing'), join(folder, 'dangling'));
});
afterAll(() => {
	rmSync(folder, {recursive: true});
});

test.each([
	['a folder of ours', 'mine/state', undefined],
	['one that is missing', 'mine/a/b/state', undefined],
	['in a sticky folder, below one of ours', 'sticky/inner/state', undefined],
	['in a sticky folder, missing', 'sticky/state', undefined],
	['through a link of ours', 'to-mine/state', undefined],
	['through a dangling link of ours', 'dangling/state', undefined],
	['everybody can write above it', 'open/inner/state', {path: 'open', reason: 'writable'}],
	['everybody can write above it, and nothing is there', 'open/state', {path: 'open', reason: 'writable'}],
	['through a link into what everybody can write', 'to-open/state', {path: 'open', reason: 'writable'}],
	['a link to itself', 'loop/state', {path: 'loop', reason: 'links'}],
])('%s: %s', (_, path, wanted) => {
	const found = unsafeAncestor(join(folder, path));
	expect(found && {path: found.path.slice(folder.length + 1), reason: found.reason}).toEqual(wanted);
});

test("a group that can write is trusted only if it is root's", () => {
	const found = unsafeAncestor(join(folder, 'group/inner/state'));
	expect(found?.reason).toBe(process.getgid!() === 0 ? undefined : 'writable');
});

test('a file is no folder', () => {
	expect(unsafeAncestor(join(import.meta.filename, 'state'))).toMatchObject({
		path: import.meta.filename,
		reason: 'not-a-folder',
	});
});

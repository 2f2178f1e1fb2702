import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {Command} from '../../source/shell/command.ts';
import {filesystem} from '../../source/tasks/filesystem.ts';
import {fulfil, perform} from '../tasks/perform.ts';

const uuid = '3656cedf-e123-85ff-bbf1-0af2f7c5a395';
let folder: string;
let device: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'filesystem-'));
	device = join(folder, 'disk');
	execFileSync('truncate', ['-s', '64M', device]);
});
afterEach(() => rmSync(folder, {recursive: true}));

/** The task on a file, which is no block device but holds the same. */
function task() {
	const made = filesystem(device, uuid, 'web');
	const check: Command = {...made.check, strings: made.check.strings.map(part => part.replace('[ -b ', '[ -f '))};
	return {...made, check};
}

test.each([
	['an empty device', [], 1],
	['a file system of ours', ['mkfs.ext4', '-q', '-U', uuid, '-L', 'web'], 0],
	['one whose making was cut off', ['mkfs.ext4', '-q', '-U', uuid, '-L', 'unfinished'], 1],
	['a file system of somebody else', ['mkfs.ext4', '-q', '-L', 'photos'], 2],
	['a swap area', ['mkswap'], 2],
])('%s', (_, [program, ...words], code) => {
	if (program) {
		execFileSync(program, [...words, device], {stdio: 'ignore'});
	}

	expect(perform(task().check).code).toBe(code);
	if (code === 1) {
		expect(fulfil(task())).toEqual({code: 0, output: ''});
	}
});

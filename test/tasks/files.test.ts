import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {withInput} from '../../source/shell/command.ts';
import {isComparable} from '../../source/engine/comparison.ts';
import {Secret} from '../../source/shell/secret.ts';
import type {Task} from '../../source/engine/task.ts';
import {block, file} from '../../source/tasks/file.ts';
import {link} from '../../source/tasks/link.ts';
import {both} from '../both.ts';
import {fulfil, perform} from './perform.ts';

const title = both('a');
let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

describe('a block of lines in a file of others', () => {
	const marks = (...lines: string[]) =>
		['# BEGIN cluster-wizard names', ...lines, '# END cluster-wizard names', ''].join('\n');

	test.each([
		['there was none', '127.0.0.1 localhost\n', `127.0.0.1 localhost\n${marks('10.0.10.1 master')}`],
		[
			'an older one is replaced',
			`${marks('10.0.10.9 master')}::1 localhost\n`,
			`::1 localhost\n${marks('10.0.10.1 master')}`,
		],
		[
			'one that lost its end takes nothing along',
			'# BEGIN cluster-wizard names\n::1 localhost\n',
			`::1 localhost\n${marks('10.0.10.1 master')}`,
		],
		['the file is missing', undefined, marks('10.0.10.1 master')],
	])('%s', (_, before, after) => {
		const path = join(folder, 'hosts');
		if (before !== undefined) {
			writeFileSync(path, before);
		}

		const task = block(path, 'names', '10.0.10.1 master', title);
		expect(perform(task.check).code).toBe(1);
		expect(fulfil(task)).toEqual({code: 0, output: ''});
		expect(readFileSync(path, 'utf8')).toBe(after);
	});
});

/** Output of a task's comparison, given the standard input of its command. */
const compared = ({compare, apply}: Task) =>
	perform(withInput(compare!, apply![0]!.input!)).output.replaceAll(folder, '');

describe('how a file differs', () => {
	const diff = (...lines: string[]) => ['--- /conf', '+++ /conf', ...lines].join('\n');
	test.each<[string, string | Buffer | undefined, string]>([
		['it is missing', undefined, ''],
		['it is the same', 'token: 3000\n', ''],
		['a line was changed', 'token: 1000\n', diff('@@ -1 +1 @@', '-token: 1000', '+token: 3000')],
		['it is empty', '', diff('@@ -0,0 +1 @@', '+token: 3000')],
		[
			'it has no end of line',
			'token: 3000',
			diff('@@ -1 +1 @@', '-token: 3000', '\\ No newline at end of file', '+token: 3000'),
		],
		[
			'it is binary',
			Buffer.from([0, 1, 2]),
			'/conf: 3 bytes, SHA-256 ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc -',
		],
		[
			'it is large',
			'x\n'.repeat(200_000),
			'/conf: 400000 bytes, SHA-256 b09af5ac54ef9f3d0b87de2e0a7a06fb5a5cd2f0ba1ab2bc7a8db4e83c7b2f04 -',
		],
	])('%s', (_, before, expected) => {
		const path = join(folder, 'conf');
		if (before !== undefined) {
			writeFileSync(path, before);
		}

		const said = compared(file(path, 'token: 3000\n'));
		expect(said.replace(/[\da-f]{64}/, '…')).toBe(expected.replace(/[\da-f]{64}/, '…'));
	});

	test('as base64 as well', () => {
		writeFileSync(join(folder, 'conf'), 'old\n');
		expect(compared(file(join(folder, 'conf'), Buffer.from('new\n').toString('base64'), {base64: true}))).toBe(
			diff('@@ -1 +1 @@', '-old', '+new'),
		);
	});

	test('a secret is not compared', () => {
		expect(isComparable(file('/conf', new Secret('KEY', 'x')))).toBe(false);
	});

	test('a block of lines: the whole file as it will be', () => {
		const path = join(folder, 'conf');
		writeFileSync(path, '# BEGIN cluster-wizard names\n10.0.10.9 master\n# END cluster-wizard names\n');
		expect(compared(block(path, 'names', '10.0.10.1 master', title))).toBe(
			diff(
				'@@ -1,3 +1,3 @@',
				' # BEGIN cluster-wizard names',
				'-10.0.10.9 master',
				'+10.0.10.1 master',
				' # END cluster-wizard names',
			),
		);
	});
});

describe('a link', () => {
	test.each([
		['nothing there', () => {}],
		['another link', (path: string) => execFileSync('ln', ['-s', 'old', path])],
		[
			'a link to a folder',
			(path: string) => {
				mkdirSync(join(folder, 'old'));
				execFileSync('ln', ['-s', 'old', path]);
			},
		],
		['what a killed run left', (path: string) => execFileSync('ln', ['-s', 'half', `${path}.cluster-wizard`])],
	])('where there was %s', (_, before) => {
		const path = join(folder, 'www');
		before(path);
		const task = link(path, 'content');
		expect(perform(task.check).code).toBe(1);
		expect(fulfil(task).code).toBe(0);
		expect(readlinkSync(path)).toBe('content');
		expect(existsSync(`${path}.cluster-wizard`)).toBe(false);
	});

	test('a folder of others is not replaced', () => {
		mkdirSync(join(folder, 'www'));
		writeFileSync(join(folder, 'www', 'theirs'), '');
		expect(fulfil(link(join(folder, 'www'), 'content')).code).not.toBe(0);
		expect(existsSync(join(folder, 'www', 'theirs'))).toBe(true);
	});
});

import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {block} from '../../source/tasks/file.ts';
import {link} from '../../source/tasks/link.ts';
import {fulfil, perform} from './perform.ts';

const title = {en: 'a', es: 'a'};
let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

describe('a block of lines in a file of others', () => {
	const marks = (...lines: string[]) => ['# BEGIN cluster-wizard names', ...lines, '# END cluster-wizard names', ''].join('\n');

	test.each([
		['there was none', '127.0.0.1 localhost\n', `127.0.0.1 localhost\n${marks('10.0.10.1 master')}`],
		['an older one is replaced', `${marks('10.0.10.9 master')}::1 localhost\n`, `::1 localhost\n${marks('10.0.10.1 master')}`],
		['one that lost its end takes nothing along', '# BEGIN cluster-wizard names\n::1 localhost\n', `::1 localhost\n${marks('10.0.10.1 master')}`],
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

describe('a link', () => {
	test.each([
		['nothing there', () => {}],
		['another link', (path: string) => execFileSync('ln', ['-s', 'old', path])],
		['a link to a folder', (path: string) => {
			mkdirSync(join(folder, 'old'));
			execFileSync('ln', ['-s', 'old', path]);
		}],
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

import {execFileSync} from 'node:child_process';
import {appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {block} from '../../source/tasks/file.ts';
import {link} from '../../source/tasks/link.ts';
import {unpacked} from '../../source/tasks/unpacked.ts';
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

describe('an archive that is unpacked', () => {
	const pages = () => {
		const source = join(folder, 'source');
		mkdirSync(join(source, 'a folder'), {recursive: true});
		writeFileSync(join(source, 'index.html'), 'hello');
		writeFileSync(join(source, 'a folder', 'ñ.txt'), 'x');
		return unpacked(join(folder, 'content'), execFileSync('tar', ['-cz', '-C', source, '.']).toString('base64'), title);
	};

	test('lies there, and a second look finds nothing to do', () => {
		const task = pages();
		expect(perform(task.check).code).toBe(1);
		expect(fulfil(task)).toEqual({code: 0, output: ''});
		expect(readFileSync(join(folder, 'content', 'a folder', 'ñ.txt'), 'utf8')).toBe('x');
	});

	test.each([
		['a file is changed', () => appendFileSync(join(folder, 'content', 'index.html'), '!'), 'index.html'],
		['a file is gone', () => rmSync(join(folder, 'content', 'index.html')), 'index.html'],
		['a file is added', () => writeFileSync(join(folder, 'content', 'new.html'), ''), 'new.html'],
		['it was cut off before the list', () => rmSync(join(folder, 'content.list')), 'not unpacked'],
		['the folder is gone', () => rmSync(join(folder, 'content'), {recursive: true}), 'content'],
		['a killed run left half of it', () => mkdirSync(join(folder, 'content.unpacking')), undefined],
	])('%s: seen and mended', (_, harm, said) => {
		const task = pages();
		fulfil(task);
		harm();
		const {code, output} = perform(task.check);
		expect(code).toBe(said === undefined ? 0 : 1);
		expect(output).toContain(said ?? '');
		expect(fulfil(task)).toEqual({code: 0, output: ''});
		expect(readFileSync(join(folder, 'content', 'index.html'), 'utf8')).toBe('hello');
	});
});

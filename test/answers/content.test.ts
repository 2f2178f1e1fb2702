import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {contentSize, readContent} from '../../source/answers/content.ts';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'site-'));
	mkdirSync(join(folder, 'css'));
	writeFileSync(join(folder, 'index.php'), '<?php echo 1;', {mode: 0o600});
	writeFileSync(join(folder, 'css', 'página 1.css'), 'a {}');
	symlinkSync('index.php', join(folder, 'home.php'));
});
afterEach(() => rmSync(folder, {recursive: true}));

function own() {
	const content = readContent(folder);
	if (content.kind !== 'own') {
		throw new TypeError('The folder was not read');
	}

	return content;
}

describe('readContent', () => {
	it('without a folder is the test page', () => {
		expect(readContent(undefined)).toEqual({kind: 'test-page'});
	});

	it('takes everything, readable by the web server and owned by root', () => {
		const list = execFileSync('tar', ['-tvzf', '-', '--numeric-owner'], {input: Buffer.from(own().archive, 'base64'), encoding: 'utf8', env: {LC_ALL: 'C.UTF-8', TZ: 'UTC', PATH: process.env['PATH']}});
		expect(list.trim().split('\n').map(line => line.replace(/\s+/g, ' ').replace(/ \d+ 1970-01-01 00:00/, ''))).toEqual([
			'drwxr-xr-x 0/0 ./',
			'drwxr-xr-x 0/0 ./css/',
			expect.stringMatching(/^-rw-r--r-- 0\/0 \.\/css\/p.*gina 1\.css$/),
			expect.stringMatching(/^l\S+ 0\/0 \.\/home\.php -> index\.php$/),
			'-rw-r--r-- 0/0 ./index.php',
		]);
	});

	it('has the same digest for the same files, whatever their times and owners\' rights', () => {
		const {digest} = own();
		utimesSync(join(folder, 'index.php'), 1, 1);
		chmodSync(join(folder, 'index.php'), 0o644);
		expect(own().digest).toBe(digest);
		writeFileSync(join(folder, 'index.php'), '<?php echo 2;');
		expect(own().digest).not.toBe(digest);
	});
});

describe('contentSize', () => {
	it('counts in blocks, links included', () => {
		writeFileSync(join(folder, 'large'), Buffer.alloc(5000));
		expect(contentSize(folder)).toBe(5 * 4096);
	});
});

import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {pagesForgotten, pagesRemembered, pagesUnchanged} from '../../source/tasks/pages-digest.ts';
import {fulfil, perform} from '../tasks/perform.ts';

describe("the pages' SHA-256 of the drill `disks`", () => {
	test.each([
		['a link to its own folder', '.'],
		['a link to nothing', 'nowhere'],
		['a link to the folder above', '..'],
	])('survives %s', (_, target) => {
		const folder = mkdtempSync(join(tmpdir(), 'pages-'));
		onTestFinished(() => {
			rmSync(folder, {recursive: true});
		});
		mkdirSync(join(folder, 'content'));
		writeFileSync(join(folder, 'content', 'index.html'), 'x');
		symlinkSync(target, join(folder, 'content', 'link'));
		symlinkSync('content', join(folder, 'www'));
		const pages = join(folder, 'www');
		expect(fulfil(pagesRemembered(pages))).toEqual({code: 0, output: ''});
		expect(perform(pagesUnchanged(pages).check)).toEqual({code: 0, output: ''});
		writeFileSync(join(folder, 'content', 'index.html'), 'y');
		expect(perform(pagesUnchanged(pages).check)).toEqual({code: 1, output: 'the pages have changed'});
		expect(fulfil(pagesForgotten()).code).toBe(0);
	});
});

import {chmodSync, utimesSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {printableName} from '../../source/content/names.ts';
import {scanSite} from '../../source/content/site.ts';
import {plant, publishedPaths, scanned, self, temporaryFolder, type Tree} from './trees.ts';

const ordinary: Tree = {'index.php': '<?php', 'css/página.css': 'a {}'};

describe('scanSite', () => {
	it.each<[string, Tree, string[], Record<string, string>]>([
		[
			'files and folders',
			{'index.html': '', 'a/b/c.html': '', empty: null},
			['a', 'a/b', 'a/b/c.html', 'empty', 'index.html'],
			{},
		],
		[
			'dot files and dot folders',
			{'.git/config': '', '.env': '', 'a/.htpasswd': '', 'a/.': null, '.well-known/acme': '', '.well-known/.env': ''},
			['.well-known', '.well-known/acme', 'a'],
			{'.git': 'hidden', '.env': 'hidden', 'a/.htpasswd': 'hidden', '.well-known/.env': 'hidden'},
		],
		['.htaccess, which Apache would ignore', {'a/.htaccess': ''}, ['a'], {'a/.htaccess': 'htaccess'}],
		[
			'backups',
			Object.fromEntries(
				[
					'index.php~',
					'a.bak',
					'a.ORIG',
					'a.swp',
					'a.swo',
					'#a#',
					'a.save',
					'a.old',
					'old.old/secret',
					'bold',
					'#a',
					'a.bak.html',
					'a.swf',
				].map(name => [name, '']),
			),
			['#a', 'a.bak.html', 'a.swf', 'bold'],
			Object.fromEntries(
				['index.php~', 'a.bak', 'a.ORIG', 'a.swp', 'a.swo', '#a#', 'a.save', 'a.old', 'old.old'].map(name => [
					name,
					'backup',
				]),
			),
		],
		['a FIFO', {pipe: 'mkfifo'}, [], {pipe: 'special'}],
		[
			'links that stay inside',
			{
				'a/x': '',
				file: '-> a/x',
				folder: '-> a',
				'a/up': '-> ../file',
				'b/c/deep': '-> ../.././a//x',
				'b/chain': '-> c/deep',
			},
			['a', 'a/up', 'a/x', 'b', 'b/c', 'b/c/deep', 'b/chain', 'file', 'folder'],
			{},
		],
		[
			'absolute links that stay inside',
			{'a/x': '', one: '-> ROOT/a/x', 'a/two': '-> ROOT/one'},
			['a', 'a/two', 'a/x', 'one'],
			{},
		],
		[
			'links that leave the folder',
			{
				shadow: '-> /etc/shadow',
				up: '-> ..',
				'a/far': '-> ../../x',
				back: '-> a/../../site/a',
				beside: '-> ROOT-secret/x',
				odd: '-> ROOT/a/../../x',
			},
			['a'],
			{shadow: 'outside', up: 'outside', 'a/far': 'outside', back: 'outside', beside: 'outside', odd: 'outside'},
		],
		[
			'links by way of a link that leaves',
			{out: '-> /etc', 'a/passwd': '-> ../out/passwd', chain: '-> a/passwd'},
			['a'],
			{out: 'outside', 'a/passwd': 'outside', chain: 'outside'},
		],
		[
			'links to nothing',
			{none: '-> nowhere', 'a/x': '', through: '-> a/x/y', slash: '-> a/x/', dots: '-> a/x/..'},
			['a', 'a/x'],
			{none: 'dangling', through: 'dangling', slash: 'dangling', dots: 'dangling'},
		],
		[
			'links to what is left out',
			{'.git/config': '', 'a.bak': '', config: '-> .git/config', old: '-> a.bak', chain: '-> old'},
			[],
			{'.git': 'hidden', 'a.bak': 'backup', config: 'target', old: 'target', chain: 'target'},
		],
		[
			'links to links in a circle',
			{one: '-> two', two: '-> one', self: '-> self'},
			[],
			{one: 'cycle', two: 'cycle', self: 'cycle'},
		],
		[
			'links into their own folder',
			{'a/b/x': '', 'a/self': '-> .', 'a/b/up': '-> ..', root: '-> ROOT', 'a/b/top': '-> ../..'},
			['a', 'a/b', 'a/b/x'],
			{'a/self': 'cycle', 'a/b/up': 'cycle', root: 'cycle', 'a/b/top': 'cycle'},
		],
		[
			'links that make a circle together',
			{'a/x': '', 'b/x': '', 'a/to-b': '-> ../b', 'b/to-a': '-> ../a', c: '-> b/to-a/x'},
			['a', 'a/to-b', 'a/x', 'b', 'b/x'],
			{'b/to-a': 'cycle', c: 'target'},
		],
		[
			'names with line breaks, blanks and a leading hyphen',
			{'a\nb': '', '-rf': '', ' ': '', '*': ''},
			[' ', '*', '-rf', 'a\nb'],
			{},
		],
		[
			'names that are not UTF-8, byte for byte',
			{'p\u00E1gina.html': '', 'latin\u00E9/\u00F1': ''},
			['latin\u00E9', 'latin\u00E9/\u00F1', 'p\u00E1gina.html'],
			{},
		],
	])('%s', (_, tree, published, leftOut) => {
		const site = scanned(plant(tree));
		expect(publishedPaths(site)).toEqual(published);
		expect(Object.fromEntries(site.leftOut.map(({path, reason}) => [path, reason]))).toEqual(leftOut);
	});

	it('a socket', async () => {
		const folder = temporaryFolder();
		const server = createServer();
		onTestFinished(() => {
			server.close();
		});
		await new Promise<void>(resolve => {
			server.listen(join(folder, 's'), resolve);
		});
		expect(scanned(folder).leftOut).toEqual([{path: 's', reason: 'special'}]);
	});

	it('follows a link to the folder itself, also for absolute links by either path', () => {
		const folder = plant({
			'site/index.html': '',
			link: '-> site',
			'site/one': '-> ROOT/site/index.html',
			'site/two': '-> ROOT/site/one',
		});
		const real = scanned(join(folder, 'site'));
		const linked = scanned(join(folder, 'link'));
		expect(publishedPaths(linked)).toEqual(['index.html', 'one', 'two']);
		expect(linked.digest).toBe(real.digest);
	});

	it.each<[string, (folder: string) => void, 'same' | 'other']>([
		['nothing happens', () => {}, 'same'],
		['a content changes', folder => writeFileSync(join(folder, 'index.php'), '<?PHP'), 'other'],
		['a time changes by less than a second', folder => utimesSync(join(folder, 'index.php'), 1, 1.001), 'other'],
		['a right changes that the web servers do not see', folder => chmodSync(join(folder, 'index.php'), 0o640), 'same'],
		['a file becomes a program', folder => chmodSync(join(folder, 'index.php'), 0o755), 'other'],
		['a file that is left out changes', folder => writeFileSync(join(folder, '.env'), ''), 'same'],
		['a link appears', folder => void plant({link: '-> index.php'}, folder), 'other'],
		['an empty folder appears', folder => void plant({empty: null}, folder), 'other'],
	])('%s: the digest is the %s', (_, change, expected) => {
		const folder = plant(ordinary);
		utimesSync(join(folder, 'index.php'), 1, 1);
		const {digest} = scanned(folder);
		change(folder);
		if (expected === 'same') {
			expect(scanned(folder).digest).toBe(digest);
		} else {
			expect(scanned(folder).digest).not.toBe(digest);
		}
	});

	it('counts files, blocks, the index page and odd names', () => {
		expect(scanned(plant({'a.html': 'x'.repeat(5000), 'b/c': '', l: '-> a.html', 'n\u00E9': ''}))).toMatchObject({
			files: 3,
			size: 4 * 4096,
			hasIndex: false,
			oddNames: 1,
		});
		expect(scanned(plant({'a/index.html': ''}))).toMatchObject({hasIndex: false});
		expect(scanned(plant({start: '', 'index.html': '-> start'}))).toMatchObject({hasIndex: true});
		expect(scanned(plant({}))).toMatchObject({files: 0, size: 0, hasIndex: false});
	});

	it.each([
		['missing', '/nowhere/site', 'there is no folder /nowhere/site.'],
		['a file', '/etc/passwd', 'there is no folder /etc/passwd.'],
		[
			'a name with an escape sequence',
			'/nowhere/\u001B]52;c;YQ\u0007',
			'there is no folder /nowhere/\\u{1b}]52;c;YQ\\u{7}.',
		],
	])('is a problem in one sentence: %s', (_, folder, problem) => {
		expect(scanSite(folder, self)).toMatchObject({
			problem: {en: problem, es: expect.stringContaining('no existe la carpeta')},
		});
	});
});

describe('printable', () => {
	it.each([
		['p\u00C3\u00A1gina', 'página'],
		['p\u00E1gina', 'p\\xE1gina'],
		['\u001B[31m', '\\u{1b}[31m'],
		['a\nb', 'a\\u{a}b'],
		['\u00E2\u0080\u00AEgpj', '\\u{202e}gpj'],
	])('%j', (name, shown) => {
		expect(printableName(name)).toBe(shown);
	});
});

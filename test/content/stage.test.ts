import {execFileSync, spawnSync} from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readlinkSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	unlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Site} from '../../source/content/site.ts';
import {stageSite} from '../../source/content/stage.ts';
import {archivePath, isStaged, readStaged} from '../../source/content/staged.ts';
import {plant, publishedPaths, scanned, self, temporaryFolder, type Tree} from './trees.ts';

const webRoot = '/mnt/raid/www';

async function stage(site: Site, folder: string, signal = new AbortController().signal) {
	return stageSite(site, {folder, owner: self, webRoot, signal});
}

/** A site that is packed and unpacked again; `at` takes the place of the web root. */
async function republished(folder: string, at: string): Promise<string> {
	const state = temporaryFolder();
	const site = scanned(folder);
	expect(
		await stageSite(site, {folder: state, owner: self, webRoot: at, signal: new AbortController().signal}),
	).toBeUndefined();
	execFileSync('tar', ['-xzf', archivePath(state, site.digest), '-C', at]);
	return at;
}

describe('stageSite', () => {
	it('packs exactly what was scanned, readable by the web servers and owned by root', async () => {
		const folder = plant({
			'index.php': '<?php',
			'.git/config': 'secret',
			'a\nb': '',
			'-rf': '',
			'p\u00E1gina.html': 'latin',
			'css/a.css': '',
			'css/a.css~': '',
			'css/b': '-> ROOT/css/a.css',
			root: '-> ROOT/css',
			back: '-> css/../index.php',
			passwd: '-> /etc/passwd',
		});
		execFileSync('chmod', ['0600', join(folder, 'index.php')]);
		const site = scanned(folder);
		const state = temporaryFolder();
		expect(await stage(site, join(state, 'content'))).toBeUndefined();
		const archive = archivePath(join(state, 'content'), site.digest);
		const list = execFileSync('tar', ['-tvzf', archive, '--numeric-owner', '--quoting-style=escape'], {
			encoding: 'utf8',
			env: {PATH: process.env['PATH'], LC_ALL: 'C'},
		});
		expect(
			list
				.trim()
				.split('\n')
				.map(line => line.replace(/ +\d+ \d{4}-\d\d-\d\d \d\d:\d\d/, '')),
		).toEqual([
			'drwxr-xr-x 0/0 ./',
			'-rw-r--r-- 0/0 ./-rf',
			'-rw-r--r-- 0/0 ./a\\nb',
			expect.stringMatching(/^l\S+ 0\/0 \.\/back -> css\/\.\.\/index\.php$/),
			'drwxr-xr-x 0/0 ./css/',
			'-rw-r--r-- 0/0 ./css/a.css',
			expect.stringMatching(/^l\S+ 0\/0 \.\/css\/b -> \/mnt\/raid\/www\/css\/a\.css$/),
			'-rw-r--r-- 0/0 ./index.php',
			'-rw-r--r-- 0/0 ./p\\341gina.html',
			expect.stringMatching(/^l\S+ 0\/0 \.\/root -> \/mnt\/raid\/www\/css$/),
		]);
		expect(statSync(archive).mode & 0o777).toBe(0o600);
		expect(statSync(join(state, 'content')).mode & 0o777).toBe(0o700);
		expect(readStaged(join(state, 'content'))).toEqual({digest: site.digest, size: site.size});
		expect(isStaged(join(state, 'content'), site)).toBe(true);
	});

	it('packs a folder with nothing to publish', async () => {
		expect(readdirSync(await republished(plant({'.env': ''}), temporaryFolder()))).toEqual([]);
	});

	it('finds its way in a folder whose name means something to sed and tar', async () => {
		const parent = temporaryFolder();
		const folder = join(parent, 'a,[b]*.^$ \\(c\\) ñ\n--x');
		plant({'index.html': 'x', 'sub/link': `-> ROOT/index.html`}, folder);
		const at = await republished(folder, temporaryFolder());
		expect(readlinkSync(join(at, 'sub', 'link'))).toBe(join(at, 'index.html'));
	});

	it('keeps the new archive only, and nothing half-written of a killed run', async () => {
		const folder = plant({'index.html': 'one'});
		const state = temporaryFolder();
		const first = scanned(folder);
		await stage(first, state);
		writeFileSync(join(folder, 'index.html'), 'three');
		const second = scanned(folder);
		writeFileSync(`${archivePath(state, second.digest)}.new`, 'half');
		writeFileSync(`${archivePath(state, 'f'.repeat(64))}.new`, 'half');
		expect(isStaged(state, second)).toBe(false);
		await stage(second, state);
		expect(readdirSync(state).toSorted()).toEqual([`${second.digest}.tar.gz`, 'staged.json'].toSorted());
		rmSync(archivePath(state, second.digest));
		expect(isStaged(state, second)).toBe(false);
	});

	it.each(['', 'null', '{}', '{"digest":"../../etc","size":1}', '{"digest":7}'])(
		'does not believe a broken list: %j',
		text => {
			const state = temporaryFolder();
			writeFileSync(join(state, 'staged.json'), text);
			expect(readStaged(state)).toBeUndefined();
		},
	);

	it.each<[string, (folder: string) => void, string]>([
		['a file is written to', folder => writeFileSync(join(folder, 'sub', 'a.html'), 'more'), 'sub/a.html'],
		['a file is gone', folder => unlinkSync(join(folder, 'sub', 'a.html')), 'sub'],
		['a folder is gone', folder => rmSync(join(folder, 'sub'), {recursive: true}), 'sub'],
		['a file appears', folder => writeFileSync(join(folder, 'b.html'), ''), 'b.html'],
		[
			'a file has become a link to another',
			folder => {
				unlinkSync(join(folder, 'index.html'));
				symlinkSync('/etc/passwd', join(folder, 'index.html'));
			},
			'index.html',
		],
		[
			'a folder was another for a while',
			folder => {
				renameSync(join(folder, 'sub'), join(folder, 'aside'));
				mkdirSync(join(folder, 'sub'));
				rmSync(join(folder, 'sub'), {recursive: true});
				renameSync(join(folder, 'aside'), join(folder, 'sub'));
			},
			'sub',
		],
	])('says what changed since the folder was scanned, and keeps the archive of before: %s', async (_, change, path) => {
		const folder = plant({'index.html': '', 'sub/a.html': ''});
		const state = temporaryFolder();
		await stage(scanned(folder), state);
		const before = readdirSync(state);
		writeFileSync(join(folder, 'index.html'), 'new');
		const site = scanned(folder);
		change(folder);
		expect(await stage(site, state)).toMatchObject({
			problem: {
				en: `The web content in ${folder} changed while it was being packed: ${path}. Run the command again.`,
				es: expect.stringContaining(path),
			},
		});
		expect(readdirSync(state)).toEqual(before);
	});

	it('says that the folder is gone', async () => {
		const folder = plant({'site/index.html': ''});
		const site = scanned(join(folder, 'site'));
		rmSync(join(folder, 'site'), {recursive: true});
		expect(await stage(site, temporaryFolder())).toMatchObject({problem: {en: `there is no folder ${folder}/site.`}});
	});

	it('ends when it is told to stop', async () => {
		const folder = plant({'index.html': ''});
		truncateSync(join(folder, 'index.html'), 20 * 2 ** 30);
		const controller = new AbortController();
		const state = temporaryFolder();
		const going = stage(scanned(folder), state, controller.signal);
		await expect.poll(() => readdirSync(state)).toHaveLength(1);
		controller.abort();
		expect(await going).toMatchObject({problem: {en: 'Interrupted while packing the web content.'}});
		expect(readdirSync(state)).toEqual([]);
	});
});

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d_2b_79_f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

function randomTree(random: () => number): Tree {
	const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
	const folders = ['', 'a', 'a/b', 'c', 'c/.d', 'e.bak'];
	const names = ['x', 'y', '.z', 'w~', 'l', 'm', 'n', 'o'];
	const tree: Record<string, string | null> = {};
	const place = () => [pick(folders), pick(names)].filter(Boolean).join('/');
	const parts = ['a', 'b', 'c', '.d', 'e.bak', 'l', 'm', 'n', 'o', 'x', '..', '..', '.', ''];
	const target = () =>
		`${pick(['', '', '', 'ROOT/', '/etc/', '/'])}${Array.from({length: 1 + Math.floor(random() * 4)}, () => pick(parts)).join('/')}`;
	for (let count = 0; count < 25; count++) {
		const path = place();
		tree[path] = random() < 0.7 ? `-> ${target() || '.'}` : 'canary: inside';
	}

	return tree;
}

/** What the kernel finds at a link's end. */
function endOf(path: string): string {
	try {
		return statSync(path).isDirectory() ? 'folder' : 'file';
	} catch (error) {
		return (error as NodeJS.ErrnoException).code!;
	}
}

describe('any folder', () => {
	const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
	it(`is republished without a way out of it or a circle (SEED=${seed})`, {timeout: 300_000}, async () => {
		const random = randomFrom(seed);
		for (let round = 0; round < 60; round++) {
			const folder = join(temporaryFolder(), 'site');
			mkdirSync(folder);
			writeFileSync(join(folder, '..', 'x'), 'canary: outside');
			const tree = randomTree(random);
			plant(tree, folder);
			const site = scanned(folder);
			const at = await republished(folder, temporaryFolder());
			const note = `round ${round}: ${JSON.stringify(tree)}`;
			// An independent judge: find follows every link, and complains of circles and of links to nothing.
			const {stdout, stderr, status} = spawnSync('find', ['-L', at, '-printf', String.raw`%p\n`], {encoding: 'utf8'});
			expect({status, stderr}, note).toEqual({status: 0, stderr: ''});
			expect(
				stdout
					.trim()
					.split('\n')
					.map(path => realpathSync.native(path))
					.filter(path => path !== at && !path.startsWith(`${at}/`)),
				note,
			).toEqual([]);
			expect(
				execFileSync('find', [at, '-mindepth', '1', '-printf', String.raw`%P\n`], {encoding: 'utf8'})
					.split('\n')
					.slice(0, -1)
					.toSorted(),
				note,
			).toEqual(publishedPaths(site).toSorted());
			// And nothing is left out without need: a link that is refused is broken, leaves the folder, ends in what is left out, or closes a circle.
			for (const {path} of site.leftOut.filter(({reason}) => reason === 'dangling')) {
				expect(existsSync(join(folder, path)), `${path}, ${note}`).toBe(false);
			}

			for (const {path} of site.leftOut.filter(({reason}) => reason === 'cycle')) {
				expect(endOf(join(folder, path)), `${path}, ${note}`).toMatch(/^(?:folder|ELOOP)$/);
			}
		}
	});
});

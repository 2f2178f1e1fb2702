import {execFileSync} from 'node:child_process';
import {
	appendFileSync,
	chmodSync,
	chownSync,
	existsSync,
	linkSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import {formatBytes} from '../../source/content/site-summary.ts';
import {scanSite} from '../../source/content/site.ts';
import {stageSite} from '../../source/content/stage.ts';
import {archivePath} from '../../source/content/staged.ts';
import {reasonText} from '../../source/engine/reasons.ts';
import {run} from '../../source/engine/run.ts';
import type {Unit} from '../../source/engine/plan.ts';
import {render, sh, type Command} from '../../source/shell/command.ts';
import {content} from '../../steps/content.ts';
import {testCluster} from '../cluster-fixture.ts';
import {localTarget} from '../../source/targets/local.ts';
import {unpacked} from '../../source/tasks/unpacked.ts';
import {both} from '../both.ts';
import {plant, publishedPaths, scanned, temporaryFolder} from '../content/trees.ts';
import {fulfil, perform} from '../tasks/perform.ts';

/** Users that no tests run as: the owner of the site, and another. */
const owner = {uid: 65_534, gid: 65_534};
const other = 65_532;

/** A folder that every user can reach. */
function openFolder(): string {
	const folder = temporaryFolder();
	chmodSync(folder, 0o755);
	return folder;
}

/** Gives a tree to the owner. */
function give(folder: string): string {
	execFileSync('chown', ['-hR', `${owner.uid}:${owner.gid}`, folder]);
	return folder;
}

async function stage(folder: string, state = temporaryFolder()) {
	const site = scanned(folder, owner);
	const failure = await stageSite(site, {
		folder: state,
		owner,
		webRoot: '/mnt/raid/www',
		signal: new AbortController().signal,
	});
	return {site, failure, archive: archivePath(state, site.digest)};
}

describe('a site of another user', () => {
	/** Everything in an archive. */
	const bytesOf = (archive: string) => execFileSync('tar', ['-xzOf', archive], {encoding: 'latin1'});

	test('publishes nothing that its owner cannot read', async () => {
		const secret = join(openFolder(), 'secret');
		mkdirSync(secret, {mode: 0o700});
		writeFileSync(join(secret, 'file'), 'canary');
		const folder = give(plant({'index.html': 'hello', mine: '', 'sub/x': '', 'locked/x': ''}, openFolder()));
		for (const [name, mode, user] of [
			['0000', 0, other],
			['root-only', 0o600, 0],
			['others', 0o600, other],
		] as const) {
			writeFileSync(join(folder, name), 'canary');
			chmodSync(join(folder, name), mode);
			chownSync(join(folder, name), user, user);
		}

		mkdirSync(join(folder, 'private'), {mode: 0o700});
		writeFileSync(join(folder, 'private', 'x'), 'canary');
		chmodSync(join(folder, 'mine'), 0);
		chmodSync(join(folder, 'locked'), 0o644);
		linkSync(join(secret, 'file'), join(folder, 'hard'));
		chmodSync(join(secret, 'file'), 0o600);
		symlinkSync('/etc/shadow', join(folder, 'shadow'));
		symlinkSync(secret, join(folder, 'folder'));
		symlinkSync('root-only', join(folder, 'chain'));
		const {site, failure, archive} = await stage(folder);
		expect(failure).toBeUndefined();
		expect(publishedPaths(site)).toEqual(['index.html', 'sub', 'sub/x']);
		expect(Object.fromEntries(site.leftOut.map(({path, reason}) => [path, reason]))).toEqual({
			'0000': 'unreadable',
			'root-only': 'unreadable',
			others: 'unreadable',
			private: 'unreadable',
			mine: 'unreadable',
			locked: 'unreadable',
			hard: 'unreadable',
			shadow: 'outside',
			folder: 'outside',
			chain: 'target',
		});
		expect(bytesOf(archive)).toBe('hello');
	});

	test.each<[string, (parent: string) => string]>([
		[
			'the folder',
			parent => {
				chmodSync(join(parent, 'site'), 0o700);
				return join(parent, 'site');
			},
		],
		[
			'a folder above',
			parent => {
				chmodSync(parent, 0o700);
				return join(parent, 'site');
			},
		],
		[
			'a folder to which a link leads',
			parent => {
				chmodSync(join(parent, 'site'), 0o700);
				const link = join(openFolder(), 'link');
				symlinkSync(join(parent, 'site'), link);
				return link;
			},
		],
	])("is not seen at all where %s is root's alone", (_, close) => {
		const folder = close(plant({'site/index.html': 'canary'}, openFolder()));
		expect(scanSite(folder, owner)).toMatchObject({
			problem: {en: expect.stringMatching(/^(?:there is no folder|the folder) \S+/)},
		});
	});

	test('publishes no device, and what a group of the owner may read', () => {
		const groups = execFileSync('id', ['-G', 'www-data'], {encoding: 'utf8'}).trim().split(' ').map(Number);
		const folder = plant({'group.html': 'x'}, openFolder());
		execFileSync('mknod', [join(folder, 'memory'), 'c', '1', '1']);
		chmodSync(join(folder, 'memory'), 0o666);
		chownSync(join(folder, 'group.html'), 0, groups[0]!);
		chmodSync(join(folder, 'group.html'), 0o640);
		const site = scanned(folder, {
			uid: Number(execFileSync('id', ['-u', 'www-data'], {encoding: 'utf8'})),
			gid: 65_534,
		});
		expect(publishedPaths(site)).toEqual(['group.html']);
		expect(site.leftOut).toEqual([{path: 'memory', reason: 'special'}]);
	});

	test('is not packed after a file was exchanged for one that only root can read', async () => {
		const folder = give(plant({'index.html': 'hello'}, openFolder()));
		const site = scanned(folder, owner);
		rmSync(join(folder, 'index.html'));
		writeFileSync(join(folder, 'index.html'), 'canary', {mode: 0o600});
		const state = temporaryFolder();
		expect(
			await stageSite(site, {folder: state, owner, webRoot: '/mnt/raid/www', signal: new AbortController().signal}),
		).toMatchObject({problem: {en: expect.stringContaining('changed while it was being packed: index.html')}});
		expect(readdirSync(state)).toEqual([]);
	});

	test("leaves an archive that root alone can read, in a folder of root's", async () => {
		const state = join(temporaryFolder(), 'content');
		const {archive} = await stage(give(plant({'index.html': ''}, openFolder())), state);
		expect([statSync(state), statSync(archive)].map(({uid, mode}) => [uid, mode & 0o777])).toEqual([
			[0, 0o700],
			[0, 0o600],
		]);
	});
});

test('more than Node can buffer is packed and unpacked, and does not pass through this process', async () => {
	const folder = plant({'large.iso': ''}, openFolder());
	truncateSync(join(folder, 'large.iso'), 1200 * 2 ** 20);
	const before = process.memoryUsage.rss();
	const {site, failure, archive} = await stage(folder);
	expect(failure).toBeUndefined();
	expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 2 ** 20);
	const at = join(temporaryFolder(), 'content');
	const task = unpacked(
		at,
		{kind: 'own', digest: site.digest, size: site.size, archive},
		both(formatBytes(site.size), ''),
	);
	expect(fulfil(task)).toEqual({code: 0, output: ''});
	expect(statSync(join(at, 'large.iso')).size).toBe(1200 * 2 ** 20);
}, 600_000);

describe('an archive that is unpacked', () => {
	const title = both('a');
	let folder: string;
	beforeEach(() => {
		folder = temporaryFolder();
	});

	const pages = (size = 8192) => {
		const source = join(folder, 'source');
		mkdirSync(join(source, 'a folder'), {recursive: true});
		writeFileSync(join(source, 'index.html'), 'hello');
		writeFileSync(join(source, 'a folder', 'ñ.txt'), 'x');
		const archive = join(folder, 'pages.tar.gz');
		execFileSync('tar', ['-czf', archive, '-C', source, '.']);
		return unpacked(join(folder, 'content'), {kind: 'own', digest: 'abc', archive, size}, title);
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

	test.each<[string, () => void, string, Record<string, string>]>([
		[
			'changed and added',
			() => {
				writeFileSync(join(folder, 'content', 'index.html'), 'by hand');
				writeFileSync(join(folder, 'content', 'a folder', 'new page.html'), 'new');
				rmSync(join(folder, 'content', 'a folder', 'ñ.txt'));
			},
			'(1 changed, 1 missing, 1 added; up keeps a copy): a folder/new page.html, index.html, a folder/ñ.txt',
			{'index.html': 'by hand', 'a folder/new page.html': 'new'},
		],
		[
			'missing only',
			() => rmSync(join(folder, 'content', 'index.html')),
			'(0 changed, 1 missing, 0 added): index.html',
			{},
		],
		[
			'too large to be kept',
			() => writeFileSync(join(folder, 'content', 'index.html'), 'x'.repeat(2 ** 20 + 1)),
			'(1 changed, 0 missing, 0 added; no copy is kept, as they are larger than 1 MiB): index.html',
			{},
		],
		[
			'many',
			() => {
				for (let number = 1; number <= 5; number++) {
					writeFileSync(join(folder, 'content', `n${number}`), String(number));
				}
			},
			'(0 changed, 0 missing, 5 added; up keeps a copy): n1, n2, n3, …',
			{n1: '1', n2: '2', n3: '3', n4: '4', n5: '5'},
		],
		[
			'a link out of the folder, and a name like an option',
			() => {
				symlinkSync('/etc/passwd', join(folder, 'content', 'link'));
				writeFileSync(join(folder, 'content', '--checkpoint-action=exec=touch x'), 'y');
			},
			'(0 changed, 0 missing, 2 added; up keeps a copy): --checkpoint-action=exec=touch x, link',
			{'--checkpoint-action=exec=touch x': 'y'},
		],
		['nothing', () => {}, '', {}],
	])('%s: the sentence names them, and those that are there are given to be kept', (_, harm, said, kept) => {
		const task = pages();
		fulfil(task);
		harm();
		const at = join(folder, 'content');
		expect(perform(task.check).output).toBe(said && `${at}: differs from what was unpacked ${said}`);
		expect(reasonText(perform(task.check).output).es).not.toMatch(/differs/);
		const archive = join(folder, 'kept.tar.gz');
		execFileSync('sh', ['-c', `exec > ${archive}; ${render(task.keeps!.content, 'execute')}`]);
		const out = join(folder, 'kept');
		mkdirSync(out);
		if (Object.keys(kept).length > 0) {
			execFileSync('tar', ['-xzf', archive, '-C', out]);
		} else {
			expect(statSync(archive).size).toBe(0);
		}

		const found = execFileSync('find', [out, '!', '-type', 'd'], {encoding: 'utf8'}).split('\n').filter(Boolean);
		expect(
			Object.fromEntries(found.map(path => [path.slice(out.length + at.length + 1), readFileSync(path, 'utf8')])),
		).toEqual(kept);
	});

	test('up keeps the pages that were changed by hand before it unpacks them anew, once', async () => {
		const task = pages();
		fulfil(task);
		writeFileSync(join(folder, 'content', 'index.html'), 'by hand');
		const unit: Unit = {
			id: 'content:nas',
			tasks: [task],
			needs: [],
			place: 'host',
			stage: 3,
			subject: {},
			supersededBy: [],
			step: {id: 'content', name: title, chapter: '4.5', title, on: 'host', needs: [], tasks: () => [task]},
		};
		const go = async () => {
			const kept: Array<[string, Buffer]> = [];
			const result = await run({
				plan: [unit],
				lockFolder: 'test',
				timeoutScale: 4,
				language: 'en',
				signal: new AbortController().signal,
				target: () => localTarget('host'),
				emit() {},
				recordIntent() {},
				wasDone: () => false,
				keep(_, path, content) {
					kept.push([path, content]);
					return undefined;
				},
			});
			expect([...result.values()].map(({error}) => error)).toEqual([undefined]);
			return kept;
		};

		const [[path, content] = ['', Buffer.from('')], ...more] = await go();
		expect(more).toEqual([]);
		expect(path).toBe(join(folder, 'content.changed.tar.gz'));
		expect(execFileSync('tar', ['-xzO'], {input: content, encoding: 'utf8'})).toBe('by hand');
		expect(readFileSync(join(folder, 'content', 'index.html'), 'utf8')).toBe('hello');
		expect(await go()).toEqual([]);
	});

	test('pages that are no longer shown are kept as far as they were changed by hand, and removed', () => {
		fulfil(pages());
		const cluster = testCluster();
		const task = content.tasks(cluster, {}).at(-1)!;
		const here = (command: Command) =>
			execFileSync('sh', ['-c', render(command, 'execute').replaceAll('/mnt/raid', folder)]);
		renameSync(join(folder, 'content'), join(folder, 'content-old'));
		renameSync(join(folder, 'content.list'), join(folder, 'content-old.list'));
		expect(here(task.keeps!.content)).toHaveLength(0);
		writeFileSync(join(folder, 'content-old', 'index.html'), 'by hand');
		expect(execFileSync('tar', ['-xzO'], {input: here(task.keeps!.content), encoding: 'utf8'})).toBe('by hand');
		const saysSo = () => String(here(sh`( ${task.check} ) || :`));
		expect(saysSo()).toContain('not shown:');
		writeFileSync(join(folder, 'content-old', 'index.html'), 'x'.repeat(2 ** 20 + 1));
		expect(here(task.keeps!.content)).toHaveLength(0);
		const reason = saysSo().trim();
		expect(reason).toContain('no copy is kept, as they are larger than 1 MiB): index.html');
		expect(reasonText(reason).es).not.toBe(reason);
		here(task.apply![0]!);
		expect(readdirSync(folder).filter(name => name.startsWith('content-'))).toEqual([]);
	});

	test('belongs to a user that nobody is, without special rights', () => {
		const source = plant({'index.html': '', 'folder/x': '', link: '-> index.html'});
		chmodSync(join(source, 'folder', 'x'), 0o6755);
		chmodSync(join(source, 'index.html'), 0o600);
		const archive = join(folder, 'pages.tar.gz');
		execFileSync('tar', ['-czf', archive, '-C', source, '.']);
		expect(fulfil(unpacked(join(folder, 'content'), {kind: 'own', digest: 'abc', archive, size: 0}, title)).code).toBe(
			0,
		);
		const facts = ['.', 'index.html', 'folder', 'folder/x', 'link']
			.map(name => lstatSync(join(folder, 'content', name)))
			.map(({uid, gid, mode}) => [uid, gid, (mode & 0o7777).toString(8)]);
		expect(facts).toEqual([
			[65_533, 65_533, '755'],
			[65_533, 65_533, '644'],
			[65_533, 65_533, '755'],
			[65_533, 65_533, '755'],
			[65_533, 65_533, '777'],
		]);
	});

	test.each([1, 20, 200])('is refused when it was cut off after %d bytes, and the next attempt mends it', length => {
		const task = pages();
		const archive = task.apply![0]!.file!;
		const whole = readFileSync(archive);
		truncateSync(archive, Math.min(length, whole.length - 1));
		expect(fulfil(task).code).not.toBe(0);
		expect(perform(task.check).code).toBe(1);
		writeFileSync(archive, whole);
		expect(fulfil(task)).toEqual({code: 0, output: ''});
	});

	test('has more time the larger it is', () => {
		const limits = [0, 2 ** 20, 10 * 2 ** 30].map(
			size => unpacked('/x', {kind: 'own', digest: 'abc', archive: '/a', size}, title).apply![0]!.limit,
		);
		expect(limits).toEqual([300, 301, 300 + 10_240]);
	});

	test('says that there is no room before it unpacks', () => {
		const task = pages(2 ** 60);
		expect(fulfil(task)).toEqual({
			code: 1,
			output: expect.stringMatching(/content: 1125899906842624 KiB are needed, and there are \d+$/),
		});
		expect(existsSync(join(folder, 'content'))).toBe(false);
	});
});

import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {bundle} from '../pty/bundle.ts';
import {runLockHolder, takeRunLock} from '../../source/state/run-lock.ts';

let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'run-lock-'));
	path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, {recursive: true}));

const other = {command: 'other', verb: 'other'};

async function take(command = 'cluster-wizard up') {
	const lock = await takeRunLock(folder, {command, verb: 'up'});
	if ('holder' in lock) {
		throw new TypeError(`The lock is held: ${JSON.stringify(lock)}`);
	}

	return lock;
}

test('one at a time; the other is told who holds it', async () => {
	const lock = await take();
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(await takeRunLock(folder, other)).toEqual({
		holder: {
			pid: process.pid,
			command: 'cluster-wizard up',
			verb: 'up',
			since: expect.any(String) as string,
			keeper: expect.any(Number) as number,
		},
	});
	await lock.release();
	const next = await take('next');
	expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({command: 'next'});
	await next.release();
});

test.each<[string, string]>([
	['no JSON', 'x'],
	['null', 'null'],
	['a list', '[]'],
	['no command', '{"pid":1,"since":"2026-01-01T00:00:00.000Z"}'],
	['of a version that names no keeper', JSON.stringify({pid: 1, since: '2026-01-01T00:00:00.000Z', command: 'up'})],
	['a time that is text', JSON.stringify({pid: 1, since: 'now\u001B[31m', command: 'up'})],
	['a process that is text', JSON.stringify({pid: '1\u001B[31m', since: '2026-01-01T00:00:00.000Z', command: 'up'})],
	['a command of 10 kB', JSON.stringify({pid: 1, since: '2026-01-01T00:00:00.000Z', command: 'x'.repeat(10_000)})],
])('a holder that cannot be read is not told: %s', async (_, text) => {
	const lock = await take();
	writeFileSync(path, text);
	expect(await takeRunLock(folder, other)).toEqual({holder: undefined});
	await lock.release();
});

test('an escape sequence in a command is not told', async () => {
	const lock = await take();
	const written = JSON.parse(readFileSync(path, 'utf8')) as object;
	writeFileSync(path, JSON.stringify({...written, command: 'up\u001B]52;c;aWQ=\u0007'}));
	expect(await takeRunLock(folder, other)).toMatchObject({holder: {command: 'up\uFFFD'}});
	await lock.release();
});

describe('the holder is told without taking the lock', () => {
	test('while it is held, and no longer', async () => {
		expect(runLockHolder(folder)).toBeUndefined();
		const lock = await take();
		expect(runLockHolder(folder)).toMatchObject({pid: process.pid, command: 'cluster-wizard up', verb: 'up'});
		await lock.release();
		expect(existsSync(path)).toBe(true);
		expect(runLockHolder(folder)).toBeUndefined();
	});

	test('not of a program that was killed', async () => {
		const programs = await bundle('test/state/lock-program.ts');
		const child = spawn(process.execPath, [programs.file('lock-program'), folder], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		await once(child.stdout, 'data');
		expect(runLockHolder(folder)).toMatchObject({command: 'held'});
		child.kill('SIGKILL');
		programs.remove();
		await vi.waitFor(
			() => {
				expect(runLockHolder(folder)).toBeUndefined();
			},
			{timeout: 5000},
		);
		// The file is still there, and names the process that was killed.
		expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({command: 'held'});
	});

	test('not by the number of a keeper that is another process now', async () => {
		const lock = await take();
		await lock.release();
		writeFileSync(path, JSON.stringify({...(JSON.parse(readFileSync(path, 'utf8')) as object), keeper: process.pid}));
		expect(runLockHolder(folder)).toBeUndefined();
	});

	test('a hundred looks keep nobody from taking it', async () => {
		let isOver = false;
		const looks = (async () => {
			for (let count = 0; !isOver; count++) {
				runLockHolder(folder);
				await new Promise(setImmediate);
			}
		})();
		for (let round = 0; round < 20; round++) {
			const lock = await take();
			await lock.release();
		}

		isOver = true;
		await looks;
	});
});

test.each<[string, () => void]>([
	[
		'a link',
		() => {
			writeFileSync(join(folder, 'canary'), 'canary');
			symlinkSync(join(folder, 'canary'), path);
		},
	],
	[
		'a link to nothing',
		() => {
			symlinkSync(join(folder, 'nothing'), path);
		},
	],
	[
		'a folder',
		() => {
			mkdirSync(path);
		},
	],
	[
		'a pipe',
		() => {
			execFileSync('mkfifo', [path]);
		},
	],
])('%s in its place is neither followed nor written', async (_, make) => {
	make();
	const before = lstatSync(path);
	const lock = await take();
	expect(await takeRunLock(folder, other)).toEqual({holder: undefined});
	await lock.release();
	expect(lstatSync(path)).toMatchObject({ino: before.ino, mode: before.mode});
	expect(existsSync(join(folder, 'nothing'))).toBe(false);
	expect(existsSync(join(folder, 'canary')) ? readFileSync(join(folder, 'canary'), 'utf8') : 'canary').toBe('canary');
});

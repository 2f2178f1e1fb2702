import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {startJob} from '../../source/wizard/job.ts';

let folder: string;
const started: ChildProcess[] = [];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'told-to-stop-'));
	mkdirSync(join(folder, 'sandbox'));
	// A way in that needs no namespaces: it runs the command where it is.
	const control = join(folder, 'sandbox', 'control');
	writeFileSync(control, '#!/bin/sh\n[ "$1" = find ] && exec echo 1 1\nshift\nexec setpriv --pdeathsig KILL "$@"\n');
	chmodSync(control, 0o755);
});
afterEach(() => {
	for (const child of started.splice(0)) {
		child.kill('SIGKILL');
	}

	rmSync(folder, {recursive: true});
});

/** The part outside, as the wizard starts it. */
function start(when: string): ChildProcess {
	const child = fork(new URL('enter-program.ts', import.meta.url), [folder, when], {
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
	});
	started.push(child);
	return child;
}

test.each([
	['before the part outside listens', 'now', undefined],
	['before the sandbox is entered', 'before', 'outside\n'],
	['while the part inside works', 'now', 'inside\n'],
] as const)('told to stop %s: both parts end', {timeout: 60_000}, async (_, when, line) => {
	const child = start(when);
	const ended = once(child, 'close') as Promise<[number]>;
	if (line !== undefined) {
		const [said] = (await once(child.stdout!, 'data')) as [Buffer];
		expect(said.toString()).toBe(line);
	}

	child.send('stop');
	const [code] = await ended;
	expect(code).toBe(130);
});

describe('a command that only reads', () => {
	const handlers = {onEvent() {}, onQuestion() {}};
	const {argv} = process;
	afterEach(() => {
		process.argv = argv;
	});

	function job(text: string) {
		const file = join(folder, 'command.mjs');
		writeFileSync(file, text);
		process.argv = [argv[0]!, file];
		let listen: () => void;
		const ready = new Promise<void>(resolve => {
			listen = resolve;
		});
		return {
			ready,
			job: startJob(
				[],
				{
					...handlers,
					onText: () => {
						listen();
					},
				},
				false,
			),
		};
	}

	test('is killed when it does not end, also if a child of its own holds its output', {timeout: 30_000}, async () => {
		const {ready, job: stubborn} = job(
			'import {spawn} from "node:child_process"; spawn("sleep", ["8"], {stdio: "inherit"}); process.on("message", () => {}); console.log("ready")',
		);
		await ready;
		const before = performance.now();
		stubborn.stop(200);
		expect(await stubborn.ended).toBe(137);
		expect(performance.now() - before).toBeLessThan(5000);
	});

	test('ends by itself when it can', async () => {
		const {ready, job: obedient} = job('process.once("message", () => process.exit(3)); console.log("ready")');
		await ready;
		obedient.stop(60_000);
		expect(await obedient.ended).toBe(3);
	});
});

import {open, type FileHandle} from 'node:fs/promises';
import {setTimeout as delay} from 'node:timers/promises';
import {$} from 'zx/core';
import type {Execution, Exit, Target} from '../engine/target.ts';
import {lineSplitter} from '../text/lines.ts';
import {messageOf} from '../text/clean.ts';
import {contentOf} from './content.ts';

/** Milliseconds that a process group has to end when it is asked. */
const grace = 3000;
/** Milliseconds between looks whether it has ended. */
const interval = 20;

/** zx keeps all output in memory unless it is given a store that does not. */
const noStore = {push() {}, length: 0, [Symbol.iterator]: () => [][Symbol.iterator](), join: () => ''};

/** The machine this program runs on (or the sandbox it has entered). */
export function localTarget(name: string): Target {
	return {name, exec, close() {}};
}

async function exec(text: string, execution: Execution = {}): Promise<Exit> {
	if (execution.file === undefined) {
		return run(text, execution);
	}

	let file: FileHandle;
	try {
		file = await open(execution.file);
	} catch (error) {
		return {code: 'unreachable', reason: messageOf(error)};
	}

	try {
		return await run(text, execution, file.fd);
	} finally {
		await file.close();
	}
}

/** @param file an open file that the command reads itself; otherwise its standard input is a pipe from us */
async function run(text: string, {input, onLine = () => {}, signal, limit}: Execution, file?: number): Promise<Exit> {
	if (signal?.aborted) {
		return {code: 'aborted'};
	}

	// Node's pipe is a socket, which cannot be opened as /dev/stdin; cat's is a pipe, as over SSH.
	const line = input === undefined ? text : `cat | {\n${text}\n}`;
	const child = $({
		quiet: true,
		nothrow: true,
		detached: true,
		shell: '/bin/sh',
		prefix: '',
		postfix: '',
		quote: String,
		stdio: [file ?? 'pipe', 'pipe', 'pipe'],
		env: {...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: ''},
		store: {stdout: noStore, stderr: noStore, stdall: noStore} as never,
	})`${line}`;
	const out = lineSplitter((line, cut) => onLine(line, 'stdout', cut));
	const err = lineSplitter((line, cut) => onLine(line, 'stderr', cut));
	if (file === undefined) {
		// A command that ends without having read everything is no fault.
		child.stdin.on('error', () => {});
		child.stdin.end(contentOf(input));
	}

	child.stdout.on('data', out.push);
	child.stderr.on('data', err.push);

	let ended: 'limit' | 'aborted' | undefined;
	let gone: Promise<void> | undefined;
	const end = (reason: 'limit' | 'aborted') => {
		ended ??= reason;
		gone ??= endGroup(child.pid);
	};

	const onAbort = () => {
		end('aborted');
	};

	signal?.addEventListener('abort', onAbort, {once: true});
	const timer = limit === undefined ? undefined : setTimeout(end, limit * 1000, 'limit');
	const result = await child;
	// The shell ends when it is asked; what it started may be deaf.
	await gone;
	clearTimeout(timer);
	signal?.removeEventListener('abort', onAbort);
	out.end();
	err.end();
	return ended ? {code: ended} : {code: result.exitCode ?? 128};
}

/** Asks the whole process group to end, then ends it: a command's children go with it. Done when none is left. */
async function endGroup(pid: number | undefined): Promise<void> {
	if (pid === undefined) {
		return;
	}

	try {
		for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
			process.kill(-pid, signal);
			for (const asked = performance.now(); performance.now() - asked < grace;) {
				await delay(interval);
				process.kill(-pid, 0);
			}
		}
	} catch {
		// The group has ended already.
	}
}

import {open, type FileHandle} from 'node:fs/promises';
import {setTimeout as delay} from 'node:timers/promises';
import {$} from 'zx/core';
import type {Execution, Exit, Target} from '../engine/target.ts';
import {lineSplitter} from '../text/lines.ts';
import {messageOf} from '../text/clean.ts';
import {contentOf} from './content.ts';

/** Milliseconds to wait for a process group to end after each signal. */
const grace = 3000;
/** Milliseconds between two checks whether the group has ended. */
const interval = 20;

/** An empty store, because zx would otherwise keep all output in memory. */
const noStore = {push() {}, length: 0, [Symbol.iterator]: () => [][Symbol.iterator](), join: () => ''};

/** Target that runs commands on this computer, or in the sandbox that this process has entered. */
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

/** @param file file descriptor for the command's standard input; by default, standard input is a pipe with `input` */
async function run(text: string, {input, onLine = () => {}, signal, limit}: Execution, file?: number): Promise<Exit> {
	if (signal?.aborted) {
		return {code: 'aborted'};
	}

	// Node's pipes are sockets, which cannot be opened as /dev/stdin. `cat` turns it into a real pipe, as over SSH.
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
		// EPIPE is no error: a command may end without reading all its input.
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
	// The shell has ended, but its children may have ignored SIGTERM.
	await gone;
	clearTimeout(timer);
	signal?.removeEventListener('abort', onAbort);
	out.end();
	err.end();
	return ended ? {code: ended} : {code: result.exitCode ?? 128};
}

/** Ends the process group: SIGTERM, then SIGKILL after `grace`. Waits at most `grace` after each signal. */
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

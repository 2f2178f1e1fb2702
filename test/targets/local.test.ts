import {existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Execution} from '../../source/engine/target.ts';
import {localTarget} from '../../source/targets/local.ts';

async function run(text: string, execution: Execution = {}) {
	const lines: string[] = [];
	const exit = await localTarget('host').exec(text, {
		...execution,
		onLine: (line, stream) => lines.push(`${stream} ${line}`),
	});
	return {exit, lines};
}

describe('a command on this machine', () => {
	test.each([
		[
			'its exit code and both its outputs',
			'echo one; echo two >&2; exit 3',
			{},
			{code: 3},
			['stderr two', 'stdout one'],
		],
		['what it reads', 'cat /dev/stdin', {input: 'a\nb'}, {code: 0}, ['stdout a', 'stdout b']],
		['what it does not read is no fault', 'true', {input: 'a'.repeat(1_000_000)}, {code: 0}, []],
		['a last line without an end', 'printf "no end"', {}, {code: 0}, ['stdout no end']],
	])('%s', async (_, text, execution, exit, lines) => {
		const ended = await run(text, execution);
		expect(ended.exit).toEqual(exit);
		expect(ended.lines.toSorted()).toEqual(lines);
	});

	test.each([
		['that ends when it is asked', 'exec sleep 600'],
		['that is deaf to being asked', 'trap "" TERM; while :; do sleep 1; done'],
	])('is ended at its limit with all that it started: one %s', async (_, child) => {
		const {exit, lines} = await run(`sh -c '${child}' & echo $!; wait`, {limit: 0.3});
		expect(exit).toEqual({code: 'limit'});
		expect(existsSync(`/proc/${lines[0]!.split(' ')[1]!}`)).toBe(false);
	});

	test('reads a file of more than Node can buffer itself, and not through this process', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-test-'));
		onTestFinished(() => {
			rmSync(folder, {recursive: true});
		});
		const file = join(folder, 'sparse');
		writeFileSync(file, '');
		truncateSync(file, 5 * 2 ** 30);
		expect(await run('readlink /proc/self/fd/0; exec wc -c', {file})).toEqual({
			exit: {code: 0},
			lines: [`stdout ${file}`, `stdout ${5 * 2 ** 30}`],
		});
	});

	test('does not begin when its file is missing', async () => {
		expect(await run('echo begun', {file: '/nowhere/archive'})).toEqual({
			exit: {code: 'unreachable', reason: expect.stringContaining("'/nowhere/archive'")},
			lines: [],
		});
	});

	test('is ended by a signal', async () => {
		const controller = new AbortController();
		setTimeout(() => {
			controller.abort();
		}, 200);
		expect((await run('sleep 600', {signal: controller.signal})).exit).toEqual({code: 'aborted'});
		expect((await run('sleep 600', {signal: controller.signal})).exit).toEqual({code: 'aborted'});
	});
});

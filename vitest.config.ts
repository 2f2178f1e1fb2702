import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {defineConfig} from 'vitest/config';

/** Tests that wait for terminals, SSH servers and processes, or try very many cases: they take minutes, the other unit tests seconds. */
const thorough = [
	'test/session/host-lock-holder.test.ts',
	'test/commands/plan-is-up.test.ts',
	'test/commands/told-to-stop.test.ts',
	'test/content/stage.test.ts',
	'test/docs/readme.test.ts',
	'test/engine/journal.test.ts',
	'test/engine/run.test.ts',
	'test/fuzz/**/*.test.ts',
	'test/lint/foreign-text.test.ts',
	'test/measure/long-connections.test.ts',
	'test/measure/probe-process.test.ts',
	'test/pty/**/*.test.ts',
	'test/targets/local.test.ts',
	'test/targets/ssh.test.ts',
	'test/ui/random-keys.test.ts',
	'test/ui/terminal.test.ts',
];

const notUnit = ['test/system/**', 'test/e2e/**', 'test/hosts/**', ...thorough];

/**
 * Tests that change the process in which they run, draw screens or measure times have a process each. The others share
 * one for each processor, and load every module once.
 */
const changesProcess = /\bvi\.(?:mock|doMock|stub\w+|useFakeTimers|spyOn)|process\.(?:chdir|umask|env|exitCode|on)\b/;
const alone = readdirSync(join(import.meta.dirname, 'test'), {recursive: true, encoding: 'utf8'})
	.map(name => `test/${name}`)
	.filter(path => /\.test\.tsx?$/.test(path))
	.filter(
		path =>
			/^test\/(?:screens|ui|measure)\//.test(path) ||
			changesProcess.test(readFileSync(join(import.meta.dirname, path), 'utf8')),
	);

const withNode = {
	globalSetup: 'test/nothing-at-the-root.ts',
	testTimeout: 60_000,
	hookTimeout: 60_000,
	maxWorkers: '100%',
	env: {TZ: 'UTC'},
};

export default defineConfig({
	test: {
		projects: [
			// Everywhere, with Node alone.
			{
				test: {
					...withNode,
					name: 'unit',
					include: ['test/**/*.test.{ts,tsx}'],
					exclude: [...notUnit, ...alone],
					isolate: false,
				},
			},
			{test: {...withNode, name: 'unit-alone', include: alone, exclude: notUnit}},
			{test: {...withNode, name: 'thorough', include: thorough}},
			// Debian's own tools as judges; most need root. A missing tool is a failure.
			{
				test: {
					name: 'system',
					include: ['test/system/**/*.test.ts'],
					testTimeout: 120_000,
					hookTimeout: 120_000,
					fileParallelism: false,
				},
			},
			// Whole hosts with systemd, in namespaces; two at a time, because they wait more than they compute. Need root.
			{
				test: {
					name: 'hosts',
					include: ['test/hosts/**/*.test.ts'],
					testTimeout: 600_000,
					hookTimeout: 900_000,
					maxWorkers: 2,
					maxConcurrency: 2,
				},
			},
			// Builds real virtual machines.
			{
				test: {
					name: 'e2e',
					include: ['test/e2e/**/*.test.ts'],
					testTimeout: 3_600_000,
					hookTimeout: 3_600_000,
					fileParallelism: false,
					bail: 1,
				},
			},
		],
	},
});

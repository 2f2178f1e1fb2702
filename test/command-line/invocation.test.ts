import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {
	adoptInvocation,
	currentInvocation,
	invocationVariable,
	readInvocation,
	type ProcessStart,
} from '../../source/command-line/invocation.ts';
import {commandLine, withCommandLines} from '../../source/command-line/options.ts';
import {programCommand} from '../../source/executable.ts';

let folder: string;
beforeAll(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'invocation-')));
	for (const made of ['bin', 'clone/dist']) {
		mkdirSync(join(folder, made), {recursive: true});
	}

	writeFileSync(join(folder, 'clone/dist/cluster-wizard.js'), '');
	writeFileSync(join(folder, 'clone/cluster-wizard'), '');
	mkdirSync(join(folder, 'usr'));
	writeFileSync(join(folder, 'usr/cluster-wizard'), '');
	symlinkSync(join(folder, 'clone/dist/cluster-wizard.js'), join(folder, 'bin/cluster-wizard'));
	symlinkSync(process.execPath, join(folder, 'bin/node'));
});
afterAll(() => {
	rmSync(folder, {recursive: true});
});

function started(
	given: {
		file?: string;
		in?: string;
		environment?: NodeJS.ProcessEnv;
		uid?: number;
		execPath?: string;
		execArgv?: string[];
	} = {},
): ProcessStart {
	return {
		argv: [process.execPath, join(folder, given.file ?? 'clone/dist/cluster-wizard.js')],
		execPath: given.execPath ?? process.execPath,
		execArgv: given.execArgv ?? [],
		environment: {PATH: `${join(folder, 'bin')}:/usr/bin`, ...given.environment},
		uid: given.uid ?? 1000,
		folder: join(folder, given.in ?? 'clone'),
	};
}

describe('the program is named as it was called', () => {
	test.each<[string, Parameters<typeof started>[0], object]>([
		['by node, in a clone', {}, {program: 'node dist/cluster-wizard.js'}],
		['by node, from elsewhere', {in: 'bin'}, {program: 'node ../clone/dist/cluster-wizard.js'}],
		['installed', {file: 'bin/cluster-wizard', in: '.'}, {program: 'cluster-wizard'}],
		[
			'linked, but not on PATH',
			{file: 'bin/cluster-wizard', in: '.', environment: {PATH: '/usr/bin'}},
			{program: expect.stringMatching(/ bin\/cluster-wizard$/) as string},
		],
		['by npx', {file: 'bin/cluster-wizard', environment: {npm_command: 'exec'}}, {program: 'npx cluster-wizard'}],
		[
			'by npm run sandbox',
			{environment: {npm_command: 'run-script', npm_lifecycle_event: 'sandbox'}},
			{program: 'node dist/cluster-wizard.js', script: 'npm run sandbox'},
		],
		[
			'by sudo',
			{uid: 0, environment: {SUDO_UID: '1000', SUDO_COMMAND: '/usr/bin/node dist/cluster-wizard.js up'}},
			{program: 'sudo node dist/cluster-wizard.js'},
		],
		[
			'by sudo npm run sandbox',
			{
				uid: 0,
				environment: {
					SUDO_UID: '1000',
					SUDO_COMMAND: '/usr/bin/npm run sandbox',
					npm_command: 'run-script',
					npm_lifecycle_event: 'sandbox',
				},
			},
			{program: 'sudo node dist/cluster-wizard.js', script: 'sudo npm run sandbox'},
		],
		[
			'in a shell that sudo opened',
			{uid: 0, environment: {SUDO_UID: '1000', SUDO_COMMAND: '/bin/bash'}},
			{program: 'node dist/cluster-wizard.js'},
		],
		[
			'by another Node, with options',
			{execPath: '/opt/no de', execArgv: ['--import', 'tsx']},
			{program: "'/opt/no de' --import tsx dist/cluster-wizard.js"},
		],
	])('%s', (_, given, expected) => {
		expect(readInvocation(started(given))).toEqual(expected);
	});

	test.each<[string, Parameters<typeof started>[0], string]>([
		['on PATH', {execPath: 'usr/cluster-wizard'}, 'cluster-wizard'],
		['in the working folder', {execPath: 'clone/cluster-wizard'}, './cluster-wizard'],
		[
			'elsewhere, by sudo',
			{
				execPath: 'clone/cluster-wizard',
				in: 'bin',
				uid: 0,
				environment: {SUDO_UID: '1000', SUDO_COMMAND: './cluster-wizard up'},
			},
			'sudo ../clone/cluster-wizard',
		],
		['under another name', {execPath: 'clone/a b', in: 'clone'}, "'./a b'"],
	])('an executable %s', (_, {execPath = '', ...given} = {}, program) => {
		const file = join(folder, execPath);
		const environment = {PATH: `${join(folder, 'usr')}:/usr/bin`, ...given.environment};
		expect(
			readInvocation({
				...started({...given, environment}),
				argv: [file, 'as-typed', 'up'],
				execPath: file,
				isExecutable: true,
			}),
		).toEqual({program});
	});

	test('npm runs a script in its package; paths are as in the folder where it was called', () => {
		const invocation = readInvocation(
			started({
				environment: {npm_command: 'run-script', npm_lifecycle_event: 'sandbox', INIT_CWD: join(folder, 'bin')},
			}),
		);
		expect(commandLine('status', {sandbox: true, stateDir: 'state'}, invocation)).toBe(
			`node ../clone/dist/cluster-wizard.js status --sandbox --state-dir ${join(folder, 'clone/state')}`,
		);
		expect(commandLine('up', {sandbox: true, stateDir: 'state'}, invocation)).toBe(
			'npm run sandbox -- --state-dir state',
		);
		expect(commandLine('up', {sandbox: true}, invocation)).toBe('npm run sandbox');
		expect(commandLine('up', {}, invocation)).toBe('node ../clone/dist/cluster-wizard.js up');
	});
});

test('the program starts itself with a script, or as the executable, whose second word is not one', () => {
	const process = {execPath: '/usr/bin/node', execArgv: ['--import', 'tsx'], argv: ['/usr/bin/node', 'cli.ts', 'up']};
	expect(programCommand(['plan'], process)).toEqual(['/usr/bin/node', '--import', 'tsx', 'cli.ts', 'plan']);
	expect(programCommand(['plan'], {...process, execPath: '/usr/bin/cluster-wizard', isExecutable: true})).toEqual([
		'/usr/bin/cluster-wizard',
		'plan',
	]);
});

test('processes that the program starts keep the invocation, cleaned', () => {
	const before = currentInvocation();
	const environment: NodeJS.ProcessEnv = {...started().environment};
	adoptInvocation({...started(), environment});
	const inner: ProcessStart = {
		...started({file: 'elsewhere.js'}),
		environment: {[invocationVariable]: environment[invocationVariable]},
	};
	adoptInvocation(inner);
	expect(currentInvocation()).toEqual({program: 'node dist/cluster-wizard.js'});
	adoptInvocation({...inner, environment: {[invocationVariable]: JSON.stringify({program: 'evil\u001B]0;x\u0007'})}});
	expect(currentInvocation().program).not.toMatch(/[\u0000-\u001F]/);
	adoptInvocation({...inner, environment: {[invocationVariable]: 'broken'}});
	expect(currentInvocation().program).toMatch(/elsewhere\.js$/);
	adoptInvocation({...inner, environment: {[invocationVariable]: JSON.stringify(before)}});
});

test('commands within sentences are named with the places of this cluster', () => {
	const options = {sandbox: true, stateDir: '/srv/a b'};
	expect(
		withCommandLines(
			'It is there; `cluster-wizard open` shows it, «cluster-wizard down» removes it. cluster-wizard needs root. See `cluster-wizard help`, `cluster-wizard`.',
			options,
		),
	).toBe(
		"It is there; `cluster-wizard open --sandbox --state-dir '/srv/a b'` shows it, «cluster-wizard down --sandbox --state-dir '/srv/a b'» removes it. cluster-wizard needs root. See `cluster-wizard help`, `cluster-wizard`.",
	);
});

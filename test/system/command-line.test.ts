import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {openSession} from '../../source/session/session.ts';
import {bundle} from '../pty/bundle.ts';
import {PseudoTerminal} from '../pty/pseudo-terminal.ts';
import {begunState} from '../state-fixture.ts';

let program: Awaited<ReturnType<typeof bundle>>;
let root: string;
beforeAll(async () => {
	program = await bundle('source/cli.ts');
	root = realpathSync(mkdtempSync(join(tmpdir(), 'command-line-')));
});
afterAll(() => {
	program.remove();
	rmSync(root, {recursive: true, force: true});
});

let folder: string;
let count = 0;
beforeEach(() => {
	folder = join(root, String(count++));
	mkdirSync(folder);
});

/** A shell line in which `cw` is the program. */
function shell(line: string, {environment = {}, input}: {environment?: Record<string, string>; input?: string} = {}) {
	const {status, stdout, stderr} = spawnSync(
		'sh',
		['-c', `cw() { '${process.execPath}' '${program.file('cli')}' "$@"; }\n${line}`],
		{
			encoding: 'utf8',
			cwd: folder,
			input,
			env: {PATH: process.env['PATH'], LANG: 'C.UTF-8', XDG_CONFIG_HOME: join(folder, 'config'), ...environment},
		},
	);
	return {code: status, stdout, stderr};
}

function executable(name: string, text: string): void {
	writeFileSync(join(folder, name), text);
	chmodSync(join(folder, name), 0o755);
}

/** A cluster that was begun on this host; nothing of it is there. */
async function begun(answers = ''): Promise<string> {
	const state = join(folder, 'state');
	begunState(state, {name: 'web', sandbox: false});
	writeFileSync(join(folder, 'answers.yaml'), `${answers}host: {external: nat}\n`);
	const {journal} = await openSession(
		{answers: join(folder, 'answers.yaml'), stateDir: state, cacheDir: join(folder, 'cache')},
		{save: true},
	);
	journal.append({type: 'run-started', run: 'r1', command: 'cluster-wizard up', version: '0', pid: 1});
	return `--state-dir ${state}`;
}

describe('a hint is a command that works where it was given', () => {
	const quoted = (text: string) => /`([^`]*)`/.exec(text)![1]!;
	const places = () => `--sandbox --state-dir ${join(folder, 'a b').replace(' ', '" "')} --cache-dir cache`;

	function isPasted(hint: string, environment?: Record<string, string>): void {
		// The hint is for `up`; here nobody can be asked whether it may begin.
		const pasted = shell(hint, {environment});
		expect(pasted.stderr).toContain('The cluster "web" will be built in a sandbox');
		expect(pasted.stderr).toContain('give --yes');
		expect(pasted.code).toBe(2);
		expect(existsSync(join(folder, 'a b'))).toBe(false);
	}

	test('by node', () => {
		const {code, stderr} = shell(`cw status ${places()}`);
		expect(code).toBe(2);
		expect(quoted(stderr)).toMatch(
			/^(?:node|\S*\/node\S*) \S*cli\.mjs up --sandbox --state-dir '.*\/a b' --cache-dir cache$/,
		);
		isPasted(quoted(stderr));
	});

	test('installed on PATH', () => {
		mkdirSync(join(folder, 'bin'));
		executable('bin/wizard.mjs', `#!/usr/bin/env node\nimport '${program.file('cli')}';\n`);
		symlinkSync('wizard.mjs', join(folder, 'bin/cluster-wizard'));
		const environment = {PATH: `${join(folder, 'bin')}:${process.env['PATH']}`};
		const {stderr} = shell(`cluster-wizard status ${places()}`, {environment});
		expect(quoted(stderr)).toMatch(/^cluster-wizard up --sandbox /);
		isPasted(quoted(stderr), environment);
	});

	test('by npx and npm run sandbox, in a package', () => {
		mkdirSync(join(folder, 'node_modules/.bin'), {recursive: true});
		executable('cw.mjs', `#!/usr/bin/env node\nimport '${program.file('cli')}';\n`);
		symlinkSync('../../cw.mjs', join(folder, 'node_modules/.bin/cluster-wizard'));
		writeFileSync(
			join(folder, 'package.json'),
			JSON.stringify({name: 'a', version: '1.0.0', scripts: {sandbox: 'node cw.mjs up --sandbox'}}),
		);
		const npx = shell(`npx --offline cluster-wizard status ${places()}`);
		expect(quoted(npx.stderr)).toMatch(/^npx cluster-wizard up --sandbox /);
		isPasted(quoted(npx.stderr));
		expect(shell('npm run -s sandbox -- --yes --only host --state-dir state --cache-dir cache').code).toBe(0);
		expect(shell('node cw.mjs open --sandbox --state-dir state --cache-dir cache').stderr).toMatch(
			/^The sandbox is not running\. Start it with: node cw\.mjs start --sandbox --state-dir state --cache-dir cache\n/,
		);
	});
});

describe('exec', () => {
	test('all that stands behind the place belongs to the command', async () => {
		const state = await begun();
		writeFileSync(join(folder, 'file'), '');
		for (const line of [
			`cw exec ${state} host ls -la`,
			`cw exec ${state} host -- ls -la`,
			`cw exec ${state} HOST ls -la`,
			`cw exec ${state} -- host ls -la`,
		]) {
			expect(shell(line).stdout, line).toMatch(/^-rw.* file$/m);
		}

		expect(shell(`cw exec ${state} host sh -c 'echo "$1"; exit 7' -- 'a  b' --help`)).toMatchObject({
			code: 7,
			stdout: 'a  b\n',
		});
		expect(shell(`cw exec ${state} host cat`, {input: 'through\n'}).stdout).toBe('through\n');
	});

	test("machines' names serve as well as nodes', in any case", async () => {
		const state = await begun();
		mkdirSync(join(folder, 'bin'));
		executable('bin/ssh', '#!/bin/sh\nshift 2\nprintf "[%s]" "$@"\n');
		const environment = {PATH: `${join(folder, 'bin')}:${process.env['PATH']}`};
		for (const name of ['nas', 'NFS', 'nfs', 'Nas']) {
			expect(shell(`cw exec ${state} ${name} ls -la 'a b'`, {environment}).stdout, name).toBe(
				"[-T][nas][--][ls -la 'a b']",
			);
			expect(shell(`cw ssh ${state} ${name}`, {environment}).stdout, name).toBe('[nas]');
		}

		const unknown = shell(`cw exec ${state} servr2 ls`);
		expect(unknown.stderr).toBe(
			'There is no node "servr2". Did you mean server2? There are: host, nas (NFS), master, standby, server1, server2, server3.\n',
		);
		expect(unknown.code).toBe(2);
		expect(shell(`cw exec ${state} nas --`).stderr).toMatch(
			/^The command to run on nas is missing\. A shell there: `.* ssh nas --state-dir .*`/,
		);
	});

	test('--json: a line for each line, with its stream, and one for the end', async () => {
		const state = await begun();
		const {code, stdout} = shell(
			`cw exec ${state} --json host sh -c 'echo one; echo two >&2; printf "\\033[31mred\\n"; exit 3'`,
		);
		const lines = stdout
			.trim()
			.split('\n')
			.map(line => JSON.parse(line) as Record<string, unknown>);
		expect(code).toBe(3);
		expect(lines.filter(({stream}) => stream === 'stdout')).toEqual([
			{node: 'host', stream: 'stdout', line: 'one'},
			{node: 'host', stream: 'stdout', line: 'red'},
		]);
		expect(lines.filter(({stream}) => stream === 'stderr')).toEqual([{node: 'host', stream: 'stderr', line: 'two'}]);
		expect(lines.at(-1)).toEqual({node: 'host', code: 3});
	});
});

describe('the language of the answers', () => {
	test('is that of every later command; --language wins', async () => {
		const state = await begun('language: es\n');
		expect(shell(`cw exec ${state} nobody ls`).stderr).toContain('No hay ningún nodo');
		expect(shell(`cw exec ${state} --language en nobody ls`).stderr).toContain('There is no node');
		expect(shell(`cw script ${state}`).stdout).toMatch(/[\d,]+ GiB de memoria para/);
	});

	test('is that of messages about a given file, right or wrong', () => {
		writeFileSync(join(folder, 'a.yaml'), 'language: es\nweb: {cuont: 2}\n');
		expect(shell('cw plan --answers a.yaml --state-dir s').stderr).toContain('hay que corregir 1 respuesta');
		expect(shell('cw status --answers a.yaml --state-dir s --language en').stderr).toContain('must be corrected');
		writeFileSync(join(folder, 'a.yaml'), 'language: es\n');
		expect(shell('cw status --answers a.yaml --state-dir s').stderr).toContain('Aún no hay ningún clúster');
		expect(shell('cw --answers a.yaml < /dev/null').stderr).toContain('El asistente lee');
	});
});

describe('output', () => {
	test('on a full disk ends with a sentence', async () => {
		const state = await begun();
		const ended = shell(`cw script ${state} > /dev/full`);
		expect(ended.stderr).toMatch(/^The output could not be written: the disk is full\.\n$/);
		expect(ended.code).toBe(1);
	});

	test('to a reader that has gone ends quietly', async () => {
		const state = await begun();
		const ended = shell(`cw script ${state} | head -n 1`);
		expect(ended.stdout.split('\n')).toHaveLength(2);
		expect(ended.stderr).toBe('');
	});
});

describe('up', () => {
	// The step of the host only looks.
	test('into a pipe: whole lines, and the end', () => {
		const {code, stdout} = shell('cw up --yes --sandbox --only host --state-dir state --cache-dir cache');
		expect(stdout).toMatch(/^✔ host \d+\.\d s\nDone in \d+\.\d s: nothing had to be changed\.\n/);
		expect(stdout).not.toContain('\u001B');
		expect(code).toBe(0);
		expect(shell('cw up --only host --quiet --state-dir state').stdout).toMatch(/^Done in/);
		expect(shell('cw up --only host --verbose --state-dir state').stdout).toMatch(/^\d\d:\d\d:\d\d host {2}The host\n/);
	});

	test('on a terminal: a live line that leaves nothing', async () => {
		const terminal = new PseudoTerminal('sh', [
			'-c',
			`cd '${folder}' && '${process.execPath}' '${program.file('cli')}' up --yes --sandbox --only host --state-dir state --cache-dir cache; echo "code $?"; sleep 60`,
		]);
		try {
			await terminal.shows('code 0', 60_000);
			expect(terminal.written).toContain('▶ host');
			expect(terminal.text).not.toContain('▶');
			expect(terminal.text).toMatch(/^.*✔ host \d+\.\d s\nDone in /ms);
		} finally {
			terminal.end();
		}
	});
});

describe('a place that even root cannot write to ends with a sentence', () => {
	// In a mount namespace of its own, which takes the read-only file system along.
	const readOnly = (line: string) =>
		spawnSync(
			'unshare',
			[
				'--mount',
				'sh',
				'-c',
				`mkdir fixed && mount -t tmpfs -o ro none fixed && exec '${process.execPath}' '${program.file('cli')}' ${line}`,
			],
			{
				encoding: 'utf8',
				cwd: folder,
				timeout: 60_000,
				env: {PATH: process.env['PATH'], LANG: 'C.UTF-8', XDG_CONFIG_HOME: join(folder, 'config')},
			},
		);

	test.each([
		['the state directory', '--state-dir fixed/state', 'fixed/state'],
		['the images', '--state-dir state --cache-dir fixed/deep/cache', 'fixed/deep/cache'],
		['a file system that has no folders of ours', '--state-dir /proc/self/state', '/proc/self/state'],
	])('%s', (_, places, path) => {
		const {status, stderr} = readOnly(`up --sandbox --yes --only host ${places}`);
		expect(stderr).toMatch(
			new RegExp(
				String.raw`^\S*${path} cannot be made: (?:\S+: )?(?:the file system is read-only|no folder can be made there)\. Leave out the option, .*$`,
				'm',
			),
		);
		expect(status).toBe(2);
	});

	test('a state directory that can no longer be changed', () => {
		mkdirSync(join(folder, 'state'));
		expect(shell('chattr +i state').code).toBe(0);
		const {code, stderr} = shell('cw up --sandbox --yes --only host --state-dir state --cache-dir cache');
		expect(shell('chattr -i state').code).toBe(0);
		expect(stderr).toMatch(/^A file could not be written: \S+\/state: the system does not permit it\. .*$/m);
		expect(code).toBe(1);
	});
});

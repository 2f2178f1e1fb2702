import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {removal} from '../../source/tasks/removal.ts';
import {shellScript} from '../../source/report/script.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';
import {nastyNames} from '../nasty-paths.ts';

const clusters = {
	"the thesis's cluster in a sandbox": testCluster(),
	'on a host': testCluster({}, {sandbox: false}),
	'emulated, five servers, Debian 13': testCluster(
		{web: {count: 5}, guest: {release: 'trixie'}},
		{acceleration: 'tcg'},
	),
	"pages of one's own": testCluster(
		{},
		{
			content: {
				kind: 'own',
				digest: 'abc',
				size: 10 * 2 ** 30,
				archive: '/var/lib/cluster-wizard/web/content/abc.tar.gz',
			},
		},
	),
	Ubuntu: testCluster({guest: {distribution: 'ubuntu', release: 'noble'}}),
};

/** shellcheck's complaints, none if the text is good. */
function complaints(text: string, shell: string, ...options: string[]): string {
	const {status, stdout, stderr, error} = spawnSync(
		'shellcheck',
		['--shell', shell, '--format', 'gcc', ...options, '-'],
		{input: text, encoding: 'utf8'},
	);
	if (error) {
		throw new Error(`shellcheck is needed for this test: ${error.message}`);
	}

	return status === 0 ? '' : stdout + stderr;
}

describe('the printed script', () => {
	it.each(Object.entries(clusters))('passes shellcheck: %s', (_, cluster) => {
		expect(complaints(shellScript(makePlan(cluster, steps), cluster, 'en'), 'sh')).toBe('');
	});

	it.each(Object.entries(clusters))('is shell, and so is every command in it and every removal: %s', (_, cluster) => {
		for (const unit of makePlan(cluster, steps)) {
			const removals = unit.tasks
				.flatMap(({creates}) => creates ?? [])
				.map(resource => removal(resource, cluster.paths));
			for (const command of [
				...unit.tasks.flatMap(task => [task.check, ...(task.apply ?? [])]),
				...removals.flatMap(({remove, gone}) => [remove, gone]),
			]) {
				const {status, stderr} = spawnSync('sh', ['-n'], {input: render(command, 'script'), encoding: 'utf8'});
				expect(status, `${unit.id}: ${stderr}`).toBe(0);
			}
		}
	});
});

describe('the printed script of a cluster in a folder with any name', () => {
	const folder = mkdtempSync(join(tmpdir(), 'script-'));
	const programs = join(folder, 'programs');
	mkdirSync(programs);
	writeFileSync(join(programs, 'ssh'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', {mode: 0o755});
	afterAll(() => {
		rmSync(folder, {recursive: true});
	});

	it.each([...nastyNames, 'a\nb', '\ntouch canary\n', '${HOME}'])('%j', name => {
		const fixture = testCluster();
		const state = join(folder, name);
		const cluster = {
			...fixture,
			paths: {state, cache: `${state}/cache`, disks: `${state}/disks`, sshConfig: `${state}/ssh_config`},
		};
		const text = shellScript(makePlan(cluster, steps), cluster, 'en');
		expect(spawnSync('sh', ['-n'], {input: text, encoding: 'utf8'}).stderr).toBe('');
		const secrets = [...text.matchAll(/^: "\${(\w+):\?}"$/gm)].map(([, secret]) => [secret, 'x'] as const);
		const environment = {PATH: `${programs}:${process.env['PATH']}`, ...Object.fromEntries(secrets)};
		const {stdout, stderr} = spawnSync('sh', ['-c', `${text.slice(0, text.indexOf('#####'))}\non master true`], {
			cwd: folder,
			encoding: 'utf8',
			env: environment,
		});
		expect(stderr).toBe('');
		expect(stdout).toBe(`-F\n${state}/ssh_config\nmaster\ntrue\n`);
		// Every command is given to a stand-in: what still runs has broken out of its quotes or its comment.
		const head = text.indexOf('#####');
		const all = spawnSync('sh', ['-s'], {
			cwd: folder,
			encoding: 'utf8',
			env: environment,
			input: `${text.slice(0, head)}\nholds() { return 1; }\nexpect() { :; }\non() { cat > /dev/null; }\n${text.slice(head)}`,
		});
		expect({status: all.status, stdout: all.stdout, stderr: all.stderr}).toEqual({status: 0, stdout: '', stderr: ''});
		expect(existsSync(join(folder, 'canary'))).toBe(false);
	});
});

describe('scripts that land on machines', () => {
	const folder = join(import.meta.dirname, '../../assets');
	const scripts = readdirSync(folder, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name))
		.flatMap(path => {
			const text = readFileSync(path, 'utf8');
			const shell = /^#!\/bin\/(sh|bash)\b/.exec(text)?.[1];
			return shell ? [{name: path.slice(folder.length + 1), text, shell}] : [];
		});

	it.each(scripts)('$name passes shellcheck', ({text, shell}) => {
		// A placeholder stands for a value that is quoted where it is filled in.
		expect(complaints(text.replaceAll(/{{\w+}}/g, 'value'), shell, '--exclude', 'SC1091')).toBe('');
	});
});

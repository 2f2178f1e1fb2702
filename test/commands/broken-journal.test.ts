import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {bench} from '../../source/commands/bench.ts';
import {down} from '../../source/commands/down.ts';
import {exec} from '../../source/commands/exec.ts';
import {open} from '../../source/commands/open.ts';
import type {CommonOptions} from '../../source/command-line/options.ts';
import {plan} from '../../source/commands/plan.ts';
import {probe} from '../../source/commands/probe.ts';
import {report} from '../../source/commands/report.ts';
import {sandbox} from '../../source/session/sandbox.ts';
import {script} from '../../source/commands/script.ts';
import {status} from '../../source/commands/status.ts';
import {support} from '../../source/commands/support.ts';
import {up} from '../../source/commands/up.ts';
import {verify} from '../../source/commands/verify.ts';
import {openBackend} from '../../source/wizard/wizard.ts';
import {beginCache} from '../../source/state/cache.ts';
import {invokingUser} from '../../source/state/owner.ts';
import {openPreferences, preferencesFile} from '../../source/state/preferences.ts';
import {testFacts} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';

// Clusters of this computer are not looked at.
const {clusters} = vi.hoisted(() => ({
	clusters: `${process.env['TMPDIR'] ?? '/tmp'}/clusters-of-a-test-${String(process.pid)}`,
}));
vi.mock('../../source/state/owned-ancestor.ts', async original => ({
	...(await original<object>()),
	defaultParent: clusters,
}));
afterAll(() => {
	rmSync(clusters, {recursive: true, force: true});
});

/** A cluster in a sandbox that does not run, and a cache that others use as well. */
let folder: string;
let state: string;
let said: string;
const {signal} = new AbortController();
const before = process.cwd();
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'broken-journal-'));
	state = join(folder, 'state');
	begunState(state, {name: 'shop-of-a-test'});
	beginCache(cacheDir());
	put('state/answers.yaml', 'name: shop-of-a-test\n');
	put('state/facts.json', JSON.stringify(testFacts));
	vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
	vi.stubEnv('SUDO_UID', '');
	process.chdir(folder);
	said = '';
	for (const stream of [process.stdout, process.stderr]) {
		vi.spyOn(stream, 'write').mockImplementation(text => {
			said += String(text);
			return true;
		});
	}
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
	process.chdir(before);
	rmSync(folder, {recursive: true});
});

const cacheDir = () => join(folder, 'cluster-wizard');

function put(name: string, text = ''): void {
	mkdirSync(join(folder, name, '..'), {recursive: true});
	writeFileSync(join(folder, name), text);
}

const stamp = {time: '2026-01-02T10:00:00.000Z', type: 'intent', run: 'r'};
const intent = (resource: object) => `${JSON.stringify({...stamp, resource: {place: 'machine', ...resource}})}\n`;
const oldIntent = (owned: object) =>
	`${JSON.stringify({...stamp, owned: {place: 'machine', remove: `touch ${join(folder, 'canary')}`, gone: `touch ${join(folder, 'canary')}`, ...owned}})}\n`;
const image = 'bookworm-web-0123456789ab.img';
const everything = (name: string) =>
	readdirSync(join(folder, name), {recursive: true, withFileTypes: true})
		.map(({parentPath, name}) => join(parentPath, name))
		.sort();

describe('down', () => {
	test('goes on with what is readable, says what is not, and keeps the journal', async () => {
		put('state/sandbox/log');
		put(`cluster-wizard/${image}`);
		put(`cluster-wizard/${image}.lock`);
		put('cluster-wizard/thesis\u001B[31m.pdf');
		put(
			'state/journal.jsonl',
			[
				intent({kind: 'sandbox', name: 'sandbox'}),
				'rm -rf /\n',
				intent({kind: 'disk', name: '../../etc/passwd'}),
				oldIntent({kind: 'machine', name: 'NFS', remove: 'virsh undefine 12345678-1234-8234-8234-123456789abc'}),
				intent({kind: 'image', name: image}),
				'{"type":"intent","run":',
			].join(''),
		);
		const journal = join(state, 'journal.jsonl');
		expect(await down({stateDir: state, cacheDir: cacheDir(), yes: true, purge: true, language: 'en'}, signal)).toBe(1);
		expect(said).toContain(`  sandbox ${join(state, 'sandbox')}\n`);
		for (const part of [
			'line 2: not JSON',
			'line 3: resource.name is missing or not allowed',
			'line 4: machine NFS cannot be identified',
		]) {
			expect(said).toContain(`  ${journal}, ${part}`);
		}

		expect(said).toContain(`Not everything in ${journal} could be read`);
		expect(said).not.toMatch(/\u001B|etc\/passwd/);
		expect(existsSync(join(folder, 'canary'))).toBe(false);
		expect(existsSync(join(state, 'sandbox'))).toBe(false);
		expect(readdirSync(cacheDir())).toEqual(['CACHEDIR.TAG', 'thesis\u001B[31m.pdf']);
		const left = readFileSync(journal, 'utf8').trimEnd().split('\n');
		expect(left.slice(1, 4)).toEqual([
			expect.stringContaining('rm -rf /'),
			expect.stringContaining('etc/passwd'),
			expect.stringContaining('virsh undefine'),
		]);
		expect(left.slice(5).map(line => JSON.parse(line) as object)).toMatchObject([
			{type: 'removed', kind: 'sandbox'},
			{type: 'removed', kind: 'image', name: image},
		]);

		// As the message says.
		writeFileSync(
			journal,
			left
				.filter((_, index) => index < 1 || index > 3)
				.map(line => `${line}\n`)
				.join(''),
		);
		expect(await down({stateDir: state, cacheDir: cacheDir(), yes: true, purge: true}, signal)).toBe(0);
		expect(existsSync(state)).toBe(false);
		expect(readdirSync(cacheDir())).toEqual(['CACHEDIR.TAG', 'thesis\u001B[31m.pdf']);
	});

	test.each([
		['another cluster', true],
		['no other cluster', false],
	])("--purge, with %s: preferences are the user's, not the cluster's", async (_, isOtherThere) => {
		const owner = invokingUser();
		const other = join(folder, 'other');
		if (isOtherThere) {
			begunState(other, {name: 'other'});
		}

		openPreferences(owner).set({language: 'es', guided: true, cluster: isOtherThere ? other : state});
		expect(existsSync(preferencesFile(owner))).toBe(true);
		expect(await down({stateDir: state, cacheDir: cacheDir(), yes: true, purge: true, language: 'en'}, signal)).toBe(0);
		expect(existsSync(state)).toBe(false);
		expect(existsSync(preferencesFile(owner))).toBe(isOtherThere);
		expect(said.includes(`preferences ${preferencesFile(owner)}`)).toBe(isOtherThere);
	});

	test('--purge removes a cache in which nothing else is', async () => {
		put('state/journal.jsonl', intent({kind: 'sandbox', name: 'sandbox'}));
		put(`cluster-wizard/${image}`);
		put('cluster-wizard/bookworm-packages/lists/x');
		expect(await down({stateDir: state, cacheDir: cacheDir(), yes: true}, signal)).toBe(0);
		expect(readdirSync(cacheDir()).sort()).toEqual(['CACHEDIR.TAG', 'bookworm-packages', image]);
		begunState(state, {name: 'shop-of-a-test'});
		put('state/facts.json', JSON.stringify(testFacts));
		expect(await down({stateDir: state, cacheDir: cacheDir(), yes: true, purge: true}, signal)).toBe(0);
		expect(existsSync(cacheDir())).toBe(false);
	});

	test.each<[string, (control: string) => void]>([
		['that others can write', control => chmodSync(control, 0o777)],
		['in a folder that others can write', control => chmodSync(dirname(control), 0o777)],
		[
			'that is a link',
			control => {
				renameSync(control, join(folder, 'evil'));
				symlinkSync(join(folder, 'evil'), control);
			},
		],
	])('a program of the sandbox %s is not run and not deleted', async (_, spoil) => {
		put('state/journal.jsonl', intent({kind: 'sandbox', name: 'sandbox'}));
		const control = join(state, 'sandbox', 'control');
		put('state/sandbox/control', `#!/bin/sh\necho run >> ${join(folder, 'canary')}\n`);
		chmodSync(control, 0o755);
		spoil(control);
		expect(await down({stateDir: state, cacheDir: cacheDir(), yes: true, language: 'en'}, signal)).toBe(1);
		expect(existsSync(join(folder, 'canary'))).toBe(false);
		expect(existsSync(control)).toBe(true);
		expect(said).toContain('nothing in it is run');
		for (const command of [support, status] as const) {
			await command({stateDir: state, cacheDir: cacheDir()}, signal).catch(() => 2);
		}

		expect(existsSync(join(folder, 'canary'))).toBe(false);
	});

	test('names of foreign files are shown without escape sequences; the files stay', async () => {
		const foreign = 'evil\u001B]52;c;aWQ=\u0007\u202Efdp.exe';
		put('state/journal.jsonl', intent({kind: 'sandbox', name: 'sandbox'}));
		put(`state/${foreign}`);
		put(`state/keys/${foreign}`);
		expect(await down({stateDir: state, cacheDir: cacheDir(), yes: true, language: 'en'}, signal)).toBe(0);
		expect(said).toContain('evil\uFFFDfdp.exe');
		expect(said).not.toMatch(/[\u001B\u0007\u202E]/);
		expect(readdirSync(state).sort()).toEqual([foreign, 'keys']);
	});

	test('a sandbox that does not run: what is on its host is not asked for', async () => {
		put(
			'state/journal.jsonl',
			intent({kind: 'machine', name: 'NFS', uuid: '12345678-1234-8234-8234-123456789abc', place: 'host', node: 'nas'}),
		);
		expect(await down({stateDir: state, cacheDir: cacheDir(), yes: true}, signal)).toBe(0);
	});
});

test('the wizard shows that a resource of an older journal that nobody knows stays', async () => {
	put('state/journal.jsonl', oldIntent({kind: 'machine', name: 'NFS'}) + intent({kind: 'sandbox', name: 'sandbox'}));
	expect((await openBackend({stateDir: state}).overview()).owned).toEqual([
		{kind: 'sandbox', name: join(state, 'sandbox'), stays: false, isInside: false},
		{kind: 'machine', name: 'NFS', stays: true},
	]);
});

test('support says what was not readable and takes the journal along', async () => {
	put('state/journal.jsonl', `null\n${intent({kind: 'sandbox', name: 'sandbox'})}`);
	expect(await support({stateDir: state, cacheDir: cacheDir(), language: 'es'}, signal)).toBe(0);
	expect(said).toContain(`${join(state, 'journal.jsonl')}, línea 1: no es una entrada que esta versión conozca\n`);
	expect(readdirSync(folder).filter(name => name.endsWith('.tar.gz'))).toHaveLength(1);
});

describe('every other command stops, with the line, and writes nothing', () => {
	test.each<[string, (options: CommonOptions) => Promise<unknown>]>([
		['up', async options => up({...options, yes: true}, signal)],
		['plan', async options => plan(options, signal)],
		['status', async options => status(options, signal)],
		['verify', async options => verify({...options, yes: true}, signal)],
		['probe', async options => probe(options, signal)],
		['bench', async options => bench(options, signal)],
		['exec', async options => exec(options, 'host', ['true'])],
		['open', async options => open(options, signal)],
		['report', async options => report(options)],
		['script', async options => script(options)],
		['sandbox', async options => sandbox(options, 'status')],
		['wizard', async options => openBackend(options).overview()],
	])('%s', async (_, run) => {
		put(
			'state/journal.jsonl',
			`${intent({kind: 'sandbox', name: 'sandbox'})}{"broken\u001B[31m\n${intent({kind: 'sandbox', name: 'sandbox'})}{"torn`,
		);
		// Keys are made when a cluster is opened for the first time.
		await support({stateDir: state, cacheDir: cacheDir()}, signal);
		const files = everything('state');
		const text = readFileSync(join(state, 'journal.jsonl'), 'utf8');
		await expect(run({stateDir: state, cacheDir: cacheDir(), language: 'en'})).rejects.toMatchObject({
			exitCode: 2,
			message: `${join(state, 'journal.jsonl')}, line 2: not JSON. Nothing was touched. Put a copy of the file back, or delete that line; \`down\` and \`support\` work without it.`,
		});
		expect(everything('state')).toEqual(files);
		expect(readFileSync(join(state, 'journal.jsonl'), 'utf8')).toBe(text);
	});
});

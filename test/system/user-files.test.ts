import {execFileSync} from 'node:child_process';
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {openBackend} from '../../source/wizard/wizard.ts';
import {script} from '../../source/commands/script.ts';
import {support} from '../../source/commands/support.ts';
import {up} from '../../source/commands/up.ts';
import {UserError} from '../../source/user-error.ts';
import {logFiles} from '../../source/output/log-files.ts';
import {StateDirectory} from '../../source/state/directory.ts';
import {invokingUser, readersOf} from '../../source/state/owner.ts';
import {openPreferences, preferencesFile} from '../../source/state/preferences.ts';
import {filesAsUser, namesAsUser, readAsUser, removeAsUser, writeNewAsUser} from '../../source/state/user-files.ts';
import {testFacts} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';

/** The wizard of a user keeps preferences in a place of the machine's own. */
vi.mock(import('../../source/state/preferences.ts'), async original => {
	const real = await original();
	return {
		...real,
		openPreferences: (owner, environment) =>
			owner.uid === 0 ? real.openPreferences(owner, environment) : {get: () => ({}), set() {}},
	};
});

/** An ordinary user who called sudo. */
const uid = 65_534;
const owner = {uid, gid: uid, name: 'nobody', home: '/nonexistent'};

let folder: string;
const cwd = process.cwd();
beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'user-files-')));
	chmodSync(folder, 0o755);
	for (const [name, of] of [
		['home', uid],
		['roots', 0],
	] as const) {
		mkdirSync(join(folder, name), {mode: 0o755});
		chownSync(join(folder, name), of, of);
	}

	writeFileSync(join(folder, 'roots', 'secret'), 'CANARY', {mode: 0o600});
	vi.stubEnv('SUDO_UID', String(uid));
	vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'home', 'config'));
});
afterEach(() => {
	process.chdir(cwd);
	vi.unstubAllEnvs();
	vi.restoreAllMocks();
	rmSync(folder, {recursive: true, force: true});
});

describe("the user's files", () => {
	test("are read with the user's rights alone", () => {
		expect(() => readAsUser(owner, join(folder, 'roots', 'secret'), 100)).toThrow(
			expect.objectContaining({code: 'EACCES'}) as Error,
		);
		expect(() => readAsUser(owner, join(folder, 'home', 'nothing'), 100)).toThrow(
			expect.objectContaining({code: 'ENOENT'}) as Error,
		);
		symlinkSync(join(folder, 'roots', 'secret'), join(folder, 'home', 'link'));
		expect(() => readAsUser(owner, join(folder, 'home', 'link'), 100)).toThrow(
			expect.objectContaining({code: 'EACCES'}) as Error,
		);
		execFileSync('mkfifo', [join(folder, 'home', 'fifo')]);
		expect(readAsUser(owner, join(folder, 'home', 'fifo'), 100)).toBeUndefined();
		expect(readAsUser(owner, folder, 100)).toBeUndefined();
		const nasty = join(folder, 'home', '-n $(id) \'"\n');
		writeFileSync(nasty, 'text');
		expect(readAsUser(owner, nasty, 3)?.toString()).toBe('tex');
	});

	test('are made as the user, and nothing is replaced', () => {
		const path = join(folder, 'home', 'of=x $(id)');
		writeNewAsUser(owner, path, 'mine');
		expect(statSync(path)).toMatchObject({uid, gid: uid, size: 4});
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(() => {
			writeNewAsUser(owner, path, 'again');
		}).toThrow(expect.objectContaining({code: 'EEXIST'}) as Error);
		symlinkSync(join(folder, 'roots', 'made'), join(folder, 'home', 'link'));
		for (const to of [join(folder, 'home', 'link'), join(folder, 'roots', 'made')]) {
			expect(() => {
				writeNewAsUser(owner, to, '');
			}).toThrow();
		}

		expect(readdirSync(join(folder, 'roots'))).toEqual(['secret']);
	});

	test('are listed and removed as the user', () => {
		writeFileSync(join(folder, 'home', 'a'), '');
		expect(filesAsUser(owner, [join(folder, 'home', 'a'), join(folder, 'home', 'b'), join(folder, 'home')])).toEqual([
			join(folder, 'home', 'a'),
		]);
		expect(namesAsUser(owner, join(folder, 'home'))).toEqual(['a']);
		removeAsUser(
			owner,
			[join(folder, 'home', 'a'), join(folder, 'roots', 'secret')],
			[join(folder, 'home'), join(folder, 'roots')],
		);
		expect(readdirSync(join(folder, 'home'))).toEqual([]);
		expect(readdirSync(join(folder, 'roots'))).toEqual(['secret']);
	});

	test("root's own are root's", () => {
		expect(readAsUser({...owner, uid: 0, gid: 0, name: 'root'}, join(folder, 'roots', 'secret'), 100)?.toString()).toBe(
			'CANARY',
		);
	});
});

test.each<[string, Record<string, string>, ReturnType<typeof invokingUser>['uid']]>([
	['the caller of sudo', {SUDO_UID: String(uid)}, uid],
	['the caller of pkexec', {PKEXEC_UID: String(uid)}, uid],
	['the caller of doas', {DOAS_USER: 'nobody'}, uid],
	["sudo's, of several", {SUDO_UID: String(uid), PKEXEC_UID: '0', DOAS_USER: 'root'}, uid],
	['root, called by root', {SUDO_UID: '0'}, 0],
	['root, called by root with doas', {DOAS_USER: 'root'}, 0],
	['root, with a name that is none', {DOAS_USER: '--service=files'}, 0],
	['root, with a name that nobody has', {DOAS_USER: 'no such user'}, 0],
	['root, with a number that is none', {SUDO_UID: '1000; id'}, 0],
	['root alone', {}, 0],
])('the owner is %s', (_, environment, wanted) => {
	expect(invokingUser(environment).uid).toBe(wanted);
});

test('a user whom no database knows is still not root', () => {
	expect(
		invokingUser({SUDO_UID: '4242', SUDO_GID: '4343', SUDO_USER: String.raw`UPV\nperez`}, () => undefined),
	).toEqual({uid: 4242, gid: 4343, name: String.raw`UPV\nperez`, home: '/'});
});

test.each<[string, string[] | undefined, number | undefined]>([
	['a group of the user alone', ['ana', 'x', '1000', ''], 1000],
	['one that names its own user', ['ana', 'x', '1000', 'ana'], 1000],
	['one with others in it', ['ana', 'x', '1000', 'ana,bob'], undefined],
	['a shared one', ['users', 'x', '1000', ''], undefined],
	['one that nobody knows', undefined, undefined],
])('the readers of reports are %s', (_, group, wanted) => {
	expect(readersOf({uid: 1000, gid: 1000, name: 'ana', home: ''}, () => group)).toBe(wanted);
});

test.each<[string, number, string | undefined, string]>([
	['a user', uid, 'home/config', `/var/lib/cluster-wizard/.preferences/${uid}/preferences.json`],
	['root', 0, undefined, '/var/lib/cluster-wizard/.preferences/0/preferences.json'],
	["root, in a place of root's", 0, 'roots/config', 'roots/config/cluster-wizard/preferences.json'],
	["root, in a place of a user's", 0, 'home/config', '/var/lib/cluster-wizard/.preferences/0/preferences.json'],
])('preferences of %s are in a place that only root can change', (_, of, config, wanted) => {
	const environment = config === undefined ? {} : {XDG_CONFIG_HOME: join(folder, config)};
	expect(preferencesFile({...owner, uid: of}, environment)).toBe(resolve(folder, wanted));
});

test('preferences are kept, and those that cannot be understood are forgotten', () => {
	const root = {...owner, uid: 0};
	const environment = {XDG_CONFIG_HOME: join(folder, 'roots')};
	openPreferences(root, environment).set({language: 'es'});
	openPreferences(root, environment).set({guided: true});
	expect(openPreferences(root, environment).get()).toEqual({language: 'es', guided: true});
	writeFileSync(preferencesFile(root, environment), '{"language": "tlh", "durations": null}');
	expect(openPreferences(root, environment).get()).toEqual({});
});

test("logs and reports can be read by the readers' group, keys of machines by root alone", async () => {
	const path = join(folder, 'state');
	begunState(path);
	const marker = join(path, 'cluster.json');
	writeFileSync(marker, JSON.stringify({...(JSON.parse(readFileSync(marker, 'utf8')) as object), readers: uid}));
	const state = StateDirectory.open(path, owner);
	state.create('logs', 'keys', 'reports');
	for (const name of ['keys/authkey', 'keys/wizard', 'keys/wizard.pub', 'reports/measurements.json', 'journal.jsonl']) {
		state.write(name, 'x');
	}

	const log = logFiles(state.file('logs', 'r1'), 'en');
	log.report({
		time: '2026-01-01T00:00:00Z',
		type: 'step-started',
		unit: 'raid:nas',
		step: 'raid',
		host: 'nas',
		title: '',
	});
	await log.close!();
	const rights = (name: string) => {
		const {mode, gid} = statSync(join(path, name));
		return `${(mode & 0o777).toString(8)} ${gid}`;
	};

	expect(
		['logs', 'logs/r1', 'logs/r1/events.jsonl', 'reports/measurements.json', 'keys', 'keys/wizard.pub'].map(name =>
			rights(name),
		),
	).toEqual([`750 ${uid}`, `750 ${uid}`, `640 ${uid}`, `640 ${uid}`, `750 ${uid}`, `640 ${uid}`]);
	expect(['keys/authkey', 'keys/wizard', 'journal.jsonl'].map(name => rights(name).split(' ')[0])).toEqual([
		'600',
		'600',
		'600',
	]);
});

describe('commands', () => {
	let state: string;
	beforeEach(() => {
		state = join(folder, 'state');
		const begun = begunState(state);
		begun.write('facts.json', JSON.stringify(testFacts));
		begun.write('journal.jsonl', '');
		process.chdir(join(folder, 'home'));
		vi.spyOn(process.stdout, 'write').mockReturnValue(true);
		vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	});

	test('the support bundle belongs to the user, and is not written where the user may not write', async () => {
		expect(await support({stateDir: state}, new AbortController().signal)).toBe(0);
		const [bundle] = readdirSync(join(folder, 'home'));
		expect(statSync(join(folder, 'home', bundle!))).toMatchObject({uid, gid: uid});
		process.chdir(join(folder, 'roots'));
		await expect(support({stateDir: state}, new AbortController().signal)).rejects.toMatchObject({exitCode: 1});
		expect(readdirSync(join(folder, 'roots'))).toEqual(['secret']);
	});

	test('an answers file that only root can read is not quoted', async () => {
		const answers = join(folder, 'roots', 'secret');
		const refused: unknown = await script({answers, stateDir: state}).catch((error: unknown) => error);
		expect(refused).toBeInstanceOf(UserError);
		expect(refused).toMatchObject({exitCode: 2});
		expect((refused as Error).message).not.toContain('CANARY');
	});

	test('the wizard saves answers as the user, and over no file', async () => {
		const backend = openBackend({stateDir: state, language: 'en'});
		await backend.overview();
		const saved = await backend.saveAnswers('answers.yaml');
		expect(statSync(saved)).toMatchObject({uid, gid: uid});
		symlinkSync(join(folder, 'roots', 'made'), join(folder, 'home', 'link.yaml'));
		await expect(backend.saveAnswers('link.yaml')).rejects.toThrow(
			`${folder}/home/link.yaml cannot be written: something is there already. Choose another name.`,
		);
		await expect(backend.saveAnswers(join(folder, 'roots', 'answers.yaml'))).rejects.toThrow(
			`${folder}/roots/answers.yaml cannot be written: the user nobody may not write there.`,
		);
		backend.close();
		expect(readdirSync(join(folder, 'roots'))).toEqual(['secret']);
	});

	test("a declined `up` writes nothing, neither in the home nor in root's places", async () => {
		const places = {stateDir: join(folder, 'new-state'), cacheDir: join(folder, 'new-cache')};
		await expect(up({...places, sandbox: true}, new AbortController().signal)).rejects.toMatchObject({exitCode: 2});
		expect([existsSync(places.stateDir), existsSync(places.cacheDir), readdirSync(join(folder, 'home'))]).toEqual([
			false,
			false,
			[],
		]);
	});

	test("a state directory in the user's home is refused", async () => {
		const stateDir = join(folder, 'home', 'lab');
		await expect(
			up({stateDir, sandbox: true, yes: true, language: 'en'}, new AbortController().signal),
		).rejects.toMatchObject({
			exitCode: 2,
			message: expect.stringContaining(`${folder}/home belongs to the user with the number ${uid}`) as string,
		});
		expect(existsSync(stateDir)).toBe(false);
	});
});

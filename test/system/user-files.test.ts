import {chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {openBackend} from '../../source/commands/wizard.ts';
import {script} from '../../source/commands/script.ts';
import {support} from '../../source/commands/support.ts';
import {up} from '../../source/commands/up.ts';
import {UserError} from '../../source/engine/failure.ts';
import {asUser} from '../../source/state/as-user.ts';
import {currentOwner, readersOf} from '../../source/state/owner.ts';
import {openPreferences} from '../../source/state/preferences.ts';
import {testFacts} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';

/** An ordinary user who called sudo. */
const uid = 65_534;
const owner = {uid, gid: uid, name: 'nobody', home: '/nonexistent'};

let folder: string;
const cwd = process.cwd();
beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'user-files-')));
	chmodSync(folder, 0o755);
	for (const [name, of] of [['home', uid], ['roots', 0]] as const) {
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

describe('work with the owner\'s rights', () => {
	test('sees what the owner sees, and root is root again afterwards', () => {
		const groups = process.getgroups!();
		expect(() => asUser(owner, () => readFileSync(join(folder, 'roots', 'secret')))).toThrow('EACCES');
		expect([process.geteuid!(), process.getegid!(), process.getgroups!()]).toEqual([0, 0, groups]);
		asUser(owner, () => {
			expect([process.geteuid!(), process.getegid!()]).toEqual([uid, uid]);
			expect(process.getgroups!()).not.toContain(0);
			writeFileSync(join(folder, 'home', 'mine'), '');
		});
		expect(statSync(join(folder, 'home', 'mine'))).toMatchObject({uid, gid: uid});
		expect(readFileSync(join(folder, 'roots', 'secret'), 'utf8')).toBe('CANARY');
	});

	test('nothing changes when root works for root', () => {
		expect(asUser({...owner, uid: 0, gid: 0, name: 'root'}, () => process.geteuid!())).toBe(0);
	});
});

test.each<[string, Record<string, string>, ReturnType<typeof currentOwner>['uid']]>([
	['the caller of sudo', {SUDO_UID: String(uid)}, uid],
	['root, called by root', {SUDO_UID: '0'}, 0],
	['root, with a number that is none', {SUDO_UID: '1000; id'}, 0],
	['root alone', {}, 0],
])('the owner is %s', (_, environment, wanted) => {
	expect(currentOwner(environment).uid).toBe(wanted);
});

test('a user whom no database knows is still not root', () => {
	expect(currentOwner({SUDO_UID: '4242', SUDO_GID: '4343', SUDO_USER: String.raw`UPV\nperez`}, () => undefined)).toEqual({uid: 4242, gid: 4343, name: String.raw`UPV\nperez`, home: '/'});
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

test('preferences are the user\'s, and a link among them leads to nothing of root\'s', () => {
	openPreferences(owner).set({language: 'es'});
	const file = join(folder, 'home', 'config', 'cluster-wizard', 'preferences.json');
	expect(statSync(file).uid).toBe(uid);
	expect(openPreferences(owner).get()).toEqual({language: 'es'});
	rmSync(join(folder, 'home', 'config'), {recursive: true});
	symlinkSync(join(folder, 'roots'), join(folder, 'home', 'config'));
	openPreferences(owner).set({language: 'en'});
	expect(readdirSync(join(folder, 'roots'))).toEqual(['secret']);
	expect(openPreferences(owner).get()).toEqual({});
});

describe('commands', () => {
	let state: string;
	beforeEach(() => {
		state = join(folder, 'state');
		const begun = begunState(state);
		begun.write('facts.json', JSON.stringify(testFacts));
		begun.write('in-sandbox', 'yes\n');
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
		await expect(backend.saveAnswers('link.yaml')).rejects.toThrow();
		await expect(backend.saveAnswers(join(folder, 'roots', 'answers.yaml'))).rejects.toThrow('EACCES');
		backend.close();
		expect(readdirSync(join(folder, 'roots'))).toEqual(['secret']);
	});

	test('a declined `up` writes nothing, neither in the home nor in root\'s places', async () => {
		const places = {stateDir: join(folder, 'new-state'), cacheDir: join(folder, 'new-cache')};
		await expect(up({...places, sandbox: true}, new AbortController().signal)).rejects.toMatchObject({exitCode: 2});
		expect([existsSync(places.stateDir), existsSync(places.cacheDir), readdirSync(join(folder, 'home'))]).toEqual([false, false, []]);
	});

	test('a state directory in the user\'s home is refused', async () => {
		const stateDir = join(folder, 'home', 'lab');
		await expect(up({stateDir, sandbox: true, yes: true, language: 'en'}, new AbortController().signal)).rejects.toMatchObject({exitCode: 2, message: expect.stringContaining(`${folder}/home belongs to the user with the number ${uid}`) as string});
		expect(existsSync(stateDir)).toBe(false);
	});
});

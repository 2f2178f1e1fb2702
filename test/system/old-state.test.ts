import {spawn} from 'node:child_process';
import {
	chmodSync,
	chownSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {nodeIds} from '../../source/answers/defaults.ts';
import {ensureKeys} from '../../source/cluster/keys.ts';
import {moveState} from '../../source/session/old-state.ts';
import {UserError} from '../../source/user-error.ts';
import {Journal} from '../../source/engine/journal.ts';
import {StateDirectory} from '../../source/state/directory.ts';
import {OldState} from '../../source/state/old-state.ts';
import {testFacts} from '../cluster-fixture.ts';

const canary = 'CANARY-77aa';
const owner = {uid: 65_534, gid: 65_534, name: 'nobody', home: ''};

let folder: string;
let from: string;
let to: string;
let said: string;
beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'old-state-')));
	chmodSync(folder, 0o755);
	owner.home = join(folder, 'home');
	from = join(owner.home, '.local/state/cluster-wizard/web');
	to = join(folder, 'root', 'web');
	mkdirSync(dirname(to));
	writeFileSync(join(folder, 'root-only'), canary, {mode: 0o600});
	said = '';
	vi.spyOn(process.stderr, 'write').mockImplementation(text => {
		said += String(text);
		return true;
	});
	makeOld();
});
afterEach(() => {
	vi.restoreAllMocks();
	rmSync(folder, {recursive: true, force: true});
});

/** The state directory of a cluster in a sandbox, as version 0.1.0 left it to its owner. */
function makeOld(): void {
	const put = (name: string, text: string) => {
		mkdirSync(dirname(join(from, name)), {recursive: true});
		writeFileSync(join(from, name), text, {mode: 0o600});
	};

	const keys = new Map<string, string>();
	ensureKeys(
		{create() {}, read: name => keys.get(name), write: (name, text) => void keys.set(name, text)},
		nodeIds({web: {count: 1}}),
	);
	for (const [name, text] of keys) {
		put(name, text);
	}

	put('answers.yaml', 'web: {count: 1}\n');
	put('facts.json', JSON.stringify(testFacts));
	put('in-sandbox', 'yes\n');
	put('installed-packages', 'siege\n$(touch x)\n');
	put('lock', '');
	const journal = readFileSync(join(import.meta.dirname, '../engine/old-journals/sandbox.jsonl'), 'utf8');
	put(
		'journal.jsonl',
		journal
			.replaceAll('/home/student/.local/state/cluster-wizard/web/disks', '/var/lib/libvirt/images/cluster-wizard-web')
			.replaceAll('"name":"disks"', '"name":"cluster-wizard-web"')
			.replaceAll('/home/student', owner.home),
	);
	for (const path of [
		owner.home,
		...readdirSync(owner.home, {recursive: true}).map(name => join(owner.home, String(name))),
	]) {
		chownSync(path, owner.uid, owner.gid);
	}

	put('sandbox/control', '#!/bin/sh\necho old\n');
	put('sandbox/libvirt/lib/images/NFS.img', 'a disk');
}

const move = () => {
	moveState(new OldState(from, owner), to, owner, 'en');
};

test("a cluster of an earlier version becomes root's, whole, and the old place is empty", () => {
	const wizard = readFileSync(join(from, 'keys/wizard'), 'utf8');
	expect(new OldState(from, owner).exists).toBe(true);
	move();
	const state = StateDirectory.open(to, {...owner});
	expect(state.exists).toBe(true);
	expect(state.marker).toMatchObject({id: testFacts.clusterId, name: 'web', sandbox: true});
	expect(state.read('keys/wizard')).toBe(wizard);
	expect(readdirSync(join(to, 'sandbox'))).toEqual(['libvirt']);
	expect(readFileSync(join(to, 'sandbox/libvirt/lib/images/NFS.img'), 'utf8')).toBe('a disk');
	const journal = new Journal(state.file('journal.jsonl'));
	expect(journal.problems).toEqual([]);
	expect(journal.owned().map(({kind}) => kind)).toEqual(
		expect.arrayContaining(['sandbox', 'image', 'machine', 'network', 'disk', 'pool']),
	);
	expect(readFileSync(state.file('journal.jsonl'), 'utf8')).not.toMatch(/virsh|rm -/);
	for (const name of readdirSync(to, {recursive: true}).map(String)) {
		expect(lstatSync(join(to, name)).uid, name).toBe(0);
	}

	expect(existsSync(from)).toBe(false);
	expect(said).toBe('');
});

test('a move that was interrupted goes on', () => {
	const half = StateDirectory.open(`${to}.moving`, owner);
	half.begin({id: testFacts.clusterId, name: 'web', sandbox: true, cache: '/var/cache/cluster-wizard'});
	half.create('keys');
	half.write('keys/authkey', 'cut o');
	move();
	expect(StateDirectory.open(to, owner).read('keys/authkey')).toHaveLength(345);
	expect(existsSync(`${to}.moving`)).toBe(false);
});

test.each<[string, string, () => void]>([
	['a link among the keys', 'keys/authkey', () => symlinkSync(join(folder, 'root-only'), join(from, 'keys/authkey'))],
	['a link for the answers', 'answers.yaml', () => symlinkSync(join(folder, 'root-only'), join(from, 'answers.yaml'))],
	[
		'a link for the list of packages',
		'installed-packages',
		() => symlinkSync(join(folder, 'root-only'), join(from, 'installed-packages')),
	],
	[
		'a link for the folder of the keys',
		'keys',
		() => {
			mkdirSync(join(folder, 'others'), {mode: 0o700});
			writeFileSync(join(folder, 'others', 'authkey'), canary);
			symlinkSync(join(folder, 'others'), join(from, 'keys'));
		},
	],
	[
		'a link for the sandbox',
		'sandbox',
		() => {
			mkdirSync(join(folder, 'others'));
			writeFileSync(join(folder, 'others', 'control'), canary);
			symlinkSync(join(folder, 'others'), join(from, 'sandbox'));
		},
	],
	[
		"a sandbox of the user's own",
		'sandbox',
		() => {
			mkdirSync(join(from, 'sandbox'));
			writeFileSync(join(from, 'sandbox/control'), '#!/bin/sh\ntouch /tmp/run-as-root\n', {mode: 0o755});
			chownSync(join(from, 'sandbox'), owner.uid, owner.gid);
		},
	],
])('%s is not followed: nothing that only root can read or has not made comes along', (_, name, make) => {
	rmSync(join(from, name), {recursive: true});
	make();
	move();
	const all = readdirSync(to, {recursive: true, withFileTypes: true});
	expect(all.filter(entry => !entry.isFile() && !entry.isDirectory())).toEqual([]);
	expect(
		all.filter(entry => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(canary)),
	).toEqual([]);
	expect(existsSync(join(to, 'sandbox/control'))).toBe(false);
	expect(readFileSync(join(folder, 'root-only'), 'utf8')).toBe(canary);
	expect(existsSync(join(folder, 'others')) ? readdirSync(join(folder, 'others')).length : 1).toBe(1);
});

test.each([
	['facts.json', '{"clusterId": "x"}', /facts\.json, of an earlier version, cannot be understood: clusterId/],
	['inventory.json', 'null', /inventory\.json/],
])('%s that cannot be understood: nothing is moved', (name, text, sentence) => {
	writeFileSync(join(from, name), text);
	expect(move).toThrow(UserError);
	expect(move).toThrow(sentence);
	expect(existsSync(to)).toBe(false);
	expect(existsSync(join(from, 'journal.jsonl'))).toBe(true);
});

test('resources that cannot be identified are named', () => {
	writeFileSync(
		join(from, 'journal.jsonl'),
		`${JSON.stringify({time: '2026-01-01T00:00:00.000Z', type: 'intent', run: 'r', owned: {kind: 'directory', name: '/etc', remove: 'rm -rf /etc', gone: ':', place: 'machine'}})}\n`,
	);
	move();
	expect(said).toContain('directory /etc cannot be identified');
	expect(new Journal(join(to, 'journal.jsonl')).owned()).toEqual([]);
});

test.each([
	['a link to another cluster', () => symlinkSync(join(folder, 'other'), from)],
	["a folder of root's", () => mkdirSync(from)],
	[
		"a folder of the user's with a newer cluster",
		() => {
			mkdirSync(from);
			writeFileSync(join(from, 'cluster.json'), '');
			chownSync(from, owner.uid, owner.gid);
		},
	],
])('%s that was put in its place at the last moment: no sandbox is moved', (_, replace) => {
	mkdirSync(join(folder, 'other', 'sandbox'), {recursive: true});
	writeFileSync(join(folder, 'other', 'sandbox', 'disk.img'), canary);
	rmSync(from, {recursive: true});
	replace();
	if (!lstatSync(from).isSymbolicLink()) {
		mkdirSync(join(from, 'sandbox'));
		writeFileSync(join(from, 'sandbox', 'disk.img'), canary);
	}

	expect(new OldState(from, owner).moveSandbox(join(folder, 'taken'))).toBe(true);
	expect(existsSync(join(folder, 'taken'))).toBe(false);
	expect(readFileSync(join(from, 'sandbox', 'disk.img'), 'utf8')).toBe(canary);
});

test('while its sandbox runs nothing is moved', () => {
	const child = spawn('sleep', ['60']);
	try {
		const started = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
			.replace(/^.*\) /, '')
			.split(' ')[19];
		writeFileSync(join(from, 'sandbox/record'), `${child.pid} ${started} ready\n`, {mode: 0o644});
		chmodSync(join(from, 'sandbox'), 0o755);
		expect(move).toThrow(/still runs/);
		expect(existsSync(join(from, 'sandbox/control'))).toBe(true);
	} finally {
		child.kill();
	}
});

import {execFileSync} from 'node:child_process';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {nodeIds} from '../../source/answers/defaults.ts';
import {ensureKeys} from '../../source/cluster/keys.ts';
import {support} from '../../source/commands/support.ts';
import {version} from '../../source/version.ts';
import {testFacts} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';

const answers = '# mine\nname: shop\nweb: {count: 2}\n';
const begun = {
	time: '2026-01-02T10:00:00.000Z',
	type: 'run-started',
	run: 'r4',
	command: 'cluster-wizard up --sandbox',
	version,
	pid: 1,
};
const foreignKey =
	'-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\nAAAAsomebodysownkey\n-----END OPENSSH PRIVATE KEY-----';

let folder: string;
let work: string;
let file: string;
let secrets: string[];
let said: string;
const before = process.cwd();

/** A cluster in a sandbox that does not run: nothing of a machine is there to be asked. */
beforeAll(async () => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'support-')));
	work = join(folder, 'work');
	mkdirSync(work);
	const state = begunState(join(folder, 'state'));
	state.create('logs', 'keys');
	const keys = ensureKeys(state, nodeIds({web: {count: 2}}));
	secrets = [keys.wizard.private, keys.authkey, ...Object.values(keys.hosts).map(({private: key}) => key)].map(secret =>
		secret.reveal(),
	);
	state.write('answers.yaml', answers);
	state.write('facts.json', JSON.stringify(testFacts));
	// A program that prints what it was given, in every place that is taken along.
	state.write(
		'journal.jsonl',
		`${JSON.stringify(begun)}\n${JSON.stringify({...begun, type: 'removed', kind: 'file', name: secrets.join('')})}\n`,
	);
	for (const run of ['r1', 'r2', 'r3', 'r4']) {
		mkdirSync(state.file('logs', run));
		writeFileSync(
			state.file('logs', run, 'events.jsonl'),
			`${JSON.stringify({time: begun.time, type: 'step-started', unit: 'raid:nas'})}\n${JSON.stringify({said: secrets})}\n`,
		);
		writeFileSync(
			state.file('logs', run, 'raid-nas.log'),
			`| mdadm: array started\n| ${secrets.join('\n| ')}\n${foreignKey}\nafterwards\n`,
		);
	}

	process.chdir(work);
	const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
	const code = await support({stateDir: state.path, json: true}, new AbortController().signal);
	said = write.mock.calls.map(([text]) => String(text)).join('');
	write.mockRestore();
	process.chdir(before);
	expect(code).toBe(0);
	file = (JSON.parse(said) as {file: string}).file;
	execFileSync('tar', ['-C', work, '-xzf', file]);
});
afterAll(() => {
	process.chdir(before);
	rmSync(folder, {recursive: true});
});

/** All files of the bundle by their path in it. */
function contents(): Map<string, string> {
	const root = join(
		work,
		readdirSync(work).find(name => !name.endsWith('.gz'))!,
	);
	const names = readdirSync(root, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name));
	return new Map(names.map(name => [name.slice(root.length + 1), readFileSync(name, 'utf8')]));
}

test('it is written where the user is, for the user alone', () => {
	expect(file).toMatch(new RegExp(`^${work}/cluster-wizard-shop-\\d{8}T\\d{6}\\.tar\\.gz$`));
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(readdirSync(work)).toHaveLength(2);
});

test('machine-readable output says nothing else', () => {
	expect(said.trim().split('\n')).toHaveLength(1);
});

test('versions, answers, events and the logs of the newest runs are in it', () => {
	const found = contents();
	expect([...found.keys()].sort()).toEqual([
		'answers.yaml',
		'cluster.json',
		'facts.json',
		'journal.jsonl',
		...['r2', 'r3', 'r4'].flatMap(run => [`logs/${run}/events.jsonl`, `logs/${run}/raid-nas.log`]),
		'versions.txt',
	]);
	expect(found.get('versions.txt')).toContain(`cluster-wizard ${version}\nnode ${process.version}\n`);
	expect(found.get('answers.yaml')).toBe(answers);
	expect(found.get('journal.jsonl')).toContain(JSON.stringify(begun));
	expect(found.get('logs/r4/events.jsonl')).toContain('"unit":"raid:nas"');
	expect(found.get('logs/r4/raid-nas.log')).toMatch(/^\| mdadm: array started\n[\s\S]*\*\*\*\nafterwards\n$/);
});

test("no secret is in it: neither a key of ours nor what looks like anybody's", () => {
	const all = [...contents().values()].join('\n');
	const lines = secrets
		.flatMap(secret => secret.split('\n'))
		.filter(line => line.length >= 12 && !line.startsWith('-----'));
	expect(lines.length).toBeGreaterThan(10);
	expect(lines.filter(line => all.includes(line))).toEqual([]);
	expect(all).not.toContain('AAAAsomebodysownkey');
	expect(all).not.toContain('PRIVATE KEY');
	expect(said).not.toContain('keys/');
});

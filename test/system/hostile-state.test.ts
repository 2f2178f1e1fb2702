import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
	chmodSync,
	chownSync,
	closeSync,
	cpSync,
	existsSync,
	ftruncateSync,
	linkSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {inventoryOf} from '../../source/cluster/inventory.ts';
import {assetPath} from '../../source/assets.ts';
import {down} from '../../source/commands/down.ts';
import {script} from '../../source/commands/script.ts';
import {beginState, openSession} from '../../source/session/session.ts';
import {status} from '../../source/commands/status.ts';
import {support} from '../../source/commands/support.ts';
import {up} from '../../source/commands/up.ts';
import {UserError} from '../../source/user-error.ts';
import {random} from '../e2e/program.ts';

/** How many hostile directories are made; each meets five commands. */
const count = Number(process.env['CASES'] ?? 500);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

/** A text that stands nowhere but outside of the state directory. */
const canary = 'CANARY-4f1c9e';

/** A user who may be on the machine. Only its number is used. */
const somebody = 1000;

let folder: string;
let model: string;
let outside: string;
const cwd = process.cwd();

beforeAll(async () => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'hostile-')));
	model = join(folder, 'model');
	await makeModel(join(model, 'state'));
});
afterAll(() => {
	process.chdir(cwd);
	vi.restoreAllMocks();
	rmSync(folder, {recursive: true, force: true});
});

test(`${count} hostile state directories, seed ${seed}: nothing outside changes, and nothing of it is shown`, async () => {
	const next = random(seed);
	const ends = new Map<string, number>();
	for (let index = 0; index < count; index++) {
		const place = join(folder, 'case');
		const [root, work] = [join(place, 'root'), join(place, 'work')];
		outside = join(place, 'outside');
		mkdirSync(work, {recursive: true});
		makeOutside();
		cpSync(model, root, {recursive: true, preserveTimestamps: true, verbatimSymlinks: true});
		const done = spoil(join(root, 'state'), next);
		const before = fingerprint(outside);
		process.chdir(work);
		for (const [name, command] of commands(join(root, 'state'))) {
			const {end, text} = await run(command);
			ends.set(`${name}: ${end}`, (ends.get(`${name}: ${end}`) ?? 0) + 1);
			const where = `case ${index} of seed ${seed}, ${name}, after: ${done.join('; ')}`;
			expect(end, `${where}\n${text}`).not.toMatch(/^crash/);
			expect(text.includes(canary), where).toBe(false);
			expect(fingerprint(outside), where).toEqual(before);
		}

		for (const bundle of readdirSync(work)) {
			expect(
				execFileSync('tar', ['-xzOf', join(work, bundle)], {maxBuffer: 2 ** 28}).includes(canary),
				`case ${index} of seed ${seed}: ${bundle}`,
			).toBe(false);
		}

		process.chdir(folder);
		rmSync(place, {recursive: true});
	}

	// Each command has both refused and worked, or the cases say nothing.
	for (const name of ['up', 'status', 'script', 'support', 'down --yes']) {
		const found = [...ends.keys()].filter(key => key.startsWith(`${name}: `));
		expect(found.length, `${name}: ${found.join(', ')}`).toBeGreaterThan(1);
	}
}, 1_200_000);

type Command = () => Promise<number>;

function commands(stateDir: string): Array<[string, Command]> {
	const options = {stateDir, cacheDir: join(folder, 'no-cache'), language: 'en'};
	const {signal} = new AbortController();
	return [
		// Nobody can be asked here, which declines; on a cluster that is begun nothing is asked, and it is interrupted at once.
		['up', async () => up({...options, sandbox: true}, AbortSignal.abort())],
		['status', async () => status(options, signal)],
		['script', async () => script(options)],
		['support', async () => support(options, signal)],
		['down --yes', async () => down({...options, yes: true}, signal)],
	];
}

async function run(command: Command): Promise<{end: string; text: string}> {
	const said: string[] = [];
	const spies = [process.stdout, process.stderr].map(stream =>
		vi.spyOn(stream, 'write').mockImplementation(text => {
			said.push(String(text));
			return true;
		}),
	);
	let end: string;
	try {
		end = `exit ${await command()}`;
	} catch (error) {
		end = error instanceof UserError ? `exit ${error.exitCode}` : `crash ${(error as Error).stack}`;
		said.push((error as Error).message);
	}

	for (const spy of spies) {
		spy.mockRestore();
	}

	return {end, text: said.join('')};
}

/** A cluster in a sandbox as it is after a build: every kind of file that the program keeps. */
async function makeModel(stateDir: string): Promise<void> {
	mkdirSync(dirname(stateDir));
	const options = {stateDir, cacheDir: join(folder, 'no-cache'), sandbox: true, language: 'en'};
	beginState(await openSession(options, {save: false}));
	const {state, journal, facts, cluster} = await openSession(options, {save: true});
	state.create('reports', 'sandbox');
	journal.append({type: 'run-started', run: 'r1', command: 'cluster-wizard up', version: '0', pid: 1});
	journal.append({type: 'step-finished', run: 'r1', unit: 'raid:nas', status: 'changed', duration: 1});
	for (const resource of [
		{kind: 'image', name: 'bookworm-web-0123456789ab.img'},
		{kind: 'sandbox', name: 'sandbox'},
	] as const) {
		journal.append({type: 'intent', run: 'r1', resource: {...resource, place: 'machine'}});
	}

	state.write('inventory.json', JSON.stringify(inventoryOf(cluster)));
	state.write('acceleration', 'tcg because\n');
	state.write('installed-packages', 'siege\nslirp4netns\n');
	state.write('reports/measurements.json', JSON.stringify({version: '0', at: facts.detectedAt, drills: [], load: []}));
	for (const program of ['control', 'holder', 'host']) {
		cpSync(assetPath(`sandbox/${program}`), join(stateDir, 'sandbox', program));
	}

	writeFileSync(join(stateDir, 'lock'), '{}', {mode: 0o600});
	mkdirSync(join(stateDir, 'logs', '20260101T000000-0001'), {mode: 0o700});
	for (const log of ['raid-nas.log', 'events.jsonl']) {
		writeFileSync(join(stateDir, 'logs', '20260101T000000-0001', log), '{}\n', {mode: 0o600});
	}
}

/** Files and folders that must stay as they are, whatever links lead to them. */
function makeOutside(): void {
	mkdirSync(join(outside, 'etc', 'deep'), {recursive: true, mode: 0o755});
	for (const [name, mode, uid] of [
		['etc/shadow', 0o640, 0],
		['etc/deep/key', 0o600, somebody],
		['etc/wizard', 0o644, 0],
		['etc/events.jsonl', 0o666, somebody],
	] as const) {
		writeFileSync(join(outside, name), `${canary} ${name}\n`);
		chmodSync(join(outside, name), mode);
		chownSync(join(outside, name), uid, uid);
	}
}

/** Type, owner, mode, size, time and content of everything below a folder. */
function fingerprint(root: string): string[] {
	return ['', ...readdirSync(root, {recursive: true}).map(String).sort()].map(name => {
		const path = join(root, name);
		const {mode, uid, gid, size, mtimeMs} = lstatSync(path);
		const content = lstatSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
		return [name, mode.toString(8), uid, gid, size, mtimeMs, content].join(' ');
	});
}

/** Undefined for what is not a folder, or is missing. */
function realpathOf(path: string): string | undefined {
	try {
		return statSync(path).isDirectory() ? realpathSync(path) : undefined;
	} catch {
		return undefined;
	}
}

/** Changes one to three entries of a state directory, or the directory itself. Returns what was done. */
function spoil(state: string, next: () => number): string[] {
	const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)]!;
	const names = readdirSync(state, {recursive: true}).map(String).sort();
	const asides = [
		'keys/authkey.new',
		'keys/wizard.new',
		'answers.yaml.new',
		'facts.json.new',
		'ssh_config.new',
		'lock',
		'added-groups',
		'reports/report-20260101T000000.html',
		'content',
		'installed-packages.part',
	];
	const files = readdirSync(join(outside, 'etc'))
		.map(name => join(outside, 'etc', name))
		.filter(path => lstatSync(path).isFile());
	const replace = (path: string, make: () => void) => {
		rmSync(path, {recursive: true, force: true});
		make();
	};

	const changes: Readonly<Record<string, (path: string) => void>> = {
		'link to a file': path => replace(path, () => symlinkSync(pick(files), path)),
		'link to a folder': path =>
			replace(path, () => symlinkSync(pick([join(outside, 'etc'), join(outside, 'etc', 'deep'), outside]), path)),
		'dangling link': path => replace(path, () => symlinkSync(join(outside, 'etc', 'made-by-root'), path)),
		'relative link upwards': path => replace(path, () => symlinkSync('../../outside/etc/shadow', path)),
		'hard link': path =>
			replace(path, () => {
				linkSync(pick(files), path);
			}),
		FIFO: path => replace(path, () => execFileSync('mkfifo', [path])),
		folder: path => replace(path, () => mkdirSync(path)),
		'foreign program': path =>
			replace(path, () => {
				writeFileSync(path, `#!/bin/sh\necho run >> ${join(outside, 'etc', 'run-as-root')}\n`);
				chownSync(path, somebody, somebody);
				chmodSync(path, 0o755);
			}),
		'empty file': path => replace(path, () => writeFileSync(path, '')),
		noise: path =>
			replace(path, () => writeFileSync(path, Buffer.from(Array.from({length: 300}, () => Math.floor(next() * 256))))),
		'JSON null': path => replace(path, () => writeFileSync(path, 'null\n')),
		'huge file': path =>
			replace(path, () => {
				const file = openSync(path, 'w', 0o600);
				ftruncateSync(file, 2 ** 32);
				closeSync(file);
			}),
		truncated: path =>
			lstatSync(path, {throwIfNoEntry: false})?.isFile()
				? truncateSync(path, Math.floor(next() * lstatSync(path).size))
				: undefined,
		'another owner': path => (existsSync(path) ? chownSync(path, somebody, somebody) : undefined),
		writable: path => (existsSync(path) ? chmodSync(path, 0o777) : undefined),
		swapped: path => {
			const other = join(state, pick(names));
			if (existsSync(path) && existsSync(other) && !path.startsWith(other) && !other.startsWith(path)) {
				renameSync(path, `${state}-aside`);
				renameSync(other, path);
				renameSync(`${state}-aside`, other);
			}
		},
		gone: path => rmSync(path, {recursive: true, force: true}),
		'foreign files beside it': path =>
			existsSync(dirname(path)) ? writeFileSync(`${path}-foreign`, 'mine') : undefined,
	};
	const wholes: Readonly<Record<string, () => void>> = {
		'the directory is a link': () => replace(state, () => symlinkSync(join(outside, 'etc'), state)),
		"the directory is somebody's": () => chownSync(state, somebody, somebody),
		'the directory can be written': () => chmodSync(state, 0o777),
		'its parent can be written': () => chmodSync(dirname(state), 0o777),
		"its parent is somebody's": () => chownSync(dirname(state), somebody, somebody),
		"its parent is a link of somebody's": () => {
			renameSync(dirname(state), `${dirname(state)}-real`);
			symlinkSync('root-real', dirname(state));
			execFileSync('chown', ['-h', String(somebody), dirname(state)]);
		},
	};

	const done: string[] = [];
	const number = 1 + Math.floor(next() * 3);
	for (let change = 0; change < number; change++) {
		const name = pick([...names, ...asides]);
		// An earlier change may have put something else in the folder's place.
		if (realpathOf(dirname(join(state, name))) !== dirname(join(state, name))) {
			continue;
		}

		const kind = pick(Object.keys(changes));
		changes[kind]!(join(state, name));
		done.push(`${name}: ${kind}`);
	}

	if (next() < 0.1) {
		const kind = pick(Object.keys(wholes));
		wholes[kind]!();
		done.push(kind);
	}

	return done;
}

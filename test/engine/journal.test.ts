import {execFileSync, spawn} from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, it, test} from 'vitest';
import {JournalFailed} from '../../source/engine/failure.ts';
import {Journal} from '../../source/engine/journal.ts';
import {lineLimit, parseJournal} from '../../source/engine/journal-entry.ts';
import {bundle} from '../pty/bundle.ts';

let path: string;
beforeEach(() => {
	path = join(mkdtempSync(join(tmpdir(), 'cluster-wizard-test-')), 'journal.jsonl');
});

afterEach(() => {
	rmSync(dirname(path), {recursive: true});
});

const uuid = '00000000-0000-8000-8000-000000000001';
const time = '2026-01-02T10:00:00.000Z';
const intent = (name: string) =>
	({type: 'intent', run: 'r', resource: {kind: 'machine', name, uuid, place: 'host'}}) as const;
const line = (entry: object) => `${JSON.stringify({time, ...entry})}\n`;
const names = (journal: Journal) => journal.owned().map(({name}) => name);

describe('Journal', () => {
	it('gives back what was written, to another process too', () => {
		new Journal(path).append(intent('NFS'));
		expect(new Journal(path).entries).toMatchObject([intent('NFS')]);
	});

	it('knows what is ours: what was intended and not removed since, each once', () => {
		const journal = new Journal(path);
		for (const entry of [
			intent('A'),
			intent('B'),
			intent('A'),
			{type: 'removed', kind: 'machine', name: 'B'} as const,
		]) {
			journal.append(entry);
		}

		expect(names(journal)).toEqual(['A']);
	});

	it.each([
		['failed', false],
		['interrupted', false],
		['ok', true],
		['changed', true],
	] as const)('a unit that ended %s is done: %s', (status, done) => {
		const journal = new Journal(path);
		journal.append({type: 'step-finished', run: 'r', unit: 'raid:nas', status, duration: 1});
		expect(journal.isDone('raid:nas')).toBe(done);
	});

	it('knows a run that did not come to its end', () => {
		const journal = new Journal(path);
		journal.append({type: 'run-started', run: 'r1', command: 'up', version: '1', pid: 1});
		expect(journal.interruptedRun()).toMatchObject({run: 'r1'});
		journal.append({type: 'run-finished', run: 'r1', status: 'ok', duration: 1});
		expect(journal.interruptedRun()).toBeUndefined();
	});

	it.each([
		[['started 2'], ['2']],
		[['started 2', 'restored 2'], []],
		[['started 2', 'broken 2'], ['2']],
		[
			['started 2', 'broken 2', 'started 4', 'restored 4', 'started nfs'],
			['2', 'nfs'],
		],
		[['started 2', 'broken 2', 'started 2', 'restored 2'], []],
	])('of drills that %j, %j may still be there', (events, open) => {
		const journal = new Journal(path);
		for (const [what, drill = ''] of events.map(event => event.split(' '))) {
			journal.append(
				what === 'started'
					? {type: 'drill-started', run: 'r', drill}
					: {type: 'drill-ended', run: 'r', drill, restored: what === 'restored'},
			);
		}

		expect(new Journal(path).openDrills()).toEqual(open);
	});

	it('is private', () => {
		new Journal(path).append(intent('NFS'));
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);
	});

	it('says so when it cannot be written', () => {
		expect(() => {
			new Journal('/nowhere/journal.jsonl').append(intent('NFS'));
		}).toThrow(JournalFailed);
	});

	it('writes nothing that it could not read again', () => {
		const journal = new Journal(path);
		expect(() => {
			journal.append(intent('../etc'));
		}).toThrow();
		expect(() => {
			journal.append({type: 'run-started', run: 'r', command: 'x'.repeat(lineLimit), version: '1', pid: 1});
		}).toThrow(TypeError);
		expect(existsSync(path)).toBe(false);
	});
});

describe('a last line that was cut off', () => {
	const torn = '{"type":"intent","run"';

	it.each([
		['behind entries', line(intent('NFS')) + torn],
		['alone', torn],
		['longer than the repair reads at once', line(intent('NFS')) + torn + 'x'.repeat(200_000)],
		['cut in the middle of a letter', `${line(intent('NFS'))}"\u00C3`],
	])('%s: reading leaves it alone, the repair drops it', (_, text) => {
		writeFileSync(path, text, 'latin1');
		const journal = new Journal(path);
		expect(journal.problems).toEqual([]);
		expect(readFileSync(path, 'latin1')).toBe(text);
		journal.repair();
		expect(readFileSync(path, 'latin1')).toBe(text.slice(0, text.lastIndexOf('\n') + 1));
		journal.append(intent('MASTER'));
		expect(new Journal(path)).toMatchObject({problems: [], entries: journal.entries});
		expect(names(new Journal(path)).at(-1)).toBe('MASTER');
	});

	it('is never joined with the next entry, even without a repair', () => {
		writeFileSync(path, line(intent('NFS')) + torn);
		const journal = new Journal(path);
		journal.append(intent('MASTER'));
		journal.append(intent('STANDBY'));
		expect(names(new Journal(path))).toEqual(['NFS', 'MASTER', 'STANDBY']);
		expect(new Journal(path).problems).toMatchObject([{line: 2}]);
	});

	it('a repair changes nothing else and makes no file', () => {
		new Journal(path).repair();
		expect(existsSync(path)).toBe(false);
		writeFileSync(path, line(intent('NFS')));
		const {mtimeNs} = statSync(path, {bigint: true});
		new Journal(path).repair();
		expect(statSync(path, {bigint: true}).mtimeNs).toBe(mtimeNs);
	});

	it('a repair sees what was written since the journal was opened', () => {
		const journal = new Journal(path);
		new Journal(path).append(intent('NFS'));
		journal.repair();
		expect(names(journal)).toEqual(['NFS']);
	});
});

describe('a line that cannot be read', () => {
	const finished = {type: 'step-finished', run: 'r', unit: 'raid:nas', status: 'ok', duration: 1};
	it.each<[string, string, string]>([
		['no JSON', 'rm -rf /', 'not JSON'],
		['half a line', '{"type":"intent","run"', 'not JSON'],
		['zeros, as a crash leaves them', '\0'.repeat(100), 'not JSON'],
		['null', 'null', 'not an entry'],
		['a number', '1', 'not an entry'],
		['a list', '[]', 'not an entry'],
		['no type', line({}), 'not an entry'],
		['an unknown type', line({type: 'exec', command: 'id'}), 'not an entry'],
		['a type from the prototype', line({type: 'constructor'}), 'not an entry'],
		['no time', JSON.stringify(finished), 'time'],
		['a time that is none', line({...finished, time: 'now\u001B[31m'}), 'time'],
		['a unit that is a path', line({...finished, unit: '../../etc/passwd'}), 'unit'],
		['a run that is a path', line({...finished, run: '..'}), 'run'],
		['an unknown status', line({...finished, status: 'done\u001B[31m'}), 'status'],
		['a duration that is text', line({...finished, duration: '1'}), 'duration'],
		['a resource that is missing', line({type: 'intent', run: 'r'}), 'resource'],
		[
			'a resource of an unknown kind',
			line({type: 'intent', run: 'r', resource: {kind: 'file', name: '/etc/passwd', place: 'machine'}}),
			'resource.kind',
		],
		[
			'a resource with a path',
			line({type: 'intent', run: 'r', resource: {kind: 'disk', name: '../../etc/passwd', place: 'machine'}}),
			'resource.name',
		],
		[
			'a resource with a command',
			line({type: 'intent', run: 'r', resource: {...intent('NFS').resource, 'remove\u001B[31m': 'id'}}),
			'resource',
		],
		[
			'too long',
			line({type: 'run-started', run: 'r', command: 'x'.repeat(lineLimit), version: '1', pid: 1}),
			'longer than 65536',
		],
		['deeply nested', '['.repeat(60_000), 'not JSON'],
	])('%s: is named, and the others are used', (_, broken, reason) => {
		const text = line(intent('NFS')) + `${broken.trimEnd()}\n` + line(intent('MASTER'));
		const {entries, problems} = parseJournal(text);
		expect(entries).toMatchObject([intent('NFS'), intent('MASTER')]);
		expect(problems).toMatchObject([
			{line: 2, reason: {en: expect.stringContaining(reason) as string, es: expect.any(String) as string}},
		]);
		expect(JSON.stringify(problems)).not.toContain('u001b');
	});

	it('blank lines are none', () => {
		expect(parseJournal(`\n${line(intent('NFS'))}\n`)).toMatchObject({entries: [intent('NFS')], problems: []});
	});
});

describe('a file that is no journal', () => {
	const canary = () => join(dirname(path), 'canary');
	it.each<[string, () => void]>([
		[
			'a link',
			() => {
				writeFileSync(canary(), line(intent('NFS')));
				symlinkSync(canary(), path);
			},
		],
		[
			'a link to nothing',
			() => {
				symlinkSync(canary(), path);
			},
		],
		[
			'a folder',
			() => {
				mkdirSync(path);
			},
		],
		[
			'a pipe',
			() => {
				execFileSync('mkfifo', [path]);
			},
		],
		[
			'a device',
			() => {
				symlinkSync('/dev/zero', path);
			},
		],
	])('%s is not read, not written, and named', (_, make) => {
		make();
		const before = existsSync(canary()) && readFileSync(canary(), 'utf8');
		const journal = new Journal(path);
		expect(journal).toMatchObject({
			entries: [],
			problems: [{reason: {en: expect.stringContaining('not a regular file') as string}}],
		});
		journal.repair();
		expect(() => {
			journal.append(intent('MASTER'));
		}).toThrow(JournalFailed);
		expect(existsSync(canary()) && readFileSync(canary(), 'utf8')).toBe(before);
	});

	it('one of endless size is read in part', () => {
		writeFileSync(path, line(intent('NFS')));
		truncateSync(path, 2 ** 40);
		expect(new Journal(path)).toMatchObject({
			entries: [intent('NFS')],
			problems: [{reason: {en: expect.stringContaining('larger than 64 MiB') as string}}],
		});
	});
});

test('none of 3000 entries is lost while another process reads', async () => {
	const programs = await bundle('test/engine/journal-writer.ts');
	try {
		const child = spawn(process.execPath, [programs.file('journal-writer'), path, '3000'], {stdio: 'inherit'});
		let code: number | null | undefined;
		child.once('exit', ended => {
			code = ended;
		});
		let reads = 0;
		while (code === undefined) {
			const journal = new Journal(path);
			expect(journal.problems).toEqual([]);
			expect(journal.entries.at(-1) ?? {pid: 0}).toMatchObject({pid: journal.entries.length});
			reads++;
			await nextTurn();
		}

		expect(code).toBe(0);
		expect(reads).toBeGreaterThan(0);
		expect(new Journal(path).entries).toHaveLength(3000);
	} finally {
		programs.remove();
	}
}, 120_000);

test('the last stop or start of the cluster that came to its end', () => {
	const journal = new Journal(path);
	expect(journal.lastPower()).toBeUndefined();
	journal.append({type: 'stopped', run: 'r1'});
	expect(new Journal(path).lastPower()).toMatchObject({type: 'stopped', run: 'r1'});
	journal.append({type: 'run-started', run: 'r2', command: 'up', version: '1', pid: 1});
	expect(new Journal(path).lastPower()).toMatchObject({type: 'stopped'});
	journal.append({type: 'started', run: 'r3'});
	expect(new Journal(path).lastPower()).toMatchObject({type: 'started', run: 'r3'});
});

test('generated journals: every line is an entry or a problem, and nothing is thrown', context => {
	const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
	const random = randomFrom(seed);
	const lines = [
		line(intent('NFS')),
		line({type: 'removed', kind: 'machine', name: 'NFS'}),
		line({type: 'drill-started', run: 'r', drill: '2-crash'}),
	].map(text => text.trimEnd());
	for (let round = 0; round < 2000; round++) {
		const text = lines.map(good => mutate(good, random)).filter(changed => changed !== '' && !changed.includes('\n'));
		const {entries, problems} = parseJournal(`${text.join('\n')}\n`);
		expect(entries.length + problems.length, `SEED=${seed} ${context.task.name} ${JSON.stringify(text)}`).toBe(
			text.length,
		);
		expect(JSON.stringify(problems), `SEED=${seed}`).not.toMatch(/\\u00|\u001B/);
	}
});

/** Takes a part away, doubles it or puts something foreign in its place. */
function mutate(text: string, random: (below: number) => number): string {
	const from = random(text.length);
	const to = from + random(20);
	const foreign = [
		'',
		text.slice(from, to).repeat(2),
		'\u001B[31m',
		'\0',
		'"',
		'{',
		'../',
		'/etc',
		'null',
		'-x',
		'é',
		'9'.repeat(400),
	];
	return random(4) === 0 ? text : text.slice(0, from) + foreign[random(foreign.length)] + text.slice(to);
}

/** A linear congruential generator: the same numbers for the same seed. */
function randomFrom(seed: number): (below: number) => number {
	let state = seed;
	return below => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

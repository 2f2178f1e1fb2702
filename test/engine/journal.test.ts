import {appendFileSync, mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {Journal, JournalFailed} from '../../source/engine/journal.ts';

let path: string;
beforeEach(() => {
	path = join(mkdtempSync(join(tmpdir(), 'cluster-wizard-test-')), 'journal.jsonl');
});

afterEach(() => {
	rmSync(dirname(path), {recursive: true});
});

const intent = (name: string) => ({type: 'intent', run: 'r', owned: {kind: 'machine', name, place: 'host', remove: `virsh undefine ${name}`, gone: `! virsh dominfo ${name}`}}) as const;

describe('Journal', () => {
	it('gives back what was written, to another process too', () => {
		new Journal(path).append(intent('NFS'));
		expect(new Journal(path).entries).toMatchObject([intent('NFS')]);
	});

	it('drops a last line that was cut off, and goes on after it', () => {
		const journal = new Journal(path);
		journal.append(intent('NFS'));
		appendFileSync(path, '{"type":"intent","run"');
		const again = new Journal(path);
		again.append(intent('MASTER'));
		expect(new Journal(path).owned().map(({name}) => name)).toEqual(['NFS', 'MASTER']);
	});

	it('knows what is ours: what was intended and not removed since, each once', () => {
		const journal = new Journal(path);
		for (const entry of [intent('A'), intent('B'), intent('A'), {type: 'removed', kind: 'machine', name: 'B'} as const]) {
			journal.append(entry);
		}

		expect(journal.owned().map(({name}) => name)).toEqual(['A']);
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
		[['started 2', 'broken 2', 'started 4', 'restored 4', 'started nfs'], ['2', 'nfs']],
		[['started 2', 'broken 2', 'started 2', 'restored 2'], []],
	])('of drills that %j, %j may still be there', (events, open) => {
		const journal = new Journal(path);
		for (const [what, drill = ''] of events.map(event => event.split(' '))) {
			journal.append(what === 'started' ? {type: 'drill-started', run: 'r', drill} : {type: 'drill-ended', run: 'r', drill, restored: what === 'restored'});
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
});

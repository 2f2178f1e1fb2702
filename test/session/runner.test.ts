import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {changesOf} from '../../source/planning/plan-changes.ts';
import {runStage} from '../../source/session/runner.ts';
import {openSession, type Session} from '../../source/session/session.ts';
import type {Event} from '../../source/engine/event.ts';
import {Journal} from '../../source/engine/journal.ts';
import {wasUnchangedSince} from '../../source/engine/written-digests.ts';
import {beginCache} from '../../source/state/cache.ts';
import {file} from '../../source/tasks/file.ts';
import {testFacts} from '../cluster-fixture.ts';
import {unit} from '../engine/running.ts';
import {begunState} from '../state-fixture.ts';

/** Real runs of one unit on this machine, which writes a file of the test. */
let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'runner-'));
	path = join(folder, 'hosts');
	begunState(join(folder, 'state'));
	beginCache(join(folder, 'cache'));
	writeFileSync(join(folder, 'state', 'facts.json'), JSON.stringify(testFacts), {mode: 0o600});
	vi.stubEnv('SUDO_UID', '');
});
afterEach(() => {
	vi.unstubAllEnvs();
	rmSync(folder, {recursive: true});
});

async function go(session: Session, content: string, dryRun: boolean) {
	const {username: owner} = userInfo();
	const plan = [unit('names', [file(path, content, {owner})])];
	const events: Event[] = [];
	const result = await runStage(
		{...session, plan},
		{
			run: 'r1',
			command: 'up',
			stage: 3,
			dryRun,
			signal: new AbortController().signal,
			reporters: [{report: event => events.push(event)}],
		},
	);
	expect(result.get('names')!.error).toBeUndefined();
	const journal = new Journal(session.journal.path);
	return changesOf(events, {
		cluster: session.cluster,
		plan,
		language: 'en',
		owned: [],
		isDone: id => journal.isDone(id),
		wasWritten: wasUnchangedSince(journal.entries),
		leaving: [],
	});
}

test('what a run wrote is known to the plan that follows it', async () => {
	const session = await openSession({stateDir: join(folder, 'state'), cacheDir: join(folder, 'cache')}, {save: true});
	await go(session, 'ours\n', false);
	expect(await go(session, 'ours\n', true)).toEqual([]);
	expect(await go(session, 'ours, changed\n', true)).toEqual([expect.not.objectContaining({isByHand: true})]);
	writeFileSync(path, 'theirs\n');
	expect(await go(session, 'ours\n', true)).toMatchObject([
		{what: path, isByHand: true, difference: {lines: expect.arrayContaining(['-theirs', '+ours'])}},
	]);
	// By hand and by new answers: the diff shows both, and which line came from whom is not known.
	expect(await go(session, 'ours, changed\n', true)).toEqual([expect.not.objectContaining({isByHand: true})]);
	await go(session, 'ours, changed\n', false);
	expect(readFileSync(path, 'utf8')).toBe('ours, changed\n');
	expect(await go(session, 'ours, changed\n', true)).toEqual([]);
});

import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {openBackend} from '../../source/wizard/wizard.ts';
import {startJob} from '../../source/wizard/job.ts';
import {invokingUser} from '../../source/state/owner.ts';
import {preferencesFile} from '../../source/state/preferences.ts';
import {testFacts} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';

vi.mock('../../source/wizard/job.ts', () => ({startJob: vi.fn()}));
vi.mock('../../source/executable.ts', async original => ({
	...(await original<object>()),
	programCommand: (words: readonly string[]) => words,
}));

const folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-backend-'));
beforeAll(() => {
	// What is remembered between sessions is not this user's.
	vi.stubEnv('XDG_CONFIG_HOME', folder);
});
afterAll(() => {
	vi.unstubAllEnvs();
	rmSync(folder, {recursive: true, force: true});
});

test.each([
	[true, ['--sandbox']],
	[false, []],
])('a part of the building goes where the user chose: sandbox %s', async (sandbox, words) => {
	const stateDir = join(folder, 'state');
	const backend = openBackend({stateDir, language: 'en'});
	await backend.overview();
	backend.choosePlace(sandbox);
	await backend.overview();
	const handlers = {onEvent() {}, onQuestion() {}, onText() {}};
	backend.start('up', ['--only', 'packages'], handlers);
	backend.close();
	expect(vi.mocked(startJob)).toHaveBeenLastCalledWith(
		['up', '--state-dir', stateDir, ...words, '--language', 'en', '--json', '--yes', '--only', 'packages'],
		handlers,
	);
});

test('a cluster that was removed elsewhere, with all that was remembered, leaves nothing behind', async () => {
	const stateDir = join(folder, 'removed');
	begunState(stateDir).write('facts.json', JSON.stringify(testFacts));
	const backend = openBackend({stateDir, cacheDir: join(folder, 'cache'), language: 'en'});
	expect(await backend.overview()).toMatchObject({isBegun: true});
	const remembered = preferencesFile(invokingUser());
	expect(existsSync(remembered)).toBe(true);
	for (const path of [stateDir, dirname(remembered)]) {
		rmSync(path, {recursive: true});
	}

	expect(await backend.overview()).toMatchObject({isBegun: false});
	expect(existsSync(remembered)).toBe(false);
	backend.close();
});

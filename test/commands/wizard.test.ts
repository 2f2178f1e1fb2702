import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {openBackend} from '../../source/commands/wizard.ts';
import {startJob} from '../../source/commands/wizard-job.ts';

vi.mock('../../source/commands/wizard-job.ts', () => ({startJob: vi.fn()}));
vi.mock('../../source/executable.ts', async original => ({...await original<object>(), programWords: (words: readonly string[]) => words}));

const folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-backend-'));
beforeAll(() => {
	// What is remembered between sessions is not this user's.
	vi.stubEnv('XDG_CONFIG_HOME', folder);
});
afterAll(() => {
	vi.unstubAllEnvs();
	rmSync(folder, {recursive: true, force: true});
});

test.each([[true, ['--sandbox']], [false, []]])('a part of the building goes where the user chose: sandbox %s', async (sandbox, words) => {
	const stateDir = join(folder, 'state');
	const backend = openBackend({stateDir, language: 'en'});
	await backend.overview();
	backend.choosePlace(sandbox);
	await backend.overview();
	const handlers = {onEvent() {}, onQuestion() {}, onText() {}};
	backend.start('up', ['--only', 'packages'], handlers);
	backend.close();
	expect(vi.mocked(startJob)).toHaveBeenLastCalledWith(['up', '--state-dir', stateDir, ...words, '--language', 'en', '--json', '--yes', '--only', 'packages'], handlers);
});

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {open} from '../../source/commands/open.ts';
import {testFacts} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';

let folder: string;
let stateDir: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'open-'));
	stateDir = join(folder, 'state');
	const state = begunState(stateDir);
	state.write('facts.json', JSON.stringify(testFacts));
	state.write('journal.jsonl', '');
});
afterEach(() => {
	rmSync(folder, {recursive: true});
});

test.each(['abc', '', ' ', '99999', '-1', '80.5', 'NaN'])('the port %j is refused with one sentence', async port => {
	await expect(open({stateDir, port, language: 'en'}, new AbortController().signal)).rejects.toMatchObject({
		exitCode: 2,
		message: expect.stringContaining('--port') as string,
	});
});

test('a sandbox that does not run is said, and nothing keeps listening', async () => {
	const before = process.getActiveResourcesInfo().filter(name => name.includes('Server')).length;
	await expect(open({stateDir, language: 'en'}, new AbortController().signal)).rejects.toMatchObject({
		exitCode: 1,
		message: expect.stringContaining(' start') as string,
	});
	expect(process.getActiveResourcesInfo().filter(name => name.includes('Server'))).toHaveLength(before);
});

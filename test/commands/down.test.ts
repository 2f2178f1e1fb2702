import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test, vi} from 'vitest';
import {down} from '../../source/commands/down.ts';
import {openSession} from '../../source/session/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'down-'));
afterAll(() => {
	vi.restoreAllMocks();
	rmSync(folder, {recursive: true});
});

test.each([
	[false, 'en', 'keys, answers, progress, logs, and the copies of files that were changed by hand, in'],
	[true, 'en', 'keys, answers, progress, logs, reports, and the copies of files that were changed by hand, in'],
	[true, 'es', 'claves, respuestas, progreso, registros, informes y las copias de los ficheros cambiados a mano, en'],
] as const)(
	'the list names everything in the state directory that goes, purge: %s (%s)',
	async (purge, language, line) => {
		const stateDir = join(folder, `${purge}-${language}`);
		const options = {stateDir, cacheDir: join(folder, 'cache'), sandbox: true, language};
		const {journal} = await openSession(options, {save: true});
		journal.append({type: 'run-started', run: 'r1', command: 'up', version: '1', pid: 1});
		const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
		// Nobody can be asked here: it ends before anything is removed.
		await expect(down({...options, purge}, new AbortController().signal)).rejects.toMatchObject({
			exitCode: expect.any(Number) as number,
		});
		const text = write.mock.calls.map(([text]) => String(text)).join('');
		write.mockRestore();
		expect(text.split('\n')).toContain(`  ${line} ${stateDir}`);
	},
);

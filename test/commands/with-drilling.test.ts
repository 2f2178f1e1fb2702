import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {withDrillSession} from '../../source/drilling/drill-session.ts';
import {printResult} from '../../source/session/print.ts';
import {openSession} from '../../source/session/session.ts';
import {Interrupted, TaskFailed} from '../../source/engine/failure.ts';
import {UserError} from '../../source/user-error.ts';

let folder: string;
let told: {stdout: string; stderr: string};
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'drilling-'));
	told = {stdout: '', stderr: ''};
	for (const name of ['stdout', 'stderr'] as const) {
		vi.spyOn(process[name], 'write').mockImplementation(text => {
			told[name] += String(text);
			return true;
		});
	}
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
	rmSync(folder, {recursive: true});
});

const failure = new TaskFailed({
	attempted: 'Start Apache',
	command: 'systemctl start apache2',
	exit: 1,
	lines: ['failed'],
	advice: 'Look at its log.',
});

async function drill(work: () => Promise<number>, json: boolean): Promise<number> {
	const session = await openSession(
		{stateDir: join(folder, 'state'), cacheDir: join(folder, 'cache'), language: 'en', json},
		{save: false},
	);
	return withDrillSession(session, 'cluster-wizard move standby', new AbortController().signal, work);
}

test.each<[string, () => Promise<number>, code: number, status: string, said: RegExp]>([
	['ends well', async () => 0, 0, 'ok', /^$/],
	['does not hold', async () => 4, 4, 'failed', /^$/],
	[
		'is interrupted',
		async () => Promise.reject(new Interrupted()),
		130,
		'interrupted',
		/^Interrupted\. Go on with: cluster-wizard move standby\n$/,
	],
	[
		'fails',
		async () => Promise.reject(failure),
		1,
		'failed',
		/Start Apache\n(.*\n)*.* {4}systemctl start apache2\n(.*\n)*.*Look at its log\./,
	],
])('a command that %s: exit code, sentence, and one end for programs', async (_, work, code, status, said) => {
	for (const json of [false, true]) {
		told = {stdout: '', stderr: ''};
		expect(await drill(work, json)).toBe(code);
		expect(told.stderr).toMatch(said);
		const lines = told.stdout
			.split('\n')
			.filter(Boolean)
			.map(line => JSON.parse(line) as unknown);
		expect(lines).toEqual(json ? [expect.objectContaining({type: 'run-finished', status})] : []);
	}
});

test('an error of the user is told by others, and programs are told the end as well', async () => {
	await expect(drill(async () => Promise.reject(new UserError('vips-nowhere', 'Nowhere.')), true)).rejects.toThrow(
		'Nowhere.',
	);
	expect(JSON.parse(told.stdout)).toMatchObject({type: 'run-finished', status: 'failed'});
});

test.each([
	[{}, 'stdout'],
	[{json: true}, 'stderr'],
] as const)('sentences are broken for the terminal (%j), and commands are not', (options, stream) => {
	const columns = Object.getOwnPropertyDescriptor(process[stream], 'columns');
	Object.defineProperty(process[stream], 'columns', {value: 40, configurable: true});
	try {
		printResult(
			'  A sentence that is longer than the terminal is wide\n    a command that is longer than the terminal is wide',
			options,
		);
	} finally {
		Object.defineProperty(process[stream], 'columns', columns ?? {value: undefined, configurable: true});
	}

	expect(told[stream]).toBe(
		'  A sentence that is longer than the\n    terminal is wide\n    a command that is longer than the terminal is wide\n',
	);
});

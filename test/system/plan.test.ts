import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {lockFolder} from '../../source/cluster/lock-folder.ts';
import {plan, type PlanOptions} from '../../source/commands/plan.ts';
import {locksFolder} from '../../source/engine/trip-script.ts';

let folder: string;
let output: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'plan-'));
	writeFileSync(join(folder, 'answers.yaml'), 'name: shop-of-a-test\n');
	vi.stubEnv('SUDO_UID', '');
	output = '';
	vi.spyOn(process.stdout, 'write').mockImplementation(text => {
		output += String(text);
		return true;
	});
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
	rmSync(locks(), {recursive: true, force: true});
	rmSync(folder, {recursive: true});
});

const locks = () =>
	join(
		locksFolder,
		lockFolder({name: 'shop-of-a-test', paths: {state: join(folder, 'state'), cache: '', disks: '', sshConfig: ''}}),
	);

/** The plan of a sandbox that is not there, alone: nothing of this machine decides what comes out. */
const planned = async (more: Partial<PlanOptions>) =>
	plan(
		{
			answers: join(folder, 'answers.yaml'),
			stateDir: join(folder, 'state'),
			cacheDir: join(folder, 'cache'),
			sandbox: true,
			only: 'sandbox',
			language: 'en',
			color: false,
			...more,
		},
		new AbortController().signal,
	);

test.each([
	[{}, 0],
	[{detailedExitcode: true}, 2],
] as const)('what would be made, with %j: exit code %i', async (options, code) => {
	expect(await planned(options)).toBe(code);
	expect(output.split('\n')).toEqual(
		expect.arrayContaining([
			`+ sandbox ${join(folder, 'state', 'sandbox')}`,
			expect.stringMatching(/^~ Start the sandbox and its libvirt: /),
			'Plan: 1 to add, 1 to change, 0 to remove.',
		]),
	);
	expect(existsSync(join(folder, 'state'))).toBe(false);
	// A cluster that was never begun leaves no locks, which no other command would remove.
	expect(existsSync(locks())).toBe(false);
});

test('as data: events, changes, and what they come to', async () => {
	expect(await planned({json: true})).toBe(0);
	const lines = output
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as {type: string});
	expect([...new Set(lines.map(({type}) => type))]).toEqual([
		'step-started',
		'task-finished',
		'step-finished',
		'plan-change',
		'plan-finished',
	]);
	expect(lines.find(({type}) => type === 'plan-change')).toEqual({
		time: expect.stringMatching(/Z$/) as string,
		type: 'plan-change',
		action: 'add',
		what: `sandbox ${join(folder, 'state', 'sandbox')}`,
		places: [],
		tasks: [{unit: 'sandbox', index: 0}],
	});
	expect(lines.at(-1)).toMatchObject({
		type: 'plan-finished',
		add: 1,
		change: 1,
		remove: 0,
		unknown: 0,
		failed: 0,
		isHostUnfit: false,
		seconds: expect.any(Number) as number,
		asks: [expect.stringContaining('will be built in a sandbox of its own') as string],
	});
});

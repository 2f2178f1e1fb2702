import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {inventoryOf} from '../../source/cluster/inventory.ts';
import {plan, type PlanOptions} from '../../source/commands/plan.ts';
import {openSession} from '../../source/session/session.ts';
import {up} from '../../source/commands/up.ts';
import {beginCache} from '../../source/state/cache.ts';
import {testFacts} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';

/** A cluster in a sandbox that was built, and does not run. */
let folder: string;
let state: string;
let output: string;
const {signal} = new AbortController();
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'plan-'));
	state = join(folder, 'state');
	begunState(state, {name: 'shop-of-a-test'});
	beginCache(join(folder, 'cache'));
	put('answers.yaml', 'name: shop-of-a-test\n');
	put('facts.json', JSON.stringify(testFacts));
	vi.stubEnv('SUDO_UID', '');
	const {cluster} = await openSession({stateDir: state, cacheDir: join(folder, 'cache')}, {save: true});
	put('inventory.json', JSON.stringify(inventoryOf(cluster)));
	put(
		'journal.jsonl',
		`${JSON.stringify({time: '2026-01-02T10:00:00.000Z', type: 'intent', run: 'r', resource: {kind: 'machine', name: 'NFS', uuid: '12345678-1234-8234-8234-123456789abc', place: 'host', node: 'nas'}})}\n`,
	);
	output = '';
	vi.spyOn(process.stdout, 'write').mockImplementation(text => {
		output += String(text);
		return true;
	});
	vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
	rmSync(folder, {recursive: true});
});

function put(name: string, text: string): void {
	mkdirSync(state, {recursive: true});
	writeFileSync(join(state, name), text, {mode: 0o600});
}

/** Options with new answers. */
function options(answers: string, more: Partial<PlanOptions> = {}): PlanOptions {
	writeFileSync(join(folder, 'answers.yaml'), `name: shop-of-a-test\n${answers}`);
	return {
		answers: join(folder, 'answers.yaml'),
		stateDir: state,
		cacheDir: join(folder, 'cache'),
		language: 'en',
		...more,
	};
}

describe('what up refuses, plan refuses as well, with all reasons', () => {
	const refused = 'raid: {level: 5}\nvip: {internal: 10.0.10.201}\n';
	const reasons = [
		'raid.level cannot change from 6 to 5',
		'vip.internal cannot change from 10.0.10.200 to 10.0.10.201',
		'cannot be changed on a cluster that is already built',
	];

	test('answers for a cluster that is there', async () => {
		const files = readdirSync(state).sort();
		const error: unknown = await plan(options(refused), signal).catch((error: unknown) => error);
		expect(error).toMatchObject({exitCode: 2});
		for (const reason of reasons) {
			expect(String(error)).toContain(reason);
		}

		expect(output).toBe('');
		expect(readdirSync(state).sort()).toEqual(files);
		// The same words.
		const told: unknown = await up({...options(refused), yes: true}, signal).catch((error: unknown) => error);
		expect(String(told).replace(/^UserError: /, '')).toContain(String(error).replace(/^UserError: /, ''));
	});

	test('as JSON', async () => {
		await expect(plan(options(refused, {json: true}), signal)).rejects.toMatchObject({exitCode: 2});
		expect(
			output
				.trim()
				.split('\n')
				.map(line => JSON.parse(line) as unknown),
		).toEqual([
			expect.objectContaining({type: 'plan-refused', key: 'vip.internal', built: '10.0.10.200', wanted: '10.0.10.201'}),
			expect.objectContaining({type: 'plan-refused', key: 'raid.level', built: '6', wanted: '5'}),
		]);
	});

	test('with 1 where 2 means changes', async () => {
		await expect(plan(options(refused, {detailedExitcode: true}), signal)).rejects.toMatchObject({exitCode: 1});
		await expect(plan(options('web: {count: 0}\n', {detailedExitcode: true}), signal)).rejects.toMatchObject({
			exitCode: 1,
		});
	});

	test('a public range is allowed, with a warning from both', async () => {
		const written = vi.mocked(process.stderr.write);
		const warning = 'WARNING: 8.8.8.0/24 (networks.internal.cidr) is a public range';
		const answers = options('networks: {internal: {cidr: 8.8.8.0/24}}\nvip: {internal: 8.8.8.200}\n', {
			stateDir: join(folder, 'new'),
			sandbox: true,
			only: 'host',
		});
		expect(await plan(answers, signal)).toBe(0);
		expect(written.mock.calls.join('')).toContain(warning);
		written.mockClear();
		// Nobody can be asked here: it ends before anything is made.
		await expect(up(answers, signal)).rejects.toMatchObject({exitCode: 2});
		expect(written.mock.calls.join('')).toContain(warning);
	});

	test('a step that there is not', async () => {
		await expect(plan(options('', {only: 'apach'}), signal)).rejects.toMatchObject({
			exitCode: 2,
			message: expect.stringContaining('There is no step "apach"'),
		});
	});

	test.each(['plain', 'json'] as const)(
		'a host that does not fit: 3, with every reason, and no word of nothing to change (%s)',
		async kind => {
			expect(
				await plan(
					options('web: {count: 2, memory: 900G}\n', {
						json: kind === 'json',
						stateDir: join(folder, 'new'),
						sandbox: true,
						detailedExitcode: true,
					}),
					signal,
				),
			).toBe(3);
			expect(output).toMatch(/GiB are needed \([\d.]+ for 5 machines/);
			if (kind === 'plain') {
				expect(output).toContain('This computer does not fit, so `up` would change nothing:');
				expect(output).toMatch(/^[✖X] [\d.]+ GiB of memory for/m);
				expect(output).not.toMatch(/Nothing has to be changed|Plan: |up. asks/);
			} else {
				expect(JSON.parse(output.trim().split('\n').at(-1)!)).toMatchObject({
					type: 'plan-finished',
					isHostUnfit: true,
					add: 0,
					change: 0,
					remove: 0,
					asks: [],
				});
			}
		},
	);
});

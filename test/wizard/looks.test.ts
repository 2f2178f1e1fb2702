import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {watchRequests, watchStatus, type StartLook} from '../../source/wizard/looks.ts';

beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
});
afterEach(() => {
	vi.useRealTimers();
});

/** A command that a test speaks for. */
function fakeLook() {
	let onText: (line: string) => void = () => {};
	let onEnd: (code: number) => void = () => {};
	const seen = {started: 0, stopped: 0};
	const look: StartLook = listener => {
		seen.started++;
		onText = listener;
		return {
			ended: new Promise(resolve => {
				onEnd = resolve;
			}),
			answer() {},
			stop() {
				seen.stopped++;
				onEnd(130);
			},
		};
	};

	return {
		look,
		seen,
		say: (...lines: unknown[]) => {
			for (const line of lines) {
				onText(typeof line === 'string' ? line : JSON.stringify(line));
			}
		},
		end: async () => {
			onEnd(1);
			await vi.advanceTimersByTimeAsync(0);
		},
	};
}

const health = {kind: 'health', state: 'ok', line: 'OK: the page answers', troubles: []};
const node = (name: string) => ({kind: 'node', name, role: 'web', machine: 'running', addresses: [], reachable: true});

test('a round of the status replaces the one before', async () => {
	const rounds: string[][] = [];
	const {look, say} = fakeLook();
	const end = watchStatus(look, rows => {
		rounds.push(rows.map(row => ('name' in row ? row.name : row.kind)));
	});
	say('a sentence', health, node('nas'), node('master'));
	await new Promise(setImmediate);
	say(health, node('nas'));
	await new Promise(setImmediate);
	expect(rounds).toEqual([
		['health', 'nas', 'master'],
		['health', 'nas'],
	]);
	end();
});

test('of the probe only requests are told', () => {
	const told: unknown[] = [];
	const {look, say} = fakeLook();
	const end = watchRequests(look, request => told.push(request));
	say(
		{type: 'began', interval: 1000},
		{type: 'request', at: 0, late: 0, latency: 3, outcome: 'refused'},
		{type: 'held', kind: 'download'},
		'ssh: no route',
	);
	expect(told).toEqual([{type: 'request', at: 0, late: 0, latency: 3, outcome: 'refused'}]);
	end();
});

test('a command that ends is started again after a while, until nobody looks any more', async () => {
	const {look, seen, end: endIt} = fakeLook();
	const stop = watchRequests(look, () => {});
	await endIt();
	expect(seen.started).toBe(1);
	await vi.advanceTimersByTimeAsync(4000);
	expect(seen.started).toBe(2);
	stop();
	await vi.advanceTimersByTimeAsync(60_000);
	expect(seen).toEqual({started: 2, stopped: 1});
});

test('a look that ends says why: its last sentence, or its exit code', async () => {
	const failed: string[] = [];
	const {look, say, end: endIt} = fakeLook();
	const stop = watchStatus(
		look,
		() => {},
		reason => {
			failed.push(reason);
		},
	);
	say(health, 'There is no cluster "web" here yet.');
	await endIt();
	await vi.advanceTimersByTimeAsync(4000);
	await endIt();
	stop();
	expect(failed).toEqual(['There is no cluster "web" here yet.', 'status: 1']);
});

import {setTimeout as delay} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {monotonic} from '../../source/measure/clock.ts';
import {clientImpact} from '../../source/measure/client-impact.ts';
import {sendDelay, probe, probeSettings} from '../../source/measure/probe.ts';
import {outcomeOf, request} from '../../source/measure/request.ts';
import type {Outcome, ProbeRecord, ProbeRequest} from '../../source/measure/result.ts';
import {testCluster} from '../cluster-fixture.ts';
import {LyingServer, type Lie} from './lying-server.ts';

const interval = 40;

/** A machine that has other things to do holds up the server, the client and the clock between them: such a measurement is repeated. */
const measurement = {retry: 8};

/** Probes a server; `course` does things to it meanwhile and is told the time in the record. */
async function probed(
	server: LyingServer,
	course: (now: () => number) => Promise<void>,
	{limit = 400} = {},
): Promise<ProbeRecord> {
	const ended = new AbortController();
	const origin = monotonic();
	const running = probe({
		...probeSettings(testCluster(), {interval}),
		address: '127.0.0.1',
		port: server.port,
		limit,
		origin,
		signal: ended.signal,
		director: () => 'master',
	});
	await course(() => monotonic() - origin);
	ended.abort();
	return running;
}

/** One interval, and what this process was kept from measuring. */
function within({requests}: ProbeRecord): number {
	return interval + 10 + Math.max(...requests.map(({late}) => late));
}

const outages: ReadonlyArray<[what: string, outcome: Outcome, begin: (server: LyingServer) => void]> = [
	[
		'refuses',
		'refused',
		server => {
			server.refuse();
		},
	],
	[
		'resets',
		'reset',
		server => {
			server.lie = 'reset';
		},
	],
	[
		'hangs',
		'timeout',
		server => {
			server.lie = 'hang';
		},
	],
	[
		'gives wrong content',
		'wrong-content',
		server => {
			server.lie = 'not-found';
		},
	],
];

test.concurrent.for(outages)(
	'of a server that %s for a while the outage is right within one interval',
	measurement,
	async ([, outcome, begin], context) => {
		const server = await LyingServer.start(context);
		let from = 0;
		let to = 0;
		const record = await probed(server, async now => {
			await delay(500);
			begin(server);
			from = now();
			await delay(900);
			server.lie = 'answer';
			if (outcome === 'refused') {
				await server.listen();
			}

			to = now();
			await delay(500);
		});
		const {outage, lost, affected} = clientImpact(record.requests);
		const tolerance = within(record);
		expect(Math.abs(outage!.from - from)).toBeLessThanOrEqual(tolerance);
		expect(Math.abs(outage!.to! - to)).toBeLessThanOrEqual(tolerance);
		expect(Math.abs(affected - to)).toBeLessThanOrEqual(tolerance);
		expect(Math.abs(lost - (to - from) / interval)).toBeLessThanOrEqual(tolerance / interval + 1);
		expect(outage!.lost).toBe(lost);
		expect(
			new Set(
				record.requests.filter(({at}) => at > from + tolerance && at < to - tolerance).map(({outcome}) => outcome),
			),
		).toEqual(new Set([outcome]));
		expect(
			new Set(
				record.requests.filter(({at}) => at < from - tolerance || at > to + tolerance).map(({outcome}) => outcome),
			),
		).toEqual(new Set(['answered']));
	},
);

test.concurrent('a server that delays does not delay the next request', measurement, async context => {
	const server = await LyingServer.start(context);
	server.lie = {delay: 300};
	const record = await probed(server, async () => {
		await delay(1000);
	});
	const {requests} = record;
	expect(requests.map(({at}) => at)).toEqual(requests.map((_, index) => index * interval));
	expect(Math.abs(requests.length - 1000 / interval)).toBeLessThanOrEqual(within(record) / interval);
	for (const {latency, outcome} of requests) {
		expect(outcome).toBe('answered');
		expect(latency).toBeGreaterThanOrEqual(299);
	}

	const {longestLatency, lost, servers, directors} = clientImpact(requests);
	expect(longestLatency).toBeLessThanOrEqual(300 + 2 * within(record));
	expect(lost).toBe(0);
	expect(Object.keys(servers).sort()).toEqual(['server1', 'server2', 'server3']);
	expect(Math.max(...Object.values(servers)) - Math.min(...Object.values(servers))).toBeLessThanOrEqual(1);
	expect(directors).toEqual({master: requests.length});
	// Each came on a connection of its own, when the record says.
	expect(server.connections).toHaveLength(requests.length);
});

test(
	'a probe that is kept from sending keeps its schedule, says how late it was, and is void',
	measurement,
	async context => {
		const server = await LyingServer.start(context);
		const record = await probed(server, async () => {
			await delay(200);
			const until = monotonic() + 400;
			while (monotonic() < until) {
				// Nothing else runs.
			}

			await delay(200);
		});
		expect(record.requests.map(({at}) => at)).toEqual(record.requests.map((_, index) => index * interval));
		expect(Math.max(...record.requests.map(({late}) => late))).toBeGreaterThan(350);
		expect(record.isVoid).toBe(true);
		expect(record.lateness).toBeGreaterThan(interval);
	},
);

describe('lateness', () => {
	const late = (...values: number[]): ProbeRequest[] =>
		values.map((late, index) => ({at: index * 50, late, latency: 1, outcome: 'answered'}));

	test.each([
		['nothing was sent', [], {lateness: 0, isVoid: true}],
		['in time', [0, 1, 2, 1, 0], {lateness: 1.8, isVoid: false}],
		['one interval', [50, 50, 50], {lateness: 50, isVoid: false}],
		['more than one', [50, 51, 51], {lateness: 51, isVoid: true}],
		['one of a hundred', [...Array.from({length: 99}, () => 1), 4000], {lateness: 1, isVoid: false}],
		['one of ten', [...Array.from({length: 9}, () => 0), 1000], {lateness: 550, isVoid: true}],
	])('%s', (_, values, expected) => {
		expect(sendDelay(late(...values), 50)).toEqual(expected);
	});
});

const answers: ReadonlyArray<[Lie, Awaited<ReturnType<typeof request>>]> = [
	['answer', {outcome: 'answered', server: 'server1'}],
	['sorry', {outcome: 'sorry'}],
	['half', {outcome: 'reset'}],
	['half-reset', {outcome: 'reset'}],
	['not-http', {outcome: 'wrong-content'}],
	['not-found', {outcome: 'wrong-content', server: 'server1', status: 404}],
	['nameless', {outcome: 'wrong-content'}],
	['stranger', {outcome: 'wrong-content'}],
	['other-address', {outcome: 'wrong-content', server: 'server1'}],
	['source', {outcome: 'wrong-content', server: 'server1'}],
	['endless', {outcome: 'wrong-content', server: 'server1'}],
	['endless-head', {outcome: 'wrong-content'}],
];

test.for(answers)('an answer: %s', async ([lie, expected], context) => {
	const server = await LyingServer.start(context);
	server.lie = lie;
	expect(await request({...probeSettings(testCluster()), address: '127.0.0.1', port: server.port})).toEqual(expected);
});

test('of an answer without an end, little more than 1 MiB is taken', async context => {
	const server = await LyingServer.start(context);
	server.lie = 'endless';
	await Promise.all(
		Array.from({length: 4}, async () =>
			request({...probeSettings(testCluster()), limit: 20_000, address: '127.0.0.1', port: server.port}),
		),
	);
	// The sockets' own buffers on both sides hold some MiB more.
	expect(server.flooded).toBeLessThan(4 * 2 ** 24);
	const own = probeSettings(testCluster({}, {content: {kind: 'own', archive: '', size: 1, digest: ''}}));
	expect(await request({...own, limit: 20_000, address: '127.0.0.1', port: server.port})).toMatchObject({
		outcome: 'answered',
	});
});

test("of pages of one's own only the server's name is known, and the first may send one elsewhere", () => {
	const {judge, path} = probeSettings(testCluster({}, {content: {kind: 'own', archive: '', digest: '', size: 0}}));
	expect(path).toBe('/');
	expect(judge({status: 200, servedBy: 'server2', body: 'Hello'})).toEqual({outcome: 'answered', server: 'server2'});
	expect(judge({status: 302, servedBy: 'server2', body: ''})).toEqual({outcome: 'answered', server: 'server2'});
	expect(judge({status: 403, servedBy: 'server2', body: ''})).toEqual({
		outcome: 'wrong-content',
		server: 'server2',
		status: 403,
	});
	expect(judge({status: 200, body: 'Hello'})).toEqual({outcome: 'wrong-content'});
});

test.each([
	['ECONNREFUSED', 'refused'],
	['ECONNRESET', 'reset'],
	['EPIPE', 'reset'],
	['ETIMEDOUT', 'timeout'],
	['EHOSTUNREACH', 'unreachable'],
	['ENETUNREACH', 'unreachable'],
	['HPE_INVALID_CONSTANT', 'wrong-content'],
] as const)('the error %s is %s', (code, outcome) => {
	expect(outcomeOf(Object.assign(new Error(code), {code}))).toBe(outcome);
});

test('emulated machines are asked more rarely and given more time', () => {
	expect(probeSettings(testCluster())).toMatchObject({
		address: '192.168.1.200',
		path: '/index.php',
		interval: 50,
		limit: 2000,
	});
	expect(probeSettings(testCluster({}, {acceleration: 'tcg'}))).toMatchObject({interval: 250, limit: 5000});
});

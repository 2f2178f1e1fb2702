import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as delay} from 'node:timers/promises';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {monotonic} from '../../source/measure/clock.ts';
import {startProbe} from '../../source/measure/probe-process.ts';
import {testCluster} from '../cluster-fixture.ts';
import {bundle} from '../pty/bundle.ts';
import {LyingServer} from './lying-server.ts';

let programs: Awaited<ReturnType<typeof bundle>>;

beforeAll(async () => {
	programs = await bundle('test/measure/probe-program.ts');
});

afterAll(() => {
	programs.remove();
});

const program = (server: LyingServer) => [process.execPath, programs.file('probe-program'), String(server.port)];

// Whoever has no processor at all is late: where others have them all for a moment, it is tried again.
test('a probe in a process of its own is not late when this one is busy', {retry: 2}, async context => {
	const server = await LyingServer.start(context);
	const seen: number[] = [];
	const probe = await startProbe(testCluster(), {
		interval: 50,
		program: program(server),
		onRequest: ({at}) => seen.push(at),
	});
	await delay(300);
	const before = probe.now();
	const until = monotonic() + 600;
	while (monotonic() < until) {
		// This process is busy; the server in it as well, so answers take long.
	}

	const after = probe.now();
	await delay(300);
	const record = await probe.stop();
	const during = record.requests.filter(({at, late}) => at + late > before + 50 && at + late < after);
	expect(during.length).toBeGreaterThanOrEqual(10);
	expect(Math.max(...during.map(({latency}) => latency))).toBeGreaterThan(300);
	expect(record.isVoid).toBe(false);
	expect(record).toMatchObject({interval: 50, limit: 2000});
	expect(Math.abs(Date.now() - Date.parse(record.began) - probe.now())).toBeLessThan(100);
	expect(seen.toSorted((one, other) => one - other)).toEqual(record.requests.map(({at}) => at));
	expect(record.requests).toHaveLength(server.connections.length);
	// Once more gives the same.
	expect(await probe.stop()).toEqual(record);
});

test('a program that is killed takes its probe with it', async context => {
	const server = await LyingServer.start(context);
	const parent = spawn(process.execPath, [...program(server).slice(1), 'start'], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	await once(parent.stdout, 'data');
	await delay(200);
	parent.kill('SIGKILL');
	await once(parent, 'exit');
	await delay(500);
	const known = server.connections.length;
	expect(known).toBeGreaterThan(3);
	await delay(500);
	expect(server.connections).toHaveLength(known);
});

test('a probe that cannot begin says why', async () => {
	await expect(
		startProbe(testCluster(), {program: ['sh', '-c', 'echo "no such cluster" >&2; exit 2']}),
	).rejects.toMatchObject({name: 'UserError', message: 'no such cluster'});
	await expect(startProbe(testCluster(), {program: ['/nonexistent/program']})).rejects.toMatchObject({
		name: 'UserError',
		message: expect.stringContaining('ENOENT') as string,
	});
});

test('the record of a probe that ended by itself is void', async () => {
	const lines = [
		{type: 'began', began: '2026-01-01T00:00:00.000Z', origin: monotonic(), interval: 50, limit: 2000},
		{type: 'request', at: 0, late: 0, latency: 3, outcome: 'answered', server: 'server1'},
	].map(line => JSON.stringify(line));
	const probe = await startProbe(testCluster(), {
		program: ['sh', '-c', `echo '${lines.join('\n')}'; printf '{"type":"requ'`],
	});
	await delay(200);
	const record = await probe.stop();
	expect(record).toMatchObject({isVoid: true, lateness: 0, requests: [{at: 0, server: 'server1'}]});
});

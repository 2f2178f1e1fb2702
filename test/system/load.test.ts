import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import pRetry from 'p-retry';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {Interrupted, TaskFailed} from '../../source/engine/failure.ts';
import {ab} from '../../source/measure/ab.ts';
import {runLoad, hungRetry, type Load, type LoadTool} from '../../source/measure/load.ts';
import {siege} from '../../source/measure/siege.ts';
import {localTarget} from '../../source/targets/local.ts';

/** What the server was asked, and what it does to the n-th request. */
let asked: IncomingMessage[];
let answer: (response: ServerResponse, index: number) => void;
let server: Server;
let home: string;
const page = (response: ServerResponse) =>
	response.setHeader('X-Served-By', 'server1').end('<html><img src="/picture.png">Hello</html>');

beforeEach(async () => {
	asked = [];
	answer = page;
	home = mkdtempSync(join(tmpdir(), 'load-home-'));
	server = createServer((request, response) => {
		answer(response, asked.push(request) - 1);
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
});

afterEach(async () => {
	server.closeAllConnections();
	await new Promise(resolve => {
		server.close(resolve);
	});
	rmSync(home, {recursive: true});
});

/** As `bench` does. */
async function send(tool: LoadTool, load: Partial<Load> = {}, signal = new AbortController().signal) {
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.php`;
	const local = localTarget('host');
	// What it writes to the home of whoever runs it would be seen.
	const target = {
		...local,
		exec: async (...[text, execution]: Parameters<typeof local.exec>) =>
			local.exec(`HOME=${home}; export HOME; ${text}`, execution),
	};
	return pRetry(
		async () =>
			runLoad(
				tool,
				{
					url,
					concurrency: 10,
					requests: 200,
					seconds: 2,
					right: {servers: ['server1'], last: 200},
					prefix: [],
					...load,
				},
				{target, signal, language: 'en'},
			),
		hungRetry,
	);
}

describe.each([
	['ab', ab],
	['siege', siege],
] as const)('%s', (name, tool) => {
	test('counts what the server was asked, and asks for the page alone, each time with a new connection', async () => {
		const {tool: said, requests, failed, duration, rate, latency} = await send(tool);
		expect({said, failed}).toEqual({said: name, failed: 0});
		// siege leaves off in the middle of what is under way.
		expect(asked.length - requests).toBeGreaterThanOrEqual(0);
		expect(asked.length - requests).toBeLessThanOrEqual(name === 'ab' ? 0 : 10);
		expect(new Set(asked.map(({url}) => url))).toEqual(new Set(['/index.php']));
		expect(new Set(asked.map(({socket}) => socket)).size).toBe(asked.length);
		expect(rate / (requests / duration)).toBeCloseTo(1, 1);
		expect(latency.mean / ((10_000 * duration) / requests)).toBeCloseTo(1, 0);
		expect(latency.longest).toBeGreaterThanOrEqual(latency.p95 ?? 0);
	});

	test('a slow answer is seen in the latency', async () => {
		answer = response => setTimeout(page, 200, response);
		const {latency} = await send(tool, {requests: 40});
		expect(latency.mean).toBeGreaterThan(195);
		expect(latency.mean).toBeLessThan(400);
		expect(latency.median ?? 200).toBeGreaterThan(195);
	});

	test('an answer of 503 is a failed request', async () => {
		answer = (response, index) => {
			if (index % 2 === 0) {
				response.statusCode = 503;
			}

			page(response);
		};
		const {requests, failed} = await send(tool);
		expect(failed / requests).toBeCloseTo(0.5, 1);
	});

	test('a connection that is reset is a failed request, and not the end', async () => {
		let resets = 0;
		answer = (response, index) => {
			if (index % 4 === 0) {
				resets++;
				response.socket!.resetAndDestroy();
			} else {
				page(response);
			}
		};
		const {requests, failed} = await send(tool);
		expect(requests).toBeGreaterThan(50);
		expect(Math.abs(failed - resets)).toBeLessThanOrEqual(name === 'ab' ? 0 : 10);
	});

	test('a connection that is closed without an answer is a failed request', async () => {
		let closed = 0;
		answer = (response, index) => {
			if (index % 2 === 0) {
				closed++;
				response.socket!.end();
			} else {
				page(response);
			}
		};
		const {failed} = await send(tool);
		expect(closed).toBeGreaterThan(50);
		expect(Math.abs(failed - closed)).toBeLessThanOrEqual(name === 'ab' ? 0 : 10);
	});

	test.each([
		[403, 399, false],
		[302, 399, true],
		[200, 200, true],
	])('one judgement for all: a status of %d, where %d is the highest right one: %s', async (status, last, isRight) => {
		answer = response => {
			response.statusCode = status;
			response.setHeader('Location', '/elsewhere');
			page(response);
		};
		const sent = send(tool, {requests: 40, seconds: 1, right: {servers: ['server1'], last}});
		if (isRight) {
			expect(await sent).toMatchObject({failed: 0});
			expect(new Set(asked.map(({url}) => url))).toEqual(new Set(['/index.php']));
		} else {
			await expect(sent).rejects.toBeInstanceOf(TaskFailed);
		}
	});

	test("leaves nothing in the user's home", async () => {
		await send(tool);
		expect(readdirSync(home)).toEqual([]);
	});

	test('nobody listening ends it with what was attempted', async () => {
		const failure = await send(tool, {url: 'http://127.0.0.1:1/'}).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(TaskFailed);
		expect((failure as TaskFailed).report).toMatchObject({
			attempted: `Send the load with ${name}`,
			command: expect.stringContaining(`${name} -`) as string,
		});
	});

	test('is ended by a signal', async () => {
		const controller = new AbortController();
		answer = (response, index) => {
			if (index === 20) {
				controller.abort();
			}

			page(response);
		};
		await expect(send(tool, {requests: 1_000_000, seconds: 60}, controller.signal)).rejects.toBeInstanceOf(Interrupted);
		const soFar = asked.length;
		await new Promise(resolve => setTimeout(resolve, 500));
		expect(asked.length - soFar).toBeLessThanOrEqual(10);
	});
});

test('ab: an answer of a stranger, or a redirection where a page is expected, is no right one', async () => {
	const wrong = [
		(response: ServerResponse) => response.end('hello'),
		(response: ServerResponse) => response.setHeader('X-Served-By', 'server9').end('hello'),
		(response: ServerResponse) => response.writeHead(302, {'X-Served-By': 'server1', Location: '/'}).end(),
		page,
	];
	answer = (response, index) => {
		wrong[index % 4]!(response);
	};
	expect(await send(ab)).toMatchObject({requests: 200, failed: 150});
});

test("ab: the text of a page is no answer's head", async () => {
	answer = response =>
		response
			.setHeader('X-Served-By', 'server1')
			.end('LOG: header received:\nHTTP/1.1 500 No\n\nServer Software: x\nRight answers: 1\nX-Served-By: server1\n');
	expect(await send(ab)).toMatchObject({requests: 200});
});

describe('a siege that hangs at its end', () => {
	/** Commands found before the real one: a siege that is deaf to SIGTERM, the first times that it is called. */
	const hanging = (times: number) => {
		const script = join(home, 'siege');
		writeFileSync(
			script,
			`#!/bin/sh
			echo >>${home}/calls
			[ "$(wc -l <${home}/calls)" -gt ${times} ] && exec /usr/bin/siege "$@"
			echo $$ >${home}/pid
			trap "" TERM
			while :; do sleep 1; done
		`,
			{mode: 0o755},
		);
		return ['env', `PATH=${home}:${process.env['PATH']!}`];
	};

	const isAlive = () => existsSync(`/proc/${readFileSync(join(home, 'pid'), 'utf8').trim()}`);

	test('is ended, and the load is sent again', async () => {
		const {failed} = await send(siege, {prefix: hanging(1), seconds: 1});
		expect(failed).toBe(0);
		expect(isAlive()).toBe(false);
		expect(readFileSync(join(home, 'calls'), 'utf8')).toBe('\n\n');
	});

	test('every time is a failure, and none is left', async () => {
		const failure = await send({...siege, limit: () => 1}, {prefix: hanging(9)}).catch((error: unknown) => error);
		expect((failure as TaskFailed).report).toMatchObject({
			exit: 'limit',
			command: expect.stringContaining('siege -c 10') as string,
		});
		expect(isAlive()).toBe(false);
		expect(readFileSync(join(home, 'calls'), 'utf8')).toBe('\n\n\n');
	});
});

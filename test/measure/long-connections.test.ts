import {once} from 'node:events';
import {createServer, type RequestListener, type Server} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {expect, test, type TestContext} from 'vitest';
import {monotonic} from '../../source/measure/clock.ts';
import type {OutageSpan} from '../../source/measure/client-impact.ts';
import {heldConnectionsIn, type HeldEvent} from '../../source/measure/long-connections.ts';
import {holdKeepAlive, type HoldOptions} from '../../source/measure/keep-alive.ts';
import {holdDownload} from '../../source/measure/slow-download.ts';
import type {HeldConnection} from '../../source/measure/result.ts';

/** `.` progress each second; c closed in order, x reset, t given up, a blank a second without anything. */
function events(text: string): HeldEvent[] {
	return [...text].flatMap((letter, index): HeldEvent[] => {
		const at = index * 1000;
		switch (letter) {
			case '.': {
				return [{kind: 'keep-alive', at, event: 'progress'}];
			}

			case 'c': {
				return [{kind: 'keep-alive', at, event: 'closed'}];
			}

			case ' ': {
				return [];
			}

			default: {
				return [{kind: 'keep-alive', at, event: 'lost', reason: letter === 'x' ? 'reset' : 'timeout'}];
			}
		}
	});
}

const table: ReadonlyArray<
	[what: string, text: string, span: OutageSpan, expected: Omit<HeldConnection, 'kind'> | undefined]
> = [
	['goes on', '..........', {from: 2500, to: 8000}, {survived: true, longestGap: 1000}],
	['goes on after a silence', '....       ...', {from: 2500, to: 13_000}, {survived: true, longestGap: 8000}],
	['is lost', '....  x...', {from: 2500, to: 8000}, {survived: false, longestGap: 4000, reason: 'reset'}],
	['is ended in order and opened again', '....c....', {from: 2500, to: 8000}, {survived: true, longestGap: 2000}],
	['was lost before and opened again', '..x....', {from: 3000, to: 6000}, {survived: true, longestGap: 1000}],
	['was lost before', '..x  ....', {from: 3000, to: 6000}, undefined],
	['was silent long before', '..          x...', {from: 9000, to: 15_000}, undefined],
	['is lost afterwards', '..........x', {from: 2500, to: 9000}, {survived: true, longestGap: 1000}],
	[
		'is silent at the end and lost later',
		'....          t',
		{from: 2500, to: 9500},
		{survived: false, longestGap: 11_000, reason: 'timeout'},
	],
	[
		'is silent at the end and goes on later',
		'....          .',
		{from: 2500, to: 9500},
		{survived: true, longestGap: 11_000},
	],
	[
		'is silent until nothing is known any more',
		'....                ',
		{from: 2500},
		{survived: false, longestGap: 17_000, reason: 'timeout'},
	],
	['is silent at the end, not for long', '....          t', {from: 2500, to: 5500}, {survived: true, longestGap: 2500}],
	['was never there', '          ', {from: 2500, to: 8000}, undefined],
];

test.each(table)('a connection that %s', (_, text, span, expected) => {
	expect(heldConnectionsIn(events(text), span, text.length * 1000)).toEqual(
		expected ? [{kind: 'keep-alive', ...expected}] : [],
	);
});

test('each kind has its own silences', () => {
	const downloads = events('.. ....').map(event => ({...event, kind: 'download' as const}));
	const all = [...events('.......'), ...downloads].sort((one, other) => one.at - other.at);
	expect(heldConnectionsIn(all, {from: 500, to: 5500}, 7000)).toEqual([
		{kind: 'keep-alive', survived: true, longestGap: 1000},
		{kind: 'download', survived: true, longestGap: 2000},
	]);
});

/** Holds a connection to a server for a while. */
async function held(
	{onTestFinished}: Pick<TestContext, 'onTestFinished'>,
	hold: typeof holdKeepAlive,
	listener: RequestListener,
	course: (server: Server, sockets: Set<Socket>) => Promise<void>,
	patience = 30_000,
): Promise<HeldEvent[]> {
	const server = createServer(listener).listen(0, '127.0.0.1');
	const sockets = new Set<Socket>();
	server.on('connection', socket => sockets.add(socket));
	await once(server, 'listening');
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const ended = new AbortController();
	const events: HeldEvent[] = [];
	const options: HoldOptions = {
		address: '127.0.0.1',
		port: (server.address() as AddressInfo).port,
		path: '/file',
		patience,
		origin: monotonic(),
		signal: ended.signal,
	};
	const holding = hold(options, event => events.push(event));
	await course(server, sockets);
	ended.abort();
	await holding;
	return events;
}

const words = (events: readonly HeldEvent[]) =>
	events
		.map(({event, reason}) => reason ?? event)
		.filter((word, index, all) => word !== 'progress' || all[index - 1] !== 'progress');

const answer: RequestListener = (_, response) => {
	response.end('page');
};

test.concurrent('one connection is kept alive, and each answer on it is known', async context => {
	let connections = 0;
	const events = await held(context, holdKeepAlive, answer, async (_, sockets) => {
		await delay(3500);
		connections = sockets.size;
	});
	expect(events.map(({event}) => event)).toEqual(['progress', 'progress', 'progress', 'progress']);
	expect(connections).toBe(1);
});

test.concurrent('a server that ends it after an answer, or between two, does so in order', async context => {
	let answers = 0;
	const events = await held(
		context,
		holdKeepAlive,
		(_, response) => {
			answers++;
			response.setHeader('Connection', answers === 1 ? 'close' : 'keep-alive').end('page');
		},
		async (_, sockets) => {
			await delay(1500);
			for (const socket of sockets) {
				socket.end();
			}

			await delay(1000);
		},
	);
	expect(words(events)).toEqual(['progress', 'closed', 'progress', 'closed', 'progress']);
});

test.concurrent('a server that cuts it between two answers, and one that cuts it in an answer', async context => {
	let answers = 0;
	const events = await held(
		context,
		holdKeepAlive,
		(request, response) => {
			answers++;
			if (answers === 4) {
				request.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
			} else {
				response.end('page');
			}
		},
		async (_, sockets) => {
			await delay(1500);
			for (const socket of sockets) {
				socket.resetAndDestroy();
			}

			await delay(3000);
		},
	);
	expect(words(events)).toEqual(['progress', 'reset', 'progress', 'reset', 'progress']);
	expect(heldConnectionsIn(events, {from: 1200, to: 1900}, 4500)).toMatchObject([{survived: false, reason: 'reset'}]);
});

test.concurrent(
	'an answer without an end is not read on, and a head that comes byte by byte is given up',
	async context => {
		let taken = 0;
		const endless: RequestListener = (_, response) => {
			const more = () => {
				taken += 65_536;
				response.write(Buffer.alloc(65_536), () => !response.destroyed && more());
			};

			more();
		};
		expect(
			words(
				await held(
					context,
					holdKeepAlive,
					(request, response) => {
						if (taken > 0) {
							endless(request, response);
						} else {
							taken = 1;
							response.end('page');
						}
					},
					async () => {
						await delay(1800);
					},
				),
			),
		).toEqual(['progress', 'wrong-content']);
		expect(taken).toBeLessThan(2 ** 24);

		let timer: NodeJS.Timeout | undefined;
		let gone = 0;
		await held(
			context,
			holdDownload,
			({socket}) => {
				socket.write('HTTP/1.0 200 OK\r\n');
				timer = setInterval(() => socket.write('x'), 50);
				socket.on('close', () => gone++);
			},
			async () => {
				await delay(1500);
				clearInterval(timer);
			},
			500,
		);
		expect(gone).toBeGreaterThanOrEqual(1);
	},
);

test.concurrent(
	'a server that does not answer any more is given up, and one that is away is no second loss',
	async context => {
		let answers = 0;
		const events = await held(
			context,
			holdKeepAlive,
			(_, response) => {
				answers++;
				if (answers < 2) {
					response.end('page');
				}
			},
			async server => {
				await delay(1500);
				server.close();
				await delay(3500);
			},
			700,
		);
		expect(words(events)).toEqual(['progress', 'timeout']);
	},
);

test.concurrent('a download is read slowly, and begins again when it has ended', async context => {
	const events = await held(
		context,
		holdDownload,
		(_, response) => {
			response.end(Buffer.alloc(150_000));
		},
		async () => {
			await delay(4000);
		},
	);
	expect(words(events).slice(0, 4)).toEqual(['progress', 'closed', 'progress', 'closed']);
	// 150 kB at 100 kB/s.
	expect(events.find(({event}) => event === 'closed')!.at).toBeGreaterThan(1300);
});

test.concurrent('a download that is cut, and a server that has no such file', async context => {
	let requests = 0;
	const events = await held(
		context,
		holdDownload,
		(_, response) => {
			requests++;
			if (requests === 2) {
				response.writeHead(404).end();
			} else {
				response.writeHead(200, {'Content-Length': 50_000_000}).write(Buffer.alloc(5_000_000));
			}
		},
		async (_, sockets) => {
			await delay(1500);
			for (const socket of sockets) {
				socket.resetAndDestroy();
			}

			await delay(4000);
		},
	);
	expect(words(events)).toEqual(['progress', 'reset', 'progress']);
	expect(heldConnectionsIn(events, {from: 1000, to: 5500}, 5500)).toMatchObject([
		{kind: 'download', survived: false, reason: 'reset'},
	]);
});

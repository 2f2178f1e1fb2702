import {once} from 'node:events';
import {createServer, type AddressInfo, type Server, type Socket} from 'node:net';
import type {TestContext} from 'vitest';
import {asset} from '../../source/assets.ts';
import {monotonic} from '../../source/measure/clock.ts';
import {testCluster} from '../cluster-fixture.ts';

/** What it does with a connection once it was asked for something. */
export type Lie =
	| 'answer'
	| 'hang'
	| 'reset'
	| 'half'
	| 'half-reset'
	| 'not-http'
	| 'not-found'
	| 'nameless'
	| 'stranger'
	| 'other-address'
	| 'source'
	| 'sorry'
	| 'endless'
	| 'endless-head'
	| {readonly delay: number};

const {webs} = testCluster();

/** A cluster's address on 127.0.0.1 that lies as it is told. Answers come from the test cluster's servers in turn. */
export class LyingServer {
	lie: Lie = 'answer';
	/** When each connection came, on the shared clock. */
	readonly connections: number[] = [];
	port = 0;
	/** Bytes of endless answers that clients took. */
	flooded = 0;
	#server: Server | undefined;
	#turn = 0;
	readonly #sockets = new Set<Socket>();

	/** For as long as the test runs. */
	static async start(context: Pick<TestContext, 'onTestFinished'>): Promise<LyingServer> {
		const server = new LyingServer();
		await server.listen();
		context.onTestFinished(() => {
			server.refuse();
			for (const socket of server.#sockets) {
				socket.destroy();
			}
		});
		return server;
	}

	/** Takes connections again, on the same port. */
	async listen(): Promise<void> {
		this.#server = createServer(socket => {
			this.#connect(socket);
		}).listen(this.port, '127.0.0.1');
		await once(this.#server, 'listening');
		this.port = (this.#server.address() as AddressInfo).port;
	}

	/** From now on connections are refused; those there are stay. */
	refuse(): void {
		this.#server?.close();
		this.#server = undefined;
	}

	#connect(socket: Socket): void {
		this.connections.push(monotonic());
		this.#sockets.add(socket);
		socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
		let head = '';
		socket.on('data', data => {
			head += data.toString('latin1');
			if (head.endsWith('\r\n\r\n')) {
				this.#serve(socket);
			}
		});
	}

	#serve(socket: Socket): void {
		const server = webs[this.#turn++ % webs.length]!;
		const right = page(`Soy el servidor ${server.internal}<br>\n`, {'X-Served-By': server.name});
		if (typeof this.lie === 'object') {
			setTimeout(() => socket.end(right), this.lie.delay);
			return;
		}

		const half = right.slice(0, -10);
		const lies: Record<Lie & string, () => void> = {
			answer: () => socket.end(right),
			hang() {},
			reset: () => socket.resetAndDestroy(),
			half: () => socket.end(half),
			'half-reset': () => socket.write(half, () => socket.resetAndDestroy()),
			'not-http': () => socket.end('220 mail.example ESMTP\r\n'),
			'not-found': () => socket.end(page('Not found', {'X-Served-By': server.name}, '404 Not Found')),
			nameless: () => socket.end(page(`Soy el servidor ${server.internal}<br>\n`, {})),
			stranger: () => socket.end(page(`Soy el servidor ${server.internal}<br>\n`, {'X-Served-By': 'stranger'})),
			'other-address': () => socket.end(page('Soy el servidor 10.0.10.99<br>\n', {'X-Served-By': server.name})),
			source: () =>
				socket.end(
					page('<?php echo "Soy el servidor " . $_SERVER[\'SERVER_ADDR\'] . "<br>"; ?>', {'X-Served-By': server.name}),
				),
			// The right page at first.
			endless: () => {
				socket.write(
					page(`Soy el servidor ${server.internal}<br>\n`, {'X-Served-By': server.name}).replace(
						/Content-Length: .*\r\n/,
						'',
					),
				);
				this.#flood(socket);
			},
			'endless-head': () => {
				socket.write('HTTP/1.1 200 OK\r\nX-Served-By: ');
				this.#flood(socket);
			},
			sorry: () => socket.end(`HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n${sorry}`),
		};
		lies[this.lie]();
	}

	/** As fast as it is read, until the client has enough. */
	#flood(socket: Socket): void {
		const chunk = Buffer.alloc(65_536, 'x');
		const more = () => {
			while (
				!socket.destroyed &&
				socket.write(chunk, () => {
					this.flooded += chunk.length;
				})
			) {
				// There is room for more.
			}
		};

		socket.on('drain', more);
		more();
	}
}

const sorry = asset('director/usr/local/share/cluster/sorry.html');

function page(body: string, headers: Readonly<Record<string, string>>, status = '200 OK'): string {
	const all = {...headers, 'Content-Type': 'text/html', 'Content-Length': body.length, Connection: 'close'};
	return `HTTP/1.1 ${status}\r\n${Object.entries(all)
		.map(([name, value]) => `${name}: ${value}\r\n`)
		.join('')}\r\n${body}`;
}

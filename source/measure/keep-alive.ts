import {Agent, get} from 'node:http';
import type {Socket} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {monotonic} from './clock.ts';
import type {HeldEvent} from './long-connections.ts';
import {longestAnswer, longestHead, outcomeOf, type Address} from './request.ts';
import type {Outcome} from './result.ts';

export interface HoldOptions extends Address {
	/** Milliseconds of silence after which a connection is given up; must exceed any outage that the connection can survive. */
	readonly patience: number;
	/** Start of the probe on the shared clock (`monotonic()`). */
	readonly origin: number;
	readonly signal: AbortSignal;
}

/** Milliseconds from one request to the next. */
export const requestInterval = 1000;

/**
 * Holds one connection and requests a page on it every second, as a browser does. A close by the server between two
 * answers (Apache closes after 100 requests, or after 5 s without one) is reported as `closed`, not as `lost`. Reopens the
 * connection in both cases.
 */
export async function holdKeepAlive(options: HoldOptions, report: (event: HeldEvent) => void): Promise<void> {
	const {origin, signal} = options;
	const agent = new Agent({keepAlive: true, maxSockets: 1});
	let isOpen = false;
	let isAsking = false;
	const tell = (event: HeldEvent['event'], reason?: Outcome) => {
		if (!signal.aborted && (isOpen || event === 'progress')) {
			report({kind: 'keep-alive', at: monotonic() - origin, event, reason});
			isOpen = event === 'progress';
		}
	};

	const known = new WeakSet<Socket>();
	const onSocket = (socket: Socket) => {
		if (!known.has(socket)) {
			known.add(socket);
			socket.once('close', hadError => {
				if (!isAsking) {
					tell(hadError ? 'lost' : 'closed', hadError ? 'reset' : undefined);
				}
			});
		}
	};

	while (!signal.aborted) {
		const next = delay(requestInterval, undefined, {signal}).catch(() => {});
		isAsking = true;
		const end = await ask(options, agent, onSocket);
		isAsking = false;
		if (end === 'answered' || end === 'last') {
			tell('progress');
		}

		if (end !== 'answered') {
			tell(end === 'last' ? 'closed' : 'lost', end === 'last' ? undefined : end);
		}

		await next;
	}

	agent.destroy();
}

/** Sends one request and returns its outcome; `last`: answered with `Connection: close`. */
async function ask(
	{address, port = 80, path, patience, signal}: HoldOptions,
	agent: Agent,
	onSocket: (socket: Socket) => void,
): Promise<Outcome | 'last'> {
	return new Promise(resolve => {
		const request = get({host: address, port, path, agent, maxHeaderSize: longestHead});
		const stop = () => request.destroy();
		const end = (outcome: Outcome | 'last') => {
			clearTimeout(timer);
			signal.removeEventListener('abort', stop);
			resolve(outcome);
		};

		const fail = (error: Error) => {
			end(outcomeOf(error));
		};

		const timer = setTimeout(() => {
			end('timeout');
			request.destroy();
		}, patience);
		signal.addEventListener('abort', stop);
		request
			.on('socket', onSocket)
			.on('error', fail)
			.on('response', response => {
				let read = 0;
				response
					.on('data', (chunk: Buffer) => {
						read += chunk.length;
						if (read > longestAnswer) {
							end('wrong-content');
							request.destroy();
						}
					})
					.on('error', fail)
					.on('end', () => {
						end(response.headers.connection?.toLowerCase() === 'close' ? 'last' : 'answered');
					});
			});
	});
}

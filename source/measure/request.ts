import {get} from 'node:http';
import {cleanText} from '../text/clean.ts';
import type {Answer, Judgement} from './answer.ts';
import type {Outcome} from './result.ts';

/** Target of an HTTP request. */
export interface Address {
	/** IPv4. */
	readonly address: string;
	/** Default 80. */
	readonly port?: number;
	readonly path: string;
}

export interface RequestOptions extends Address {
	/** Timeout in milliseconds. */
	readonly limit: number;
	readonly judge: (answer: Answer) => Judgement;
}

/** Bytes of a page that `judge` gets; the rest is read and discarded. */
const longestBody = 16_384;

/** Maximum bytes that are read of an answer; then the connection is closed. */
export const longestAnswer = 2 ** 20;

/** Maximum bytes of an answer's headers: Node's default, set here so that Node's options cannot change it. */
export const longestHead = 16_384;

/** Requests one page on a new connection. Never rejects: an error becomes the outcome. */
export async function request({address, port = 80, path, limit, judge}: RequestOptions): Promise<Judgement> {
	return new Promise(resolve => {
		const asked = get({
			host: address,
			port,
			path,
			agent: false,
			maxHeaderSize: longestHead,
			headers: {connection: 'close'},
		});
		const end = (judgement: Judgement) => {
			clearTimeout(timer);
			resolve(judgement);
			asked.destroy();
		};

		const fail = (error: Error) => {
			end({outcome: outcomeOf(error)});
		};

		const timer = setTimeout(end, limit, {outcome: 'timeout'});
		asked.on('error', fail);
		asked.on('response', response => {
			const kept: Buffer[] = [];
			let read = 0;
			const answer = (isCut: boolean) => {
				const body = cleanText(Buffer.concat(kept).subarray(0, longestBody));
				end(
					judge({
						status: response.statusCode!,
						servedBy: response.headers['x-served-by'] as string | undefined,
						body,
						isCut,
					}),
				);
			};

			response
				.on('data', (chunk: Buffer) => {
					if (read < longestBody) {
						kept.push(chunk);
					}

					read += chunk.length;
					if (read > longestAnswer) {
						answer(true);
					}
				})
				.on('error', fail)
				.on('end', () => {
					answer(false);
				});
		});
	});
}

/** Maps a connection error to an outcome. A connection closed before the answer is complete is always `reset`. */
export function outcomeOf(error: Error): Outcome {
	const {code = ''} = error as NodeJS.ErrnoException;
	switch (code) {
		case 'ECONNREFUSED': {
			return 'refused';
		}

		case 'ECONNRESET':
		case 'ECONNABORTED':
		case 'EPIPE':
		case 'HPE_INVALID_EOF_STATE': {
			return 'reset';
		}

		case 'ETIMEDOUT': {
			return 'timeout';
		}

		default: {
			// HPE_* are errors of Node's HTTP parser; the remaining codes are the kernel's, such as EHOSTUNREACH.
			return code.startsWith('HPE_') ? 'wrong-content' : 'unreachable';
		}
	}
}

import {get} from 'node:http';
import {cleanText} from '../text/clean.ts';
import type {Answer, Judgement} from './answer.ts';
import type {Outcome} from './result.ts';

/** Where something is asked for. */
export interface Address {
	/** IPv4. */
	readonly address: string;
	/** Default 80. */
	readonly port?: number;
	readonly path: string;
}

export interface RequestOptions extends Address {
	/** Milliseconds until it is given up. */
	readonly limit: number;
	readonly judge: (answer: Answer) => Judgement;
}

/** Bytes of a page that are looked at; the rest is read and forgotten. */
const longestBody = 16_384;

/** Bytes of an answer that are read at all; then the connection is ended. */
export const longestAnswer = 2 ** 20;

/** Bytes of an answer's headers: Node's own default, and here independent of its options. */
export const longestHead = 16_384;

/** Asks for one page on a connection of its own. Never rejects: what went wrong is the outcome. */
export async function request({address, port = 80, path, limit, judge}: RequestOptions): Promise<Judgement> {
	return new Promise(resolve => {
		const asked = get({host: address, port, path, agent: false, maxHeaderSize: longestHead, headers: {connection: 'close'}});
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
				end(judge({status: response.statusCode!, servedBy: response.headers['x-served-by'] as string | undefined, body, isCut}));
			};

			response.on('data', (chunk: Buffer) => {
				if (read < longestBody) {
					kept.push(chunk);
				}

				read += chunk.length;
				if (read > longestAnswer) {
					answer(true);
				}
			}).on('error', fail).on('end', () => {
				answer(false);
			});
		});
	});
}

/** What an error of a connection means to a client. Closed before the answer was complete is `reset`, whichever way. */
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
			// Node's codes for what is not HTTP; the rest are the kernel's: no route, no host.
			return code.startsWith('HPE_') ? 'wrong-content' : 'unreachable';
		}
	}
}

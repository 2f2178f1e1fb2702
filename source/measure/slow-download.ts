import {connect} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {monotonic} from './clock.ts';
import type {HeldEvent} from './held.ts';
import {beat, type HoldOptions} from './keep-alive.ts';
import {longestHead, outcomeOf} from './request.ts';
import type {Outcome} from './result.ts';
import {cleanText} from '../text/clean.ts';

/** Bytes a second. */
const rate = 100_000;

/**
 * Bytes that are read at once. Small, because Linux gives a receiver that reads much at once ever more buffer, and what
 * lies there goes on coming after the connection is lost: so it is the initial 64 KB, less than a second.
 */
const piece = 10_000;

/** One file that is read slowly, so that one connection lasts through an event; when it ends, it begins again. */
export async function holdDownload(options: HoldOptions, report: (event: HeldEvent) => void): Promise<void> {
	const {origin, signal} = options;
	let isOpen = false;
	const tell = (event: HeldEvent['event'], reason?: Outcome) => {
		if (!signal.aborted && (isOpen || event === 'progress')) {
			report({kind: 'download', at: monotonic() - origin, event, reason});
			isOpen = event === 'progress';
		}
	};

	while (!signal.aborted) {
		const next = delay(beat, undefined, {signal}).catch(() => {});
		const end = await download(options, () => {
			tell('progress');
		});
		tell(end === 'answered' ? 'closed' : 'lost', end === 'answered' ? undefined : end);
		await next;
	}
}

/** By the bare socket, as Node's HTTP reads 64 KB at once. */
async function download({address, port = 80, path, patience, signal}: HoldOptions, onProgress: () => void): Promise<Outcome> {
	return new Promise(resolve => {
		let head: Buffer = Buffer.alloc(0);
		/** Bytes of the file that are still to come, once the head of the answer is known. */
		let left: number | undefined;
		let pause: NodeJS.Timeout | undefined;
		const read = (length: number, buffer: Uint8Array) => {
			if (left === undefined) {
				head = Buffer.concat([head, buffer.subarray(0, length)]);
				left = bodyLeft(head);
			} else {
				left -= length;
			}

			// A head that comes a byte at a time is no progress.
			if (left !== undefined) {
				timer.refresh();
			}

			if (Number.isNaN(left) || head.length > longestHead + piece) {
				end('wrong-content');
			} else if (left === 0) {
				end('answered');
			} else if (left !== undefined) {
				onProgress();
				pause = setTimeout(() => socket.resume(), length / rate * 1000);
				return false;
			}

			return true;
		};

		const socket = connect({host: address, port, onread: {buffer: Buffer.alloc(piece), callback: read}});
		const end = (outcome: Outcome) => {
			clearTimeout(timer);
			clearTimeout(pause);
			signal.removeEventListener('abort', stop);
			resolve(outcome);
			socket.destroy();
		};

		const stop = () => {
			end('reset');
		};

		const timer = setTimeout(end, patience, 'timeout');
		signal.addEventListener('abort', stop);
		socket.on('error', error => {
			end(outcomeOf(error));
		}).on('end', () => {
			end(left === Infinity ? 'answered' : 'reset');
		});
		socket.write(`GET ${path} HTTP/1.0\r\nHost: ${address}\r\n\r\n`);
	});
}

/** Nothing while the head is incomplete, NaN when there is no such file, Infinity when the server does not say how long it is. */
function bodyLeft(answer: Buffer): number | undefined {
	const end = answer.indexOf('\r\n\r\n');
	if (end === -1) {
		return undefined;
	}

	const head = cleanText(answer.subarray(0, end));
	const length = /^content-length: *(\d+)/im.exec(head)?.[1];
	return /^HTTP\/1\.[01] 200 /.test(head) ? Number(length ?? Infinity) - (answer.length - end - 4) : Number.NaN;
}

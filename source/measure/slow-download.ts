import {connect} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {monotonic} from './clock.ts';
import type {HeldEvent} from './long-connections.ts';
import {requestInterval, type HoldOptions} from './keep-alive.ts';
import {longestHead, outcomeOf} from './request.ts';
import type {Outcome} from './result.ts';
import {cleanText} from '../text/clean.ts';

/** Bytes per second. */
const rate = 100_000;

/**
 * Bytes per read. Small, because Linux enlarges the receive buffer of a socket that is read in large pieces, and buffered
 * data would keep arriving after the connection is lost. The buffer stays at its initial 64 KB, less than a second's worth.
 */
const piece = 10_000;

/** Downloads one file slowly, so that one connection lasts through an event; starts again when the download ends. */
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
		const next = delay(requestInterval, undefined, {signal}).catch(() => {});
		const end = await download(options, () => {
			tell('progress');
		});
		tell(end === 'answered' ? 'closed' : 'lost', end === 'answered' ? undefined : end);
		await next;
	}
}

/** Uses a plain socket, because Node's HTTP client reads 64 KB at once. */
async function download(
	{address, port = 80, path, patience, signal}: HoldOptions,
	onProgress: () => void,
): Promise<Outcome> {
	return new Promise(resolve => {
		let head: Buffer = Buffer.alloc(0);
		/** Remaining bytes of the file; undefined until the headers are complete. */
		let left: number | undefined;
		let pause: NodeJS.Timeout | undefined;
		const read = (length: number, buffer: Uint8Array) => {
			if (left === undefined) {
				head = Buffer.concat([head, buffer.subarray(0, length)]);
				left = bodyLeft(head);
			} else {
				left -= length;
			}

			// Headers that arrive byte by byte do not count as progress.
			if (left !== undefined) {
				timer.refresh();
			}

			if (Number.isNaN(left) || head.length > longestHead + piece) {
				end('wrong-content');
			} else if (left === 0) {
				end('answered');
			} else if (left !== undefined) {
				onProgress();
				pause = setTimeout(() => socket.resume(), (length / rate) * 1000);
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
		socket
			.on('error', error => {
				end(outcomeOf(error));
			})
			.on('end', () => {
				end(left === Infinity ? 'answered' : 'reset');
			});
		socket.write(`GET ${path} HTTP/1.0\r\nHost: ${address}\r\n\r\n`);
	});
}

/** Remaining bytes: undefined while the headers are incomplete, NaN for a status other than 200, Infinity if unknown. */
function bodyLeft(answer: Buffer): number | undefined {
	const end = answer.indexOf('\r\n\r\n');
	if (end === -1) {
		return undefined;
	}

	const head = cleanText(answer.subarray(0, end));
	const length = /^content-length: *(\d+)/im.exec(head)?.[1];
	return /^HTTP\/1\.[01] 200 /.test(head) ? Number(length ?? Infinity) - (answer.length - end - 4) : Number.NaN;
}

import type {ProbeRequest} from '../measure/result.ts';
import type {StatusRow} from '../measure/status.ts';
import {messageOf, shortened} from '../text/clean.ts';
import {jsonIn} from '../text/json.ts';
import type {Job} from './backend.ts';

/** Starts a command that prints the current state line by line for as long as it runs. */
export type StartLook = (onText: (line: string) => void) => Job;

/** Maximum length in characters of the message with which a command has failed. */
const longestReason = 300;

/** Milliseconds until a failed command is restarted. */
const retryInterval = 4000;

/** Milliseconds that a command has to stop before it is killed: it changes nothing, and the wizard waits for it. */
const patience = 2000;

/**
 * Watches `status --watch`, whose rows come in rounds without an end marker. A round begins with the row `health`; the
 * rows received so far are reported together.
 */
export function watchStatus(
	look: StartLook,
	onRows: (rows: readonly StatusRow[]) => void,
	onFailed: (reason: string) => void = () => {},
): () => void {
	let rows: StatusRow[] = [];
	let told: NodeJS.Immediate | undefined;
	return keepLooking(
		look,
		line => {
			const row = line.startsWith('{"kind":') ? (jsonIn(line) as StatusRow | undefined) : undefined;
			if (!row) {
				return;
			}

			rows = row.kind === 'health' ? [row] : [...rows, row];
			clearImmediate(told);
			told = setImmediate(() => {
				onRows(rows);
			});
		},
		reason => {
			clearImmediate(told);
			onFailed(reason);
		},
	);
}

/** Watches the requests of a probe as they end. */
export function watchRequests(look: StartLook, onRequest: (request: ProbeRequest) => void): () => void {
	return keepLooking(look, line => {
		const request = line.startsWith('{"type":"request"') ? (jsonIn(line) as ProbeRequest | undefined) : undefined;
		if (request) {
			onRequest(request);
		}
	});
}

/**
 * Keeps a command running: restarts it whenever it ends by itself. Returns a function that stops it.
 * @param onFailed called with the command's last message or its exit code
 */
function keepLooking(
	look: StartLook,
	onText: (line: string) => void,
	onFailed: (reason: string) => void = () => {},
): () => void {
	let again: NodeJS.Timeout | undefined;
	let isOver = false;
	let job: Job;
	const start = () => {
		let said: string | undefined;
		job = look(line => {
			said = line.startsWith('{') || line.trim() === '' ? said : shortened(line, longestReason);
			onText(line);
		});
		const retry = (reason: string) => {
			if (!isOver) {
				again = setTimeout(start, retryInterval);
				onFailed(said ?? reason);
			}
		};

		job.ended.then(
			code => {
				retry(`status: ${code}`);
			},
			(error: unknown) => {
				retry(messageOf(error));
			},
		);
	};

	start();
	return () => {
		isOver = true;
		clearTimeout(again);
		job.stop(patience);
	};
}

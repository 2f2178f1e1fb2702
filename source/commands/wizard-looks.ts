import type {ProbeRequest} from '../measure/result.ts';
import type {StatusRow} from '../measure/status.ts';
import {messageOf, shortened} from '../text/clean.ts';
import {jsonIn} from '../text/json.ts';
import type {Job} from './wizard-backend.ts';

/** Starts a command that tells, line by line, how things are, for as long as it runs. */
export type Look = (onText: (line: string) => void) => Job;

/** Characters of a command's sentence on why it ended. */
const longestReason = 300;

/** Milliseconds until a look at the cluster that failed is tried again. */
const retryInterval = 4000;

/** Milliseconds that a look may take to end once nobody needs it: it changes nothing, and the wizard waits for it. */
const patience = 2000;

/** Rows come round after round without an end of their own: a round begins with the health, and is told with what has come of it. */
export function watchStatus(look: Look, onRows: (rows: readonly StatusRow[]) => void, onFailed: (reason: string) => void = () => {}): () => void {
	let rows: StatusRow[] = [];
	let told: NodeJS.Immediate | undefined;
	return keepLooking(look, line => {
		const row = line.startsWith('{"kind":') ? jsonIn(line) as StatusRow | undefined : undefined;
		if (!row) {
			return;
		}

		rows = row.kind === 'health' ? [row] : [...rows, row];
		clearImmediate(told);
		told = setImmediate(() => {
			onRows(rows);
		});
	}, reason => {
		clearImmediate(told);
		onFailed(reason);
	});
}

/** The requests of a probe, as they end. */
export function watchRequests(look: Look, onRequest: (request: ProbeRequest) => void): () => void {
	return keepLooking(look, line => {
		const request = line.startsWith('{"type":"request"') ? jsonIn(line) as ProbeRequest | undefined : undefined;
		if (request) {
			onRequest(request);
		}
	});
}

/**
 * Until it is told to end: a command that ended by itself is started again.
 * @param onFailed is told its last sentence, or its exit code
 */
function keepLooking(look: Look, onText: (line: string) => void, onFailed: (reason: string) => void = () => {}): () => void {
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

		job.ended.then(code => {
			retry(`status: ${code}`);
		}, (error: unknown) => {
			retry(messageOf(error));
		});
	};

	start();
	return () => {
		isOver = true;
		clearTimeout(again);
		job.stop(patience);
	};
}

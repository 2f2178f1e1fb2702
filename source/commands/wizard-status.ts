import type {StatusRow} from '../measure/status.ts';
import type {Job} from './wizard-backend.ts';

/** Milliseconds until a look at the cluster that failed is tried again. */
const retryInterval = 4000;

/** Rows come round after round without an end of their own: a round begins with the first node's row, and is told with what has come of it. */
export function watchStatus(startLook: (onText: (line: string) => void, onEnd: () => void) => Job, onRows: (rows: readonly StatusRow[]) => void): () => void {
	let rows: StatusRow[] = [];
	let told: NodeJS.Immediate | undefined;
	let again: NodeJS.Timeout | undefined;
	let isOver = false;
	let job: Job;
	const look = () => {
		job = startLook(line => {
			if (!line.startsWith('{"kind":')) {
				return;
			}

			const row = JSON.parse(line) as StatusRow;
			rows = row.kind === 'node' && (rows.length === 0 || row.name === (rows[0] as {name?: string}).name) ? [row] : [...rows, row];
			clearImmediate(told);
			told = setImmediate(() => {
				onRows(rows);
			});
		}, () => {
			again = isOver ? undefined : setTimeout(look, retryInterval);
		});
	};

	look();
	return () => {
		isOver = true;
		clearTimeout(again);
		job.stop();
	};
}

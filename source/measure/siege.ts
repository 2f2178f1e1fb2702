import * as z from 'zod';
import {asset} from '../assets.ts';
import {sh, withInput} from '../shell/command.ts';
import {parseJson} from '../text/json.ts';
import type {LoadResult, LoadTool} from './load.ts';

/** siege 4, with settings of our own: nothing is read from the user's home and nothing written there. */
export const siege: LoadTool = {
	name: 'siege',
	shown: ({url, concurrency, seconds}) => sh`siege -c ${concurrency} -t${seconds}S -b ${url}`,
	command: ({url, concurrency, seconds, prefix}) => withInput(
		// Without a home it can write its settings and cookies nowhere, and goes on.
		sh`HOME=/nonexistent ${prefix} siege -R /dev/stdin --json-output -c ${concurrency} -t${seconds}S -b ${url}`,
		asset('host/siegerc'),
	),
	// It stops by itself. Up to 4.1.3 (Debian 12 and Ubuntu have 4.0) it cancels its threads wherever they are then, and one
	// that holds a lock leaves the others waiting for ever, deaf to signals: rare, and told nowhere but in its source.
	limit: ({seconds}) => seconds + 15,
	parse: parseSiege,
};

/** What `--json-output` prints; durations in seconds. */
const reportSchema = z.object({
	transactions: z.number(),
	elapsed_time: z.number().positive(),
	concurrency: z.number(),
	successful_transactions: z.number(),
	failed_transactions: z.number(),
	longest_transaction: z.number(),
});

/** @throws SyntaxError */
export function parseSiege(report: string): LoadResult {
	const {data, error} = reportSchema.safeParse(parseJson(report.slice(report.indexOf('{'), report.lastIndexOf('}') + 1)));
	if (!data) {
		throw new SyntaxError(`siege: ${z.prettifyError(error)}`);
	}

	// Its transactions count a refusal (403) and no redirection, its successes count a redirection and no refusal.
	const answers = Math.max(data.transactions, data.successful_transactions);
	if (answers === 0) {
		throw new SyntaxError('siege: no request was answered');
	}

	return {
		tool: 'siege',
		requests: answers + data.failed_transactions,
		failed: answers - Math.min(answers, data.successful_transactions) + data.failed_transactions,
		duration: data.elapsed_time,
		rate: answers / data.elapsed_time,
		latency: {
			// It says the mean in hundredths of a second. The requests under way at once and their rate give it exactly (Little's law).
			mean: data.concurrency * data.elapsed_time * 1000 / answers,
			longest: data.longest_transaction * 1000,
		},
	};
}

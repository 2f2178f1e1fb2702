import * as z from 'zod';
import {asset} from '../assets.ts';
import {sh, withInput} from '../shell/command.ts';
import {parseJson} from '../text/json.ts';
import type {LoadResult, LoadTool} from './load.ts';

/** siege 4 with settings of our own. It neither reads nor writes files in the user's home. */
export const siege: LoadTool = {
	name: 'siege',
	shown: ({url, concurrency, seconds}) => sh`siege -c ${concurrency} -t${seconds}S -b ${url}`,
	command: ({url, concurrency, seconds, prefix}) =>
		withInput(
			// With a HOME that does not exist, siege cannot write its settings and cookies, and goes on without them.
			sh`HOME=/nonexistent ${prefix} siege -R /dev/stdin --json-output -c ${concurrency} -t${seconds}S -b ${url}`,
			asset('host/siegerc'),
		),
	// siege stops after `seconds`. Up to 4.1.3 (Debian 12 and Ubuntu have 4.0), it then cancels its threads wherever they are.
	// If one of them holds a lock, the others wait for ever and ignore signals: rare, and documented only by siege's source.
	limit: ({seconds}) => seconds + 15,
	parse: parseSiege,
};

/** The report of `--json-output`; durations in seconds. */
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
	const {data, error} = reportSchema.safeParse(
		parseJson(report.slice(report.indexOf('{'), report.lastIndexOf('}') + 1)),
	);
	if (!data) {
		throw new SyntaxError(`siege: ${z.prettifyError(error)}`);
	}

	// siege counts a refusal (403) only in its transactions, and a redirection only in its successful transactions.
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
			// siege rounds the mean to hundredths of a second. Little's law gives it exactly: concurrency divided by rate.
			mean: (data.concurrency * data.elapsed_time * 1000) / answers,
			longest: data.longest_transaction * 1000,
		},
	};
}

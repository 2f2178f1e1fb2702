import {asset} from '../assets.ts';
import {sh} from '../shell/command.ts';
import {regExp} from '../regexp.ts';
import type {Load, LoadResult, LoadTool} from './load.ts';

/** Separates ab's text report from its table of percentiles. */
const mark = '%%';

/**
 * ApacheBench. `-l` accepts answers of different lengths (the test page contains the server's address). `-r` counts a
 * reset connection as a failed request instead of ending the run. ab's only machine-readable report is the table of
 * percentiles (`-e`). ab does not check answers either: `-v 2` prints their headers for ab-answers.awk to count.
 */
export const ab: LoadTool = {
	name: 'ab',
	shown: ({url, concurrency, requests}) => sh`ab -n ${requests} -c ${concurrency} -l -r ${url}`,
	// The table goes to an unlinked temporary file, so nothing is left behind however the command ends.
	command: ({url, concurrency, requests, prefix, right: {servers, last}}: Load) => sh`
		table=$(mktemp) && exec 3<>"$table" && rm "$table" &&
		{ ${prefix} ab -q -v 2 -n ${requests} -c ${concurrency} -l -r -e /dev/fd/3 ${url}; echo "ab ended with $?"; } |
			awk -v names=${` ${servers.join(' ')} `} -v last=${last} ${asset('host/ab-answers.awk')} && echo ${mark} && cat /dev/fd/3
	`,
	// Far longer than any configured number of requests takes.
	limit: () => 1800,
	parse: parseAb,
};

/**
 * Parses ab's text report, the count of right answers, a line with `%%`, and the table that `-e` writes (`50,1.234`, in
 * milliseconds). The percentiles in the text are rounded to whole milliseconds, so the longest request there can be
 * shorter than the table's 95th percentile.
 */
export function parseAb(report: string): LoadResult {
	const [text = '', table = ''] = report.split(`\n${mark}\n`);
	const value = (label: string, unit = '') => number(regExp('m')`^${label}:\s+([\d.]+)${unit}`.exec(text)?.[1], label);
	const requests = value('Complete requests');
	return {
		tool: 'ab',
		requests,
		failed: Math.max(0, requests - value('Right answers')),
		duration: value('Time taken for tests', ' seconds'),
		rate: value('Requests per second', ' [#/sec] (mean)'),
		latency: {
			mean: value('Time per request', ' [ms] (mean)'),
			median: percentile(table, 50),
			p95: percentile(table, 95),
			longest: percentile(table, 100),
		},
	};
}

function percentile(table: string, which: number): number {
	return number(regExp('m')`^${which},([\d.]+)$`.exec(table)?.[1], `${which} %`);
}

function number(text: string | undefined, label: string): number {
	const value = Number(text);
	if (text === undefined || !Number.isFinite(value)) {
		throw new SyntaxError(`ab: no "${label}" in its report`);
	}

	return value;
}

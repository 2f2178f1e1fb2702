import {asset} from '../assets.ts';
import {sh} from '../shell/command.ts';
import {regExp} from '../regexp.ts';
import type {Load, LoadResult, LoadTool} from './load.ts';

/** Between ab's text and its table of percentiles. */
const mark = '%%';

/**
 * ApacheBench. `-l`: answers may differ in length (the page says the server's address); `-r`: a connection that is
 * reset is a failed request and not the end. It has no report for programs but the percentiles (`-e`), and no count of
 * right answers: `-v 2` prints their headers.
 */
export const ab: LoadTool = {
	name: 'ab',
	shown: ({url, concurrency, requests}) => sh`ab -n ${requests} -c ${concurrency} -l -r ${url}`,
	// The table goes to a file that has no name any more, so that nothing is left however this ends.
	command: ({url, concurrency, requests, prefix, right: {servers, last}}: Load) => sh`
		table=$(mktemp) && exec 3<>"$table" && rm "$table" &&
		{ ${prefix} ab -q -v 2 -n ${requests} -c ${concurrency} -l -r -e /dev/fd/3 ${url}; echo "ab ended with $?"; } |
			awk -v names=${` ${servers.join(' ')} `} -v last=${last} ${asset('host/ab-answers.awk')} && echo ${mark} && cat /dev/fd/3
	`,
	// Far above what any number of requests takes that is asked for.
	limit: () => 1800,
	parse: parseAb,
};

/**
 * ab's report, the count of right answers, a line with `%%`, and the table that `-e` writes: `50,1.234`, in milliseconds. The text has the percentiles too,
 * in whole milliseconds: a longest request that is shorter than the 95th percentile of the table.
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

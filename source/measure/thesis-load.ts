import type {LoadSeries} from './result.ts';

const commands = {
	ab: 'ab -n 100000 -c 10 http://192.168.1.200/index.php',
	siege: 'siege -c 10 -t20S -b http://192.168.1.200/index.php',
};

/** Results of the thesis on its own host with 1 and 2 servers (section 5, images 27, 28, 30, 31); it never ran 3 servers. */
export const thesisLoad: readonly LoadSeries[] = [
	series('ab', 1, {
		requests: 100_000,
		duration: 18.129,
		rate: 5516.08,
		latency: {mean: 1.813, median: 1, p95: 3, longest: 366},
	}),
	series('ab', 2, {
		requests: 100_000,
		duration: 15.846,
		rate: 6310.67,
		latency: {mean: 1.585, median: 1, p95: 2, longest: 36},
	}),
	series('siege', 1, {requests: 25_760, duration: 19.17, rate: 1343.77, latency: {mean: 10, longest: 30}}),
	series('siege', 2, {requests: 49_812, duration: 19.62, rate: 2538.84, latency: {mean: 0, longest: 70}}),
];

function series(
	tool: LoadSeries['tool'],
	servers: number,
	sample: Omit<LoadSeries['samples'][number], 'tool' | 'failed' | 'cpu'>,
): LoadSeries {
	return {tool, servers, command: commands[tool], samples: [{tool, failed: 0, cpu: {}, ...sample}]};
}

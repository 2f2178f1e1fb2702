import {describe, expect, test} from 'vitest';
import {readBenchRequest} from '../../source/drilling/bench-request.ts';
import {loadText} from '../../source/drilling/bench-table.ts';
import type {LoadSample, LoadSeries} from '../../source/measure/result.ts';
import {testCluster} from '../cluster-fixture.ts';

const cluster = testCluster();
const emulated = testCluster({web: {count: 2}}, {acceleration: 'tcg'});

describe('what is asked for', () => {
	test.each([
		[
			"nothing said: the thesis's load",
			{},
			cluster,
			{tools: ['ab', 'siege'], servers: [0, 1, 2, 3], repeat: 3, concurrency: 10, requests: 100_000, seconds: 20},
		],
		[
			'emulated',
			{},
			emulated,
			{tools: ['ab', 'siege'], servers: [0, 1, 2], repeat: 3, concurrency: 10, requests: 1000, seconds: 5},
		],
		[
			'one tool, some numbers, in order and once',
			{tool: 'siege', servers: '3,1, 3', repeat: '1', requests: '500'},
			cluster,
			{tools: ['siege'], servers: [1, 3], repeat: 1, concurrency: 10, requests: 500, seconds: 20},
		],
	])('%s', (_, options, of, expected) => {
		expect(readBenchRequest(options, of, 'en')).toEqual(expected);
	});

	test.each([
		[{servers: '4'}, '--servers 4'],
		[{servers: ''}, '--servers '],
		[{servers: '1;2'}, '--servers 1;2'],
		[{requests: '9'}, '--requests 9'],
		[{requests: '1e3'}, '--requests 1e3'],
		[{repeat: '0'}, '--repeat 0'],
		[{repeat: '-1'}, '--repeat -1'],
		[{tool: 'wrk'}, '--tool wrk'],
	])('%o is refused with a sentence', (options, said) => {
		for (const language of ['en', 'es'] as const) {
			expect(() => readBenchRequest(options, cluster, language)).toThrow(
				expect.objectContaining({exitCode: 2, message: expect.stringContaining(said) as string}) as Error,
			);
		}
	});
});

describe('the table', () => {
	const sample = (tool: 'ab' | 'siege', rate: number, host = 1): LoadSample => ({
		tool,
		requests: 1000,
		failed: 0,
		duration: 1000 / rate,
		rate,
		latency: {mean: 10_000 / rate, ...(tool === 'ab' && {median: 9, p95: 20}), longest: 50},
		cpu: {host, master: 0.5, server1: 0.25},
	});
	const series = (tool: 'ab' | 'siege', servers: number, rates: number[], host?: number): LoadSeries => ({
		tool,
		servers,
		command: `${tool} …`,
		processors: 2,
		samples: rates.map(rate => sample(tool, rate, host)),
	});
	const measured = [
		series('ab', 0, [200, 220, 180]),
		series('ab', 1, [100, 90, 110]),
		series('ab', 2, [150, 130, 160]),
		series('siege', 1, [50]),
	];
	const text = loadText(measured, cluster, 'en');
	const row = (start: RegExp) =>
		text
			.split('\n')
			.find(line => start.test(line))
			?.trim()
			.split(/ {2,}/);

	test("rates with their spread, against directly and against one server, beside the thesis's", () => {
		expect(row(/^ *direct /)).toEqual([
			'direct',
			'200 (180–220)',
			'1.00',
			'2.00',
			'20.0 (20.0–20.0)',
			'50.0',
			'0',
			'-',
			'-',
		]);
		expect(row(/^ *1 +100/)).toEqual([
			'1',
			'100 (90.0–110)',
			'0.50',
			'1.00',
			'20.0 (20.0–20.0)',
			'50.0',
			'0',
			'5516',
			'1.00',
		]);
		expect(row(/^ *2 +150/)).toEqual([
			'2',
			'150 (130–160)',
			'0.75',
			'1.50',
			'20.0 (20.0–20.0)',
			'50.0',
			'0',
			'6311',
			'1.14',
		]);
		expect(row(/^ *1 +50/)).toEqual(['1', '50.0', '-', '1.00', '-', '50.0', '0', '1344', '1.00']);
	});

	test('processors of the host and of the machines that were seen', () => {
		expect(row(/^ *Tool /)).toEqual(['Tool', 'Servers', 'host', 'master', 'server1']);
		expect(row(/^ *ab +2 +/)).toEqual(['ab', '2', '100 %', '50 %', '25 %']);
	});

	test('what "direct" means is said where it was measured', () => {
		expect(text).toContain('no director is on the way');
		expect(loadText([series('ab', 1, [1])], cluster, 'en')).not.toContain('"direct"');
	});

	test.each([
		[1.7, false],
		[1.8, true],
		[2, true],
	])('a host that is busy with %d of 2 processors: warned %s', (host, isWarned) => {
		expect(loadText([series('ab', 1, [1], host)], cluster, 'es').includes('dice poco aquí')).toBe(isWarned);
	});

	test('failed requests are said', () => {
		const {samples, ...rest} = series('ab', 1, [10]);
		expect(loadText([{...rest, samples: [{...samples[0]!, failed: 7}]}], cluster, 'en')).toContain('7 requests failed');
	});
});

import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {parseSiege, siege} from '../../source/measure/siege.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const good = fixture('siege.json');

describe('what siege measured (its own reports)', () => {
	test('all requests answered', () => {
		expect(parseSiege(good)).toMatchInlineSnapshot(`
			{
			  "duration": 1.06,
			  "failed": 0,
			  "latency": {
			    "longest": 20,
			    "mean": 1.5485465987413845,
			  },
			  "rate": 6296.226415094339,
			  "requests": 6674,
			  "tool": "siege",
			}
		`);
	});

	test.each([
		[
			'all refused (403): transactions, but no success',
			'"transactions": 3550, "successful_transactions": 0, "failed_transactions": 0',
			{requests: 3550, failed: 3550},
		],
		[
			'all redirected: successes, but no transaction',
			'"transactions": 0, "successful_transactions": 2880, "failed_transactions": 0',
			{requests: 2880, failed: 0},
		],
		[
			'half closed without an answer',
			'"transactions": 2015, "successful_transactions": 2015, "failed_transactions": 2015',
			{requests: 4030, failed: 2015},
		],
	])('%s', (_, counts, expected) => {
		expect(
			parseSiege(`{${counts}, "elapsed_time": 0.93, "concurrency": 4.87, "longest_transaction": 0.05}`),
		).toMatchObject(expected);
	});

	test('some failed', () => {
		const {requests, failed} = parseSiege(fixture('siege-reset.json'));
		expect(failed).toBeGreaterThan(0);
		expect(requests).toBeGreaterThan(failed);
	});
});

describe('a report that is not whole is refused', () => {
	test.each([
		['nothing', ''],
		['not JSON', 'siege: command not understood'],
		['cut off', good.slice(0, -10)],
		['a figure is missing', good.replace('"failed_transactions"', '"failed"')],
		['a figure is text', good.replace(/"concurrency":\s*[\d.]+/, '"concurrency": "many"')],
		['no answer at all', good.replaceAll(/"(successful_)?transactions":\s*\d+/g, '"$1transactions": 0')],
	])('%s', (_, text) => {
		expect(() => parseSiege(text)).toThrow(SyntaxError);
	});
});

test("the command is the thesis's; its settings are given to it and do not stand in a home", () => {
	const load = {
		url: 'http://192.168.1.200/index.php',
		concurrency: 10,
		requests: 100_000,
		seconds: 20,
		right: {servers: ['server1'], last: 200},
		prefix: [],
	};
	expect(render(siege.shown(load), 'show')).toBe('siege -c 10 -t20S -b http://192.168.1.200/index.php');
	const command = siege.command(load);
	expect(render(command, 'execute')).toContain(' -R /dev/stdin ');
	expect(command.input).toContain('connection = close');
});

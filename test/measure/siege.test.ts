import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {render} from '../../source/engine/command.ts';
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
			    "mean": 1.548778660272741,
			  },
			  "rate": 6295.28,
			  "requests": 6673,
			  "tool": "siege",
			}
		`);
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
		['a figure is missing', good.replace('"transaction_rate"', '"rate"')],
		['a figure is text', good.replace(/"concurrency":\s*[\d.]+/, '"concurrency": "many"')],
		['no answer at all', good.replace(/"transactions":\s*\d+/, '"transactions": 0')],
	])('%s', (_, text) => {
		expect(() => parseSiege(text)).toThrow(SyntaxError);
	});
});

test('the command is the thesis\'s; its settings are given to it and do not stand in a home', () => {
	const load = {url: 'http://192.168.1.200/index.php', concurrency: 10, requests: 100_000, seconds: 20, prefix: []};
	expect(render(siege.shown(load), 'show')).toBe('siege -c 10 -t20S -b http://192.168.1.200/index.php');
	const command = siege.command(load);
	expect(render(command, 'execute')).toContain(' -R /dev/stdin ');
	expect(command.input).toContain('connection = close');
});

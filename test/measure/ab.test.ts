import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {render} from '../../source/engine/command.ts';
import {ab, parseAb} from '../../source/measure/ab.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const good = fixture('ab.txt');

describe('what ab measured (its own reports)', () => {
	test('all requests answered', () => {
		expect(parseAb(good)).toMatchInlineSnapshot(`
			{
			  "duration": 0.107,
			  "failed": 0,
			  "latency": {
			    "longest": 11.727,
			    "mean": 5.329,
			    "median": 4.771,
			    "p95": 8.878,
			  },
			  "rate": 1876.68,
			  "requests": 200,
			  "tool": "ab",
			}
		`);
	});

	test('answers that are not 2xx have failed, though ab does not count them', () => {
		expect(parseAb(fixture('ab-503.txt'))).toMatchObject({requests: 50, failed: 50});
	});

	test('connections that were reset have failed', () => {
		expect(parseAb(fixture('ab-reset.txt'))).toMatchObject({requests: 60, failed: 20});
	});
});

describe('a report that is not whole is refused', () => {
	test.each([
		['nothing', '', 'Complete requests'],
		['no table', good.split('%%')[0]!, '50 %'],
		['no rate', good.replace(/^Requests per second.*$/m, ''), 'Requests per second'],
		['a rate in another unit', good.replace('[#/sec]', '[#/min]'), 'Requests per second'],
		['no longest request', good.replace(/^100,.*$/m, ''), '100 %'],
		['not a number', good.replace(/^(Complete requests:\s+)\d+/m, '$1.'), 'Complete requests'],
	])('%s', (_, text, label) => {
		expect(() => parseAb(text)).toThrow(new SyntaxError(`ab: no "${label}" in its report`));
	});
});

describe('the command', () => {
	const load = {url: 'http://192.168.1.200/index.php', concurrency: 10, requests: 100_000, seconds: 20, prefix: []};
	test('is the thesis\'s', () => {
		expect(render(ab.shown(load), 'show')).toBe('ab -n 100000 -c 10 -l -r http://192.168.1.200/index.php');
	});

	test('runs in the namespace that is given', () => {
		expect(render(ab.command({...load, prefix: ['nsenter', '--net=/run/netns/x']}), 'execute')).toContain('\nnsenter --net=/run/netns/x ab -q -n 100000 ');
	});
});

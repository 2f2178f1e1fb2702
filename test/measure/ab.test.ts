import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {ab, parseAb} from '../../source/measure/ab.ts';
import {runWith} from '../steps/check.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const good = fixture('ab.txt');

describe('what ab measured (its own reports)', () => {
	test('all requests answered', () => {
		expect(parseAb(good)).toMatchInlineSnapshot(`
			{
			  "duration": 0.109,
			  "failed": 0,
			  "latency": {
			    "longest": 19.816,
			    "mean": 5.458,
			    "median": 4.025,
			    "p95": 15.218,
			  },
			  "rate": 1832.11,
			  "requests": 200,
			  "tool": "ab",
			}
		`);
	});

	test.each([
		['ab-503.txt', 'answers that are not right have failed, though ab does not count them', {requests: 50, failed: 50}],
		[
			'ab-closed.txt',
			'connections that were closed without an answer have failed, though ab counts them as answered',
			{requests: 100, failed: 50},
		],
	])('%s: %s', (name, _, expected) => {
		expect(parseAb(fixture(name))).toMatchObject(expected);
	});

	test('connections that were reset have failed', () => {
		expect(parseAb(fixture('ab-reset.txt'))).toMatchObject({requests: 60, failed: 20});
	});
});

/** What `ab -v 2` prints of an answer. */
const answered = 'LOG: header received:\nHTTP/1.1 200 OK\r\nX-Served-By: server1\r\n\r\nhello\n';

test('requests that could not be sent have failed, though ab counts them as complete and not as failed', () => {
	// ab.c: a write error ends the connection; it is complete, and counted as "Write errors" alone.
	const [report, table] = fixture('ab-reset.txt')
		.replace(/^Failed requests:.*\n.*$/m, 'Failed requests:        0\nWrite errors:           20')
		.replace(/^Right answers:.*\n/m, '')
		.split('%%\n');
	const program = `
		while [ $# -gt 0 ]; do [ "$1" != -e ] || cat >"$2" <<'END'\n${table!}END
		shift; done
		i=0; while [ $i -lt 40 ]; do i=$((i + 1)); printf '%s' '${answered}'; [ $((i % 2)) = 0 ] || echo 'Send request failed!'; done
		cat <<'END'\n\n\n${report!}END
	`;
	const {code, output} = runWith(
		ab.command({
			url: 'http://192.168.1.200/',
			concurrency: 10,
			requests: 60,
			seconds: 2,
			right: {servers: ['server1'], last: 200},
			prefix: [],
		}),
		{programs: {ab: program}},
	);
	expect({code, ...parseAb(output)}).toMatchObject({code: 0, requests: 60, failed: 20});
});

describe('a report that is not whole is refused', () => {
	test.each([
		['nothing', '', 'Complete requests'],
		['no table', good.split('%%')[0]!, '50 %'],
		['no rate', good.replace(/^Requests per second.*$/m, ''), 'Requests per second'],
		['a rate in another unit', good.replace('[#/sec]', '[#/min]'), 'Requests per second'],
		['no right answers', good.replace(/^Right answers.*$/m, ''), 'Right answers'],
		['no longest request', good.replace(/^100,.*$/m, ''), '100 %'],
		['not a number', good.replace(/^(Complete requests:\s+)\d+/m, '$1.'), 'Complete requests'],
	])('%s', (_, text, label) => {
		expect(() => parseAb(text)).toThrow(new SyntaxError(`ab: no "${label}" in its report`));
	});
});

describe('the command', () => {
	const load = {
		url: 'http://192.168.1.200/index.php',
		concurrency: 10,
		requests: 100_000,
		seconds: 20,
		right: {servers: ['server1'], last: 200},
		prefix: [],
	};
	test("is the thesis's", () => {
		expect(render(ab.shown(load), 'show')).toBe('ab -n 100000 -c 10 -l -r http://192.168.1.200/index.php');
	});

	test('runs in the namespace that is given', () => {
		expect(render(ab.command({...load, prefix: ['nsenter', '--net=/run/netns/x']}), 'execute')).toContain(
			'{ nsenter --net=/run/netns/x ab -q -v 2 -n 100000 ',
		);
	});
});

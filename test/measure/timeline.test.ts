import {describe, expect, test} from 'vitest';
import type {PhaseResult, ProbeRequest} from '../../source/measure/result.ts';
import {timelineOf} from '../../source/measure/timeline.ts';
import {both} from '../both.ts';

const interval = 100;

/** One sign an interval: `1` and `2` are servers with the VIP on master, `a` and `b` with it on standby, `s` the sorry page, `x` no answer, `-` not asked. */
function requests(signs: string): ProbeRequest[] {
	return [...signs].flatMap((sign, index): ProbeRequest[] => {
		const request = {at: index * interval, late: 0, latency: 5};
		const server = {1: 'server1', 2: 'server2', a: 'server1', b: 'server2'}[sign];
		return sign === '-'
			? []
			: sign === 'x'
				? [{...request, outcome: 'timeout', director: 'master'}]
				: sign === 's'
					? [{...request, outcome: 'sorry', director: 'master'}]
					: [{...request, outcome: 'answered', server, director: /\d/.test(sign) ? 'master' : 'standby'}];
	});
}

function lanes(signs: string, resolution = 0): Record<string, string> {
	const {lanes} = timelineOf({interval, requests: requests(signs)}, [], resolution);
	return Object.fromEntries(
		lanes.map(({kind, name, spans, count}) => [
			`${kind} ${name}`,
			`${count}: ${spans.map(({from, to}) => `${from}-${to}`).join(' ')}`,
		]),
	);
}

describe('rows', () => {
	test.each([
		['nothing', '', {}],
		['one server', '111', {'director master': '3: 0-300', 'server server1': '3: 0-300'}],
		[
			'in turn',
			'1212',
			{'director master': '4: 0-400', 'server server1': '2: 0-100 200-300', 'server server2': '2: 100-200 300-400'},
		],
		[
			'a gap and another director',
			'1xxa',
			{
				'director master': '1: 0-100',
				'director standby': '1: 300-400',
				'server server1': '2: 0-100 300-400',
				'lost timeout': '2: 100-300',
			},
		],
		[
			'requests that one dead server loses in between',
			'1x11x1',
			{
				'director master': '4: 0-600',
				'server server1': '4: 0-100 200-400 500-600',
				'lost timeout': '2: 100-200 400-500',
			},
		],
		[
			'a director that is silent for long, and answers again',
			`1${'x'.repeat(12)}1`,
			{'director master': '2: 0-100 1300-1400', 'server server1': '2: 0-100 1300-1400', 'lost timeout': '12: 100-1300'},
		],
		['sorry page', '1ss', {'director master': '3: 0-300', 'server server1': '1: 0-100', 'sorry sorry': '2: 100-300'}],
		['a probe that paused', '1--1', {'director master': '2: 0-400', 'server server1': '2: 0-100 300-400'}],
	])('%s', (_, signs, expected) => {
		expect(lanes(signs)).toEqual(expected);
	});

	test('what is nearer than can be seen is one', () => {
		expect(lanes('1212', 100)).toMatchObject({'server server1': '2: 0-300', 'server server2': '2: 100-400'});
		expect(lanes('1--1', 199)).toMatchObject({'server server1': '2: 0-100 300-400'});
	});

	test('directors first, then servers as people count, what was lost last', () => {
		const made = ['server10', 'server9'].map((server, index): ProbeRequest => ({
			at: index * interval,
			late: 0,
			latency: 1,
			outcome: 'answered',
			server,
			director: 'master',
		}));
		const {lanes} = timelineOf({interval, requests: [{at: 0, late: 0, latency: 1, outcome: 'refused'}, ...made]}, []);
		expect(lanes.map(({name}) => name)).toEqual(['master', 'server9', 'server10', 'refused']);
	});
});

describe('gaps and marks', () => {
	const effect = {sent: 4, lost: 2, affected: 300, longestLatency: 5, servers: {}, directors: {}};
	const phase: PhaseResult = {title: both('a'), injected: 150, verdict: 'passed'};

	test('an outage that ended, with what was done and when all was well', () => {
		const timeline = timelineOf({interval, requests: requests('1xxa')}, [
			{...phase, settled: 350, effect: {...effect, outage: {from: 0, to: 300, duration: 300, lost: 2}}},
		]);
		expect(timeline).toMatchObject({
			end: 400,
			gaps: [{from: 0, to: 300, lost: 2, isOver: true}],
			marks: [{at: 150, settled: 350}],
		});
	});

	test('one that lasts goes to the end of the picture', () => {
		const timeline = timelineOf({interval, requests: requests('1xxx')}, [
			{...phase, effect: {...effect, outage: {from: 0, duration: 400, lost: 3}}},
		]);
		expect(timeline).toMatchObject({gaps: [{from: 0, to: 400, isOver: false}], marks: [{at: 150}]});
	});

	test('one that lasts is as long as its duration, although the requests sent since are not known yet', () => {
		const timeline = timelineOf({interval, requests: requests('1xxx')}, [
			{...phase, effect: {...effect, outage: {from: 5, duration: 5300, lost: 3}}},
		]);
		expect(timeline).toMatchObject({end: 5305, gaps: [{from: 5, to: 5305, isOver: false}]});
	});

	test('the picture is as long as what was done', () => {
		expect(timelineOf({interval, requests: requests('1')}, [{...phase, settled: 5000}]).end).toBe(5000);
	});
});

import {expect, test} from 'vitest';
import type {Prediction} from '../../source/engine/prediction.ts';
import {judgePhase, type PhaseObservation} from '../../source/measure/judge-phase.ts';
import {both} from '../both.ts';
import {requests} from './letters.ts';

const predicted = (of: Prediction['of'], seconds = 0): Prediction => ({of, seconds, parts: []});
const outage = predicted('outage', 0.5);
const affected = predicted('affected', 0.9);
const none = predicted('none');

/** What is seen of requests written as letters (see there); of a drill that does something unless it is said. */
const table: ReadonlyArray<
	[
		what: string,
		text: string,
		predict: Prediction | undefined,
		seen: Partial<PhaseObservation> & {isIdle?: boolean},
		verdict: string,
		reason?: RegExp,
	]
> = [
	['an outage that is as long as predicted', '123xxxx/231', outage, {}, 'passed'],
	['an outage that is longer', '123xxxxx/231', outage, {}, 'failed', /0\.6 s.*0\.5 s/],
	['an outage that has not ended', '123xxxxxxx', outage, {}, 'failed', /0\.7 s.*0\.5 s/],
	['no outage where one was predicted is no fault', '123123', outage, {}, 'passed'],
	['one server of three is dead as long as predicted', '12x12x12x121', affected, {}, 'passed'],
	['one server of three is dead for longer', '12x12x12x12x1', affected, {}, 'failed', /1\.1 s.*0\.9 s/],
	['one request lost where none may be', '123x123', none, {}, 'failed', /1 of 7/],
	['none lost', '123123', none, {}, 'passed'],
	['whatever is lost where nothing was predicted', '123xxxxxxxxxxxx', undefined, {}, 'passed'],
	['nobody was harmed, and all answer in turn', '1231231', none, {isIdle: true}, 'passed'],
	[
		'nobody was harmed, and one answers more often',
		'123121121',
		none,
		{isIdle: true},
		'failed',
		/server1 5, server2 3, server3 1/,
	],
	['one answers more often, but only before it settled', '111123123', none, {isIdle: true, settled: 350}, 'passed'],
	['of those that were harmed nobody says how evenly', '111111123', none, {}, 'passed'],
	[
		'the probe was late: nothing is said, neither good',
		'123123',
		none,
		{isVoid: true, lateness: 321},
		'void',
		/321 ms/,
	],
	['nor bad', '123xxx', none, {isVoid: true, lateness: 321}, 'void', /321 ms/],
	[
		'it did not come to its end',
		'123123',
		none,
		{failure: {verdict: 'failed', reason: 'server1 is not in rotation'}},
		'failed',
		/^server1 is not in rotation$/,
	],
	[
		'it was stopped: that is no fault of the cluster',
		'123xxx',
		outage,
		{failure: {verdict: 'interrupted', reason: 'interrupted'}},
		'interrupted',
		/^interrupted$/,
	],
];

test.each(table)('%s', (_, text, predict, {isIdle, ...seen}, verdict, reason = /^$/) => {
	const all = requests(text);
	const phase = {
		inject: isIdle ? [] : [{on: 'host', task: {title: both(''), check: {strings: [], values: []} as never}}],
		...(predict && {predict}),
	};
	const judged = judgePhase(
		phase,
		{requests: all, span: {from: 0}, isVoid: false, lateness: 1, held: [], ...seen},
		'en',
	);
	expect(judged.verdict).toBe(verdict);
	expect(judged.reason ?? '').toMatch(reason);
	expect(judged.effect?.sent).toBe(all.length);
});

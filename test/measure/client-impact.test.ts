import {expect, test} from 'vitest';
import {clientImpact, type OutageSpan} from '../../source/measure/client-impact.ts';
import type {ClientImpact, ProbeRequest} from '../../source/measure/result.ts';
import {requests} from './letters.ts';

const table: ReadonlyArray<
	[what: string, text: string, span: OutageSpan | undefined, expected: Partial<ClientImpact>]
> = [
	['nothing', '', undefined, {sent: 0, lost: 0, affected: 0, longestLatency: 0, servers: {}, directors: {}}],
	[
		'all is well',
		'123123',
		undefined,
		{
			sent: 6,
			lost: 0,
			affected: 0,
			longestLatency: 10,
			servers: {server1: 2, server2: 2, server3: 2},
			directors: {master: 6},
		},
	],
	[
		'a director fails',
		'123xxxx/231',
		undefined,
		{
			sent: 10,
			lost: 4,
			affected: 600,
			outage: {from: 210, to: 710, duration: 500, lost: 4},
			servers: {server1: 2, server2: 2, server3: 2},
			directors: {master: 3, standby: 3},
		},
	],
	[
		'limits run out after it is over',
		'123tttt123',
		undefined,
		{lost: 4, outage: {from: 210, to: 710, duration: 500, lost: 4}},
	],
	['it is not over', '123xxx', undefined, {lost: 3, outage: {from: 210, to: undefined, duration: 300, lost: 3}}],
	['it never worked', 'xxx', undefined, {lost: 3, outage: {from: 0, to: undefined, duration: 210, lost: 3}}],
	[
		'two outages: the longer one',
		'1x2xxx3x1',
		undefined,
		{lost: 5, outage: {from: 210, to: 610, duration: 400, lost: 3}},
	],
	[
		'one server of three is dead',
		'12x12x12x121',
		undefined,
		{lost: 3, affected: 800, outage: {from: 110, to: 310, duration: 200, lost: 1}},
	],
	[
		'a sorry page is no loss and ends the outage',
		'1xxSSSSxx1',
		undefined,
		{
			sent: 10,
			lost: 4,
			outage: {from: 10, to: 310, duration: 300, lost: 2},
			servers: {server1: 2},
			directors: {master: 6},
		},
	],
	[
		'sent while it was away, answered when it was back: the outage ends then',
		'12xxxxl1lll2',
		{from: 0},
		{lost: 4, outage: {from: 110, to: 710, duration: 600, lost: 4}, longestLatency: 1000},
	],
	[
		'a single answer in the middle, to one sent in it, ends it no earlier than it came',
		'12xxxlxxxxxxxxx12',
		{from: 0},
		{lost: 12, outage: {from: 110, to: 1500, duration: 1390, lost: 12}},
	],
	['a part of it: what was sent then', '1xx2231xx/2', {from: 350, to: 650}, {sent: 3, lost: 0, affected: 0}],
	[
		'a part of it: the last good answer was before it',
		'123xxxx123',
		{from: 250, to: 500},
		{sent: 2, lost: 2, affected: 150, outage: {from: 210, to: 710, duration: 500, lost: 2}},
	],
];

test.each(table)('%s', (_, text, span, expected) => {
	const all = requests(text);
	expect(clientImpact(all, span)).toMatchObject(expected);
	// Live they come in the order in which they end.
	expect(clientImpact(all.toReversed(), span)).toEqual(clientImpact(all, span));
	expect('outage' in clientImpact(all, span)).toBe(clientImpact(all, span).lost > 0);
});

test('a request counts when it was sent, not when it was due', () => {
	const late: ProbeRequest = {at: 100, late: 90, latency: 5, outcome: 'reset'};
	expect(clientImpact([late], {from: 150}).affected).toBe(40);
	expect(clientImpact([late], {from: 50, to: 150}).sent).toBe(0);
});

test('a server may be called like a property of every object', () => {
	const requests = ['constructor', 'constructor', 'valueof'].map((server, index) => ({
		at: index * 50,
		late: 0,
		latency: 1,
		outcome: 'answered' as const,
		server,
	}));
	expect(clientImpact(requests).servers).toEqual({constructor: 2, valueof: 1});
});

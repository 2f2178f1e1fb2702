import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import type {HeldEvent} from '../../source/measure/long-connections.ts';
import type {ProbeRecord} from '../../source/measure/result.ts';
import {probeJson, probeText, type ProbeReporter} from '../../source/output/probe-lines.ts';

const record: ProbeRecord = {
	began: '2026-01-01T00:00:00.000Z',
	interval: 50,
	limit: 2000,
	isVoid: false,
	lateness: 0.4,
	requests: [
		{at: 0, late: 0.2, latency: 4, outcome: 'answered', server: 'server10', director: 'master'},
		{at: 50, late: 0.1, latency: 2000, outcome: 'timeout', director: 'master'},
		{at: 100, late: 0.4, latency: 6, outcome: 'answered', server: 'server2', director: 'standby'},
	],
};
const loss: HeldEvent = {kind: 'download', at: 60, event: 'lost', reason: 'reset'};

function told(make: (output: PassThrough) => ProbeReporter, all = record): string {
	const output = new PassThrough();
	const reporter = make(output);
	reporter.began({...all, origin: 12});
	for (const request of all.requests) {
		reporter.request(request);
	}

	reporter.held({kind: 'keep-alive', at: 55, event: 'progress'});
	reporter.held(loss);
	reporter.ended(all);
	return String(output.read());
}

test('a line for each request, and what came of it', () => {
	const lines = told(output => probeText(output, {url: 'http://192.168.1.200/', language: 'en', color: false})).split(
		'\n',
	);
	expect(lines[0]).toBe('One request to http://192.168.1.200/ every 50 ms, each given 2000 ms. Ctrl-C ends it.');
	expect(lines[1]).toMatch(/^\d\d:\d\d:00\.000 {6}4\.0 ms {2}answered {7}server10 {2}master$/);
	expect(lines[2]).toMatch(/^\d\d:\d\d:00\.050 {3}2000\.0 ms {2}no answer {6}- {2}master$/);
	expect(lines.slice(4)).toEqual([
		'Lost the slow download: reset.',
		'',
		'3 requests, 1 lost',
		'Longest outage: 0.10 s, 1 request lost in it',
		'Answers took 5.0 ms (median), 5.9 ms (95th percentile), 6.0 ms (longest)',
		'Answers by server: server2 1, server10 1',
		'Answers by director: master 1, standby 1',
		'The probe itself was up to 0.4 ms late (95th percentile).',
		'1 request did not get the page from a web server: exit code 4.',
		'',
	]);
});

test('an error of HTTP is named by its status', () => {
	const all: ProbeRecord = {
		...record,
		requests: [{at: 0, late: 0, latency: 4, outcome: 'wrong-content', status: 500, server: 'server1'}],
	};
	expect(told(output => probeText(output, {url: 'http://192.168.1.200/', language: 'en', color: false}), all)).toMatch(
		/ms {2}HTTP 500 {7}server1/,
	);
});

test('in Spanish, and of a void record it is said', () => {
	const text = told(output => probeText(output, {url: 'http://192.168.1.200/', language: 'es', color: false}), {
		...record,
		requests: [],
		isVoid: true,
		lateness: 0,
	});
	expect(text).toContain('Una petición a http://192.168.1.200/ cada 50 ms');
	expect(text).toContain('Se ha perdido la descarga lenta: cortada.\n\n0 peticiones, 0 perdidas\nLa propia sonda');
	expect(text).toContain('estas cifras no dicen nada del clúster');
});

test('one object a line', () => {
	const lines = told(probeJson)
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Record<string, unknown>);
	expect(lines.map(({type}) => type)).toEqual(['began', 'request', 'request', 'request', 'held', 'held', 'summary']);
	expect(lines[1]).toEqual({type: 'request', ...record.requests[0]});
	expect(lines[5]).toEqual({type: 'held', ...loss});
	expect(lines[6]).toMatchObject({
		sent: 3,
		lost: 1,
		outage: {lost: 1},
		servers: {server2: 1, server10: 1},
		isVoid: false,
		lateness: 0.4,
	});
});

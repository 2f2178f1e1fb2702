import {expect, test} from 'vitest';
import {logLines} from '../../source/ui/components/log-lines.ts';
import {Logs} from '../../source/ui/state/logs.ts';
import {RingBuffer} from '../../source/ui/state/ring-buffer.ts';
import {emptyRun, reduceRun} from '../../source/ui/state/run-state.ts';
import {emptyTests, estimateInterval, reduceTests} from '../../source/ui/state/verification-state.ts';
import {cut, padOrTruncate, width, wrap} from '../../source/ui/components/text.ts';
import {at} from '../screens/fake-backend.ts';

test('a ring buffer keeps the newest, by their own numbers', () => {
	const buffer = new RingBuffer<number>(3);
	for (let value = 0; value < 8; value++) {
		buffer.push(value);
	}

	expect([buffer.start, buffer.end]).toEqual([5, 8]);
	expect(buffer.slice(0, 100)).toEqual([5, 6, 7]);
	expect([buffer.at(4), buffer.at(5), buffer.at(8)]).toEqual([undefined, 5, undefined]);
});

test('a ring buffer keeps no more than there is room for, and the newest in any case', () => {
	const buffer = new RingBuffer<string>(4, {most: 10, sizeOf: text => text.length});
	for (const text of ['aaaa', 'bbbb', 'cccc', 'd', 'e']) {
		buffer.push(text);
	}

	expect([buffer.start, buffer.end, buffer.slice(0, 9)]).toEqual([1, 5, ['bbbb', 'cccc', 'd', 'e']]);
	buffer.push('f'.repeat(100));
	expect([buffer.start, buffer.end, buffer.slice(0, 9)]).toEqual([5, 6, ['f'.repeat(100)]]);
	buffer.push('g');
	expect(buffer.slice(0, 9)).toEqual(['g']);
});

test('of a long line that was cut the log pane says how much is missing', () => {
	const logs = new Logs();
	logs.add(
		at(0, {
			type: 'output',
			unit: 'raid:nas',
			step: 'raid',
			host: 'nas',
			stream: 'stdout',
			line: 'x'.repeat(70_000),
			cut: 5,
		}),
	);
	const show = (language: 'en' | 'es') =>
		logLines(logs.of('nas'), {columns: 60, height: 3, say: text => text[language]});
	expect(show('en')).toEqual([expect.stringMatching(/^ {2}\[5 bytes of this line left out\] x+…$/)]);
	expect(show('es')).toEqual([expect.stringMatching(/^ {2}\[se han omitido 5 bytes de esta línea\] x+…$/)]);
});

const label = {unit: 'raid:nas', step: 'raid', host: 'nas'};

test('a run is a pure reduction of its events', () => {
	const events = [
		at(0, {
			type: 'run-started',
			run: 'r',
			command: 'up',
			cluster: 'web',
			steps: [{unit: 'raid:nas', step: 'raid', host: 'nas', tasks: 2}],
		}),
		at(1, {type: 'step-started', ...label, title: 'The array'}),
		at(2, {type: 'task-started', ...label, task: 'Make it', index: 0, command: 'mdadm'}),
		at(3, {type: 'waiting', ...label, task: 'Make it', reason: 'resync', seconds: 1, limit: 60}),
		at(5, {type: 'waiting', ...label, task: 'Make it', reason: 'resync', seconds: 3, limit: 60}),
	];
	const middle = events.reduce(reduceRun, emptyRun);
	expect(middle.units.get('raid:nas')).toMatchObject({
		status: 'running',
		task: {command: 'mdadm'},
		waiting: {reason: 'resync', since: Date.parse(events[0]!.time) + 2000},
	});
	const done = [
		at(6, {type: 'task-finished', ...label, task: 'Make it', index: 0, status: 'changed', duration: 4}),
		at(7, {type: 'step-finished', ...label, status: 'changed', duration: 6}),
	].reduce(reduceRun, middle);
	expect(done.units.get('raid:nas')).toMatchObject({
		status: 'changed',
		duration: 6,
		rows: [{title: 'Make it', status: 'changed'}],
	});
	expect(done.units.get('raid:nas')).not.toHaveProperty('waiting');
	expect(middle.units.get('raid:nas')!.status).toBe('running');
});

test('units that nobody announced appear with their first event', () => {
	expect(reduceRun(emptyRun, at(0, {type: 'step-started', ...label, title: 'x'}))).toMatchObject({status: 'running'});
});

test.each([
	['abc', 5, 'abc  '],
	['abcdef', 4, 'abc…'],
	['ñandú', 3, 'ña…'],
	['日本語', 4, '日… '],
	['', 2, '  '],
])('%s in %i columns is "%s"', (text, columns, result) => {
	expect(padOrTruncate(text, columns)).toBe(result);
	expect(width(cut(text, columns))).toBeLessThanOrEqual(columns);
});

test.each([
	['one two three', 7, ['one two', 'three']],
	['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
	['a\n\nb', 9, ['a', '', 'b']],
])('%j wrapped at %i', (text, columns, lines) => {
	expect(wrap(text, columns)).toEqual(lines);
});

const beginning = (unit: string, seconds: number) =>
	at(seconds, {type: 'step-started', unit, step: unit, host: 'host', title: unit});
const request = (due: number, told: number, latency = 10) =>
	at(told, {type: 'request', test: '2-crash', at: due, late: 0, latency, outcome: 'answered', server: 'server1'});

test("requests belong to the test that runs; the probe's time is known from the one that was told soonest", () => {
	const events = [
		beginning('2-crash:before', 0),
		beginning('2-crash:1', 5),
		request(0, 2.3),
		request(50, 2.06),
		request(150, 2.2),
	];
	const state = events.reduce(reduceTests, emptyTests);
	expect(state).toMatchObject({
		drill: '2-crash',
		started: Date.parse(events[0]!.time),
		origin: Date.parse(events[0]!.time) + 2000,
	});
	expect(state.requests.map(({at}) => at)).toEqual([0, 50, 150]);
	expect(estimateInterval(state.requests)).toBe(50);
	// The next one, and the same one again, begin without.
	expect(reduceTests(state, beginning('3:before', 9))).toMatchObject({drill: '3', requests: [], origin: undefined});
	expect(reduceTests(state, beginning('2-crash:before', 9)).requests).toEqual([]);
	expect(reduceTests(state, beginning('2-crash:undo', 9)).requests).toHaveLength(3);
});

test('samples of a load are a series as they come', () => {
	const sample = (repetition: number, rate: number) =>
		at(repetition, {
			type: 'sample',
			tool: 'ab',
			servers: 1,
			repetition,
			requests: 1,
			failed: 0,
			duration: 1,
			rate,
			latency: {mean: 1, longest: 1},
			cpu: {},
		});
	const started = reduceTests(
		emptyTests,
		at(0, {type: 'load-started', tool: 'ab', servers: 1, repetition: 1, of: 3, command: 'ab'}),
	);
	expect(started.sending).toMatchObject({tool: 'ab', of: 3});
	const state = [sample(1, 10), sample(2, 12)].reduce(reduceTests, started);
	expect(state.sending).toBeUndefined();
	expect(state.load).toMatchObject([{tool: 'ab', servers: 1, command: 'ab', samples: [{rate: 10}, {rate: 12}]}]);
});

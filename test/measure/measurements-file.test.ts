import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, expect, onTestFinished, test} from 'vitest';
import {readMeasurements, writeMeasurements} from '../../source/measure/measurements-file.ts';
import type {DrillResult, LoadSeries} from '../../source/measure/result.ts';
import type {StateDirectory} from '../../source/state/directory.ts';
import {both} from '../both.ts';
import {begunState} from '../state-fixture.ts';

let state: StateDirectory;
beforeEach(() => {
	const folder = mkdtempSync(join(tmpdir(), 'measurements-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	state = begunState(join(folder, 'state'));
});

const load = (tool: 'ab' | 'siege', servers: number, command = 'first'): LoadSeries => ({
	tool,
	servers,
	command,
	samples: [],
});
const text = both('Test', 'Prueba');
const result = (id: string, day: number): DrillResult => ({
	id,
	chapter: '',
	title: text,
	explanation: text,
	began: `2026-01-0${day}T00:00:00Z`,
	duration: 1,
	phases: [],
	verdict: 'passed',
	restored: true,
});

test('nothing measured yet', () => {
	expect(readMeasurements(state)).toMatchObject({measurements: {drills: [], load: []}});
});

test('loads and tests are kept side by side; one that was run again replaces what it gave before', () => {
	writeMeasurements(state, {load: [load('ab', 1), load('ab', 2), load('siege', 1)]});
	writeMeasurements(state, {drills: [result('1', 1), result('2', 1), result('2', 2)]});
	writeMeasurements(state, {load: [load('ab', 1, 'second')]});
	writeMeasurements(state, {drills: [result('2', 3)]});
	const {drills, load: series} = readMeasurements(state).measurements;
	expect(drills.map(({id, began}) => `${id} ${began.slice(0, 10)}`)).toEqual(['1 2026-01-01', '2 2026-01-03']);
	expect(series.map(({tool, servers, command}) => `${tool} ${servers} ${command}`)).toEqual([
		'ab 2 first',
		'siege 1 first',
		'ab 1 second',
	]);
});

test('only its owner can read it', () => {
	writeMeasurements(state, {load: [load('ab', 1)]});
	expect(statSync(state.file('reports/measurements.json')).mode & 0o777).toBe(0o600);
	expect(statSync(state.file('reports')).mode & 0o777).toBe(0o700);
});

test.each([
	'null',
	'{}',
	'{"load": [',
	'[]',
	JSON.stringify({version: '1', at: '2026-01-01T00:00:00Z', drills: null, load: []}),
])('a damaged file, %s, is told from an empty one, and reading leaves it', damaged => {
	state.create('reports');
	writeFileSync(state.file('reports/measurements.json'), damaged, {mode: 0o600});
	const {measurements, problem} = readMeasurements(state);
	expect(measurements).toMatchObject({drills: [], load: []});
	expect(problem).toMatch(/\S/);
	expect(readdirSync(state.file('reports'))).toEqual(['measurements.json']);
});

test('a file that somebody has damaged is kept under another name', () => {
	writeMeasurements(state, {load: [load('ab', 1)]});
	writeFileSync(state.file('reports/measurements.json'), '{"load": [');
	writeMeasurements(state, {load: [load('ab', 2)]});
	expect(readMeasurements(state).measurements.load).toHaveLength(1);
	expect(readFileSync(state.file('reports/measurements.json.unreadable'), 'utf8')).toBe('{"load": [');
});

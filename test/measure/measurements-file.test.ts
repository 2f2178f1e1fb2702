import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, expect, onTestFinished, test} from 'vitest';
import {readMeasurements, writeMeasurements} from '../../source/measure/measurements-file.ts';
import type {DrillResult, LoadSeries} from '../../source/measure/result.ts';
import {currentOwner, StateDirectory} from '../../source/state/directory.ts';

let state: StateDirectory;
beforeEach(() => {
	const folder = mkdtempSync(join(tmpdir(), 'measurements-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	state = new StateDirectory(join(folder, 'state'), currentOwner());
});

const load = (tool: 'ab' | 'siege', servers: number, command = 'first'): LoadSeries => ({tool, servers, command, samples: []});
const result = (id: string, began: string) => ({id, began}) as DrillResult;

test('nothing measured yet', () => {
	expect(readMeasurements(state)).toMatchObject({drills: [], load: []});
});

test('loads and tests are kept side by side; one that was run again replaces what it gave before', () => {
	writeMeasurements(state, {load: [load('ab', 1), load('ab', 2), load('siege', 1)]});
	writeMeasurements(state, {drills: [result('1', 'a'), result('2', 'a'), result('2', 'b')]});
	writeMeasurements(state, {load: [load('ab', 1, 'second')]});
	writeMeasurements(state, {drills: [result('2', 'c')]});
	const {drills, load: series} = readMeasurements(state);
	expect(drills.map(({id, began}) => id + began)).toEqual(['1a', '2c']);
	expect(series.map(({tool, servers, command}) => `${tool} ${servers} ${command}`)).toEqual(['ab 2 first', 'siege 1 first', 'ab 1 second']);
});

test('only its owner can read it', () => {
	writeMeasurements(state, {load: [load('ab', 1)]});
	expect(statSync(state.file('reports/measurements.json')).mode & 0o777).toBe(0o600);
	expect(statSync(state.file('reports')).mode & 0o777).toBe(0o700);
});

test('a file that somebody has damaged is kept under another name', () => {
	writeMeasurements(state, {load: [load('ab', 1)]});
	writeFileSync(state.file('reports/measurements.json'), '{"load": [');
	writeMeasurements(state, {load: [load('ab', 2)]});
	expect(readMeasurements(state).load).toHaveLength(1);
	expect(readFileSync(state.file('reports/measurements.json.unreadable'), 'utf8')).toBe('{"load": [');
});

import {expect, test} from 'vitest';
import type {JournalEntry} from '../../source/engine/journal-schema.ts';
import {drillOverview, applicableDrills} from '../../source/drilling/drill-overview.ts';
import {clusterHistory, workDurations} from '../../source/wizard/overview.ts';
import {testCluster} from '../cluster-fixture.ts';

const time = '2026-01-01T00:00:00.000Z';
const run = 'r1';
const started: JournalEntry = {time, type: 'run-started', run, command: 'up', version: '1', pid: 1};
const unit = (name: string): JournalEntry => ({time, type: 'step-started', run, unit: name});
const ended = (name: string, status: 'ok' | 'changed' | 'failed' | 'interrupted' | 'blocked'): JournalEntry => ({
	time,
	type: 'step-finished',
	run,
	unit: name,
	status,
	duration: 4,
});
const finished = (status: 'ok' | 'failed' | 'interrupted'): JournalEntry => ({
	time,
	type: 'run-finished',
	run,
	status,
	duration: 9,
});

test.each<[string, JournalEntry[], object]>([
	['nothing yet', [], {kind: 'none'}],
	['built', [started, unit('a'), ended('a', 'changed'), unit('b'), ended('b', 'ok'), finished('ok')], {kind: 'built'}],
	[
		'cut off',
		[started, unit('a'), ended('a', 'changed'), unit('b')],
		{kind: 'interrupted', status: 'killed', unit: 'b'},
	],
	[
		'stopped',
		[started, unit('a'), ended('a', 'interrupted'), finished('interrupted')],
		{kind: 'interrupted', status: 'interrupted', unit: 'a'},
	],
	[
		'failed',
		[started, unit('a'), ended('a', 'failed'), ended('b', 'blocked'), finished('failed')],
		{kind: 'interrupted', status: 'failed', unit: 'a'},
	],
	[
		'only a part was asked for',
		[started, unit('a'), ended('a', 'ok'), finished('ok')],
		{kind: 'interrupted', status: 'interrupted'},
	],
	[
		'only packages were installed',
		[started, unit('packages'), ended('packages', 'changed'), finished('ok')],
		{kind: 'none'},
	],
	[
		'packages were installed after a run was cut off',
		[{...started, run: 'r0'} as JournalEntry, started, unit('packages'), ended('packages', 'changed'), finished('ok')],
		{kind: 'interrupted', status: 'killed', run: 'r0'},
	],
	[
		'packages could not be installed',
		[started, unit('packages'), ended('packages', 'failed'), finished('failed')],
		{kind: 'interrupted', status: 'failed', unit: 'packages'},
	],
	['cut off before its first step', [started], {kind: 'interrupted', status: 'killed'}],
])('%s', (_, entries, past) => {
	expect(clusterHistory(entries, ['a', 'b'])).toMatchObject(past);
});

test('only work counts for the estimate, the last of each', () => {
	expect(
		new Map(
			workDurations([
				started,
				ended('a', 'changed'),
				ended('b', 'ok'),
				{...ended('a', 'changed'), duration: 7} as JournalEntry,
			]),
		),
	).toEqual(new Map([['a', 7]]));
});

test('the tests a cluster can be put to are shown with what they may cost; looking breaks nothing', () => {
	const cluster = testCluster();
	const drills = applicableDrills(cluster).map(drill => drillOverview(drill, cluster));
	expect(drills[0]).toMatchObject({id: '1', isHarmful: false, phases: [{prediction: {of: 'none'}}]});
	expect(drills.filter(({isHarmful}) => !isHarmful)).toHaveLength(1);
	expect(drills.find(({id}) => id === '2-crash')?.phases[0]).toMatchObject({
		prediction: {of: 'outage', seconds: expect.any(Number) as number},
	});
});

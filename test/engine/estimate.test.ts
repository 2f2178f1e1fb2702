import {expect, test} from 'vitest';
import {estimate, estimateRun, noHistory, type Forecast, type UnitProgress} from '../../source/engine/estimate.ts';
import {expectedWork, durationHistory} from '../../source/engine/history.ts';
import {formatEntry, parseJournal} from '../../source/engine/journal-entry.ts';
import type {JournalEntry} from '../../source/engine/journal-schema.ts';
import type {Unit} from '../../source/engine/plan.ts';
import {ShownTotal} from '../../source/engine/shown-total.ts';
import {estimatedRuns} from '../recorded/estimated-runs.ts';
import {forecastOfRun, halfTime, plannedSeconds, progressAt} from '../recorded/recorded-run.ts';

const units = [
	{id: 'a', step: 'a', needs: []},
	{id: 'b', step: 'b', needs: ['a']},
	{id: 'c', step: 'c', needs: []},
];
const history = {
	work: new Map([
		['a', 60],
		['b', 30],
		['c', 10],
	]),
	change: new Map([['a', 6]]),
	check: new Map([
		['a', 2],
		['b', 1],
		['c', 1],
	]),
	settle: new Map([['b', new Map([['a', 20]])]]),
};
const forecast: Forecast = {units, history, expected: new Map(), acceleration: 'tcg'};
const ended = (status: UnitProgress['status'], duration: number): UnitProgress => ({status, duration, started: 0});
const running = (more: Partial<UnitProgress> = {}): UnitProgress => ({status: 'running', started: 0, ...more});

test('the time left is the longest chain of what earlier runs took', () => {
	expect(estimateRun(forecast)).toBe(90);
	expect(estimate(forecast, new Map([['a', ended('changed', 60)]]), 60_000)).toEqual({
		done: expect.closeTo(2 / 3),
		left: 30,
	});
});

test('units whose checks are expected to hold count with the time of a look', () => {
	expect(
		estimateRun({
			...forecast,
			expected: new Map([
				['a', 'check'],
				['b', 'check'],
				['c', 'check'],
			]),
		}),
	).toBe(3);
});

test('a unit that turns out to work counts as work, and one behind it as waiting for it', () => {
	const checks = {
		...forecast,
		expected: new Map([
			['a', 'check'],
			['b', 'check'],
			['c', 'check'],
		] as const),
	};
	expect(estimate(checks, new Map([['a', running({isWorking: true})]]), 0).left).toBe(26);
});

test('units of a later stage begin after all of an earlier one', () => {
	const staged = units.map(unit => ({...unit, stage: unit.id === 'c' ? (2 as const) : (1 as const)}));
	expect(estimateRun({...forecast, units: staged})).toBe(100);
});

test('a run that is twice as fast as earlier ones goes on so', () => {
	const {left} = estimate(forecast, new Map([['a', ended('changed', 30)]]), 30_000);
	expect(left).toBeGreaterThan(15);
	expect(left).toBeLessThan(20);
});

test("the operator's thinking time is no work", () => {
	const at = (unit: UnitProgress, now: number) => estimate(forecast, new Map([['a', unit]]), now);
	expect(at(running({asked: 10_000}), 500_000)).toEqual(at(running(), 10_000));
	expect(at(running({thinking: 490_000}), 500_000)).toEqual(at(running(), 10_000));
});

test('after a failure only what goes on is left, and what failed is not done', () => {
	expect(estimate(forecast, new Map([['a', ended('failed', 5)]]), 5000)).toMatchObject({left: 10, done: 0});
});

test('without history the defaults of each step serve, faster with hardware virtualization', () => {
	const of = (step: string, acceleration: 'kvm' | 'tcg') =>
		estimateRun({units: [{id: 'x', step, needs: []}], history: noHistory, expected: new Map(), acceleration});
	expect(of('machines', 'tcg')).toBeGreaterThan(4 * of('machines', 'kvm'));
	expect(of('images', 'tcg')).toBe(of('images', 'kvm'));
	// A node that is new counts as its likes.
	expect(estimateRun({...forecast, units: [{id: 'a:new', step: 'a', needs: []}, ...units]})).toBe(90);
});

const time = '2026-01-01T00:00:00.000Z';
const run = 'r';
const started: JournalEntry = {time, type: 'run-started', run, command: 'up', version: '1', pid: 1};
const finished = (
	unit: string,
	status: 'ok' | 'changed' | 'failed',
	duration = 4,
): JournalEntry & {type: 'step-finished'} => ({time, type: 'step-finished', run, unit, status, duration});
const removed = (name: string): JournalEntry => ({time, type: 'removed', kind: 'machine', name});

test('a journal tells first work, changes, looks and waits apart', () => {
	const waited = (unit: string, duration: number) => ({...finished(unit, 'ok', duration), waited: true});
	const first = [started, finished('a', 'changed', 60), waited('b', 30), finished('c', 'failed', 1)];
	const look = [started, finished('a', 'ok', 2), finished('b', 'ok', 1)];
	const changed = [started, finished('a', 'changed', 9), waited('b', 20)];
	expect(durationHistory([...first, ...look, ...changed], units, {remembered: {a: 99, z: 5}})).toEqual({
		work: new Map([
			['a', 60],
			['b', 30],
			['z', 5],
		]),
		change: new Map([['a', 9]]),
		check: new Map([
			['a', 2],
			['b', 1],
		]),
		settle: new Map([['b', new Map([['a', 20]])]]),
	});
	// Removed and made again is work of the first kind.
	const again = durationHistory([...first, removed('a'), started, finished('a', 'changed', 50)], units, {
		undone: ({name}) => [name],
	});
	expect([again.work.get('a'), again.change.size]).toEqual([50, 0]);
});

test('the journal keeps that a unit waited', () => {
	const waited = {...finished('b', 'ok'), waited: true} as JournalEntry;
	expect(parseJournal(formatEntry(waited)).entries).toEqual([waited]);
});

test('of several looks the one in the middle counts: a busy computer is no rule', () => {
	const {check} = durationHistory(
		[2, 3, 40].flatMap(seconds => [started, finished('c', 'ok', seconds)]),
		units,
	);
	expect(check.get('c')).toBe(3);
});

test('a wait belongs to the step that is known for it, when several have changed something', () => {
	const two = [
		{id: 'a', step: 'a', needs: []},
		{id: 'd', step: 'd', needs: []},
		{id: 'b', step: 'b', needs: ['a', 'd']},
	];
	const waited = {...finished('b', 'ok', 20), waited: true};
	const begun = [started, ...two.map(({id}) => finished(id, 'changed'))];
	const {settle} = durationHistory(
		[
			...begun,
			started,
			finished('d', 'changed'),
			finished('b', 'ok', 1),
			started,
			finished('a', 'changed'),
			finished('d', 'changed'),
			waited,
		],
		two,
	);
	expect(Object.fromEntries(settle.get('b')!)).toEqual({a: 20, d: 0});
	const left = (id: string) =>
		estimateRun({
			units: two,
			history: {...noHistory, check: new Map(two.map(({id}) => [id, 1])), change: new Map([[id, 5]]), settle},
			expected: new Map(two.map(unit => [unit.id, unit.id === id ? 'change' : 'check'])),
			acceleration: 'tcg',
		});
	expect([left('a'), left('d')]).toEqual([25, 6]);
});

test('corosync with another token: who waits for it counts as well, without history', () => {
	const chain = [
		{id: 'corosync:master', step: 'corosync', needs: []},
		{id: 'resources:master', step: 'resources', needs: ['corosync:master']},
		{id: 'pacemaker', step: 'pacemaker', needs: ['resources:master']},
	];
	const seconds = (expected: 'change' | 'check') =>
		estimateRun({
			units: chain,
			history: noHistory,
			expected: new Map(chain.map(({id}, index) => [id, index === 0 ? expected : 'check'])),
			acceleration: 'tcg',
		});
	expect(seconds('change') - seconds('check')).toBeGreaterThan(50);
});

test.each<[string, JournalEntry[], string[], Record<string, string>]>([
	['nothing yet', [], [], {images: 'work', n1: 'work', m1: 'work'}],
	['images in the cache', [], ['x.img'], {images: 'check', n1: 'work', m1: 'work'}],
	[
		'built',
		[finished('images', 'changed'), finished('n1', 'changed'), finished('m1', 'ok')],
		[],
		{images: 'check', n1: 'check', m1: 'check'},
	],
	['failed since', [finished('n1', 'changed'), finished('n1', 'failed')], [], {n1: 'work'}],
	[
		'its machine was removed',
		[finished('images', 'changed'), finished('n1', 'changed'), finished('m1', 'ok'), removed('m1')],
		[],
		{images: 'check', n1: 'work', m1: 'work'},
	],
])('what is expected: %s', (_, entries, cached, expected) => {
	const unit = (id: string, node?: string, creates?: object) =>
		({
			id,
			step: {id},
			subject: node ? {node: {name: node}} : {},
			tasks: creates ? [{creates: [creates]}] : [],
		}) as unknown as Unit;
	const plan = [
		unit('images', undefined, {kind: 'image', name: 'x.img'}),
		unit('n1', 'one'),
		unit('m1', 'one', {kind: 'machine', name: 'm1'}),
	];
	expect(Object.fromEntries(expectedWork(entries, plan, ({name}) => cached.includes(name)))).toMatchObject(expected);
});

const runs = estimatedRuns();
const real = runs.filter(({origin}) => origin === 'real');

test('at least twenty real runs tell how good the estimate is', () => {
	expect(real.length).toBeGreaterThanOrEqual(20);
});

/** Seconds by which the shown estimate of a short run may be wrong, whatever part of it that is. */
const leastError = 5;

test.each(real.map(({name, run, earlier}) => [`${name}, ${run.about.split(';')[0]}`, run, earlier] as const))(
	'at half-time of "%s" the whole is estimated with an error below 30 %%, or 5 s',
	(_, run, earlier) => {
		const {ofWhole, left} = halfTime(run, earlier);
		expect(Math.min(ofWhole, Math.abs(left - run.seconds / 2) < leastError ? 0 : 1)).toBeLessThan(0.3);
	},
);

test('and so are nine of ten runs that are made of them', () => {
	const good = runs.filter(({run, earlier}) => halfTime(run, earlier).ofWhole < 0.3);
	expect(good.length / runs.length).toBeGreaterThanOrEqual(0.9);
});

test('the time that plan gives is off by less than half in half of the runs, and by less than the factor 3 in each', () => {
	const ratios = real
		.flatMap(({run, earlier}) => {
			const seconds = plannedSeconds(run, earlier);
			return seconds === undefined ? [] : [Math.max(seconds / run.seconds, run.seconds / seconds)];
		})
		.toSorted((one, other) => one - other);
	expect(ratios.length).toBeGreaterThanOrEqual(15);
	expect(ratios[Math.floor(ratios.length / 2)]).toBeLessThan(1.5);
	expect(ratios.at(-1)).toBeLessThan(3);
});

test('the shown end of a run does not run back and forth', () => {
	const turns = real.map(({run, earlier}) => {
		const forecast = forecastOfRun(run, earlier);
		const total = new ShownTotal();
		let [turned, direction, before] = [0, 0, 0];
		for (let elapsed = 0; elapsed < run.seconds; elapsed += 0.5) {
			const shown = total.next(elapsed, estimate(forecast, progressAt(run, elapsed), elapsed * 1000).left);
			const now = Math.sign(shown - before);
			turned += now !== 0 && direction !== 0 && now !== direction ? 1 : 0;
			direction = now === 0 ? direction : now;
			before = shown;
		}

		return turned;
	});
	expect(Math.max(...turns)).toBeLessThanOrEqual(5);
});

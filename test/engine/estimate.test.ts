import {expect, test} from 'vitest';
import {estimate, estimateRun, noHistory, type Forecast, type UnitProgress} from '../../source/engine/estimate.ts';
import {expectedOf, historyOf} from '../../source/engine/history.ts';
import type {JournalEntry} from '../../source/engine/journal-entry.ts';
import type {Unit} from '../../source/engine/plan.ts';
import {estimatedRuns} from '../recorded/estimated-runs.ts';
import {halfTime} from '../recorded/recorded-run.ts';

const units = [{id: 'a', step: 'a', needs: []}, {id: 'b', step: 'b', needs: ['a']}, {id: 'c', step: 'c', needs: []}];
const history = {work: new Map([['a', 60], ['b', 30], ['c', 10]]), check: new Map([['a', 2], ['b', 1], ['c', 1]]), settle: new Map([['b', 20]])};
const forecast: Forecast = {units, history, expected: new Map(), acceleration: 'tcg'};
const ended = (status: UnitProgress['status'], duration: number): UnitProgress => ({status, duration, started: 0});
const running = (more: Partial<UnitProgress> = {}): UnitProgress => ({status: 'running', started: 0, ...more});

test('the time left is the longest chain of what earlier runs took', () => {
	expect(estimateRun(forecast)).toBe(90);
	expect(estimate(forecast, new Map([['a', ended('changed', 60)]]), 60_000)).toEqual({done: expect.closeTo(2 / 3), left: 30});
});

test('units whose checks are expected to hold count with the time of a look', () => {
	expect(estimateRun({...forecast, expected: new Map([['a', 'check'], ['b', 'check'], ['c', 'check']])})).toBe(3);
});

test('a unit that turns out to work counts as work, and one behind it as waiting for it', () => {
	const checks = {...forecast, expected: new Map([['a', 'check'], ['b', 'check'], ['c', 'check']] as const)};
	expect(estimate(checks, new Map([['a', running({isWorking: true})]]), 0).left).toBe(80);
});

test('units of a later stage begin after all of an earlier one', () => {
	const staged = units.map(unit => ({...unit, stage: unit.id === 'c' ? 2 as const : 1 as const}));
	expect(estimateRun({...forecast, units: staged})).toBe(100);
});

test('a run that is twice as fast as earlier ones goes on so', () => {
	const {left} = estimate(forecast, new Map([['a', ended('changed', 30)]]), 30_000);
	expect(left).toBeGreaterThan(15);
	expect(left).toBeLessThan(20);
});

test('the operator\'s thinking time is no work', () => {
	const at = (unit: UnitProgress, now: number) => estimate(forecast, new Map([['a', unit]]), now);
	expect(at(running({asked: 10_000}), 500_000)).toEqual(at(running(), 10_000));
	expect(at(running({thinking: 490_000}), 500_000)).toEqual(at(running(), 10_000));
});

test('after a failure only what goes on is left, and what failed is not done', () => {
	expect(estimate(forecast, new Map([['a', ended('failed', 5)]]), 5000)).toMatchObject({left: 10, done: 0});
});

test('without history the defaults of each step serve, faster with hardware virtualization', () => {
	const of = (step: string, acceleration: 'kvm' | 'tcg') => estimateRun({units: [{id: 'x', step, needs: []}], history: noHistory, expected: new Map(), acceleration});
	expect(of('machines', 'tcg')).toBeGreaterThan(4 * of('machines', 'kvm'));
	expect(of('images', 'tcg')).toBe(of('images', 'kvm'));
	// A node that is new counts as its likes.
	expect(estimateRun({...forecast, units: [{id: 'a:new', step: 'a', needs: []}, ...units]})).toBe(90);
});

const time = '2026-01-01T00:00:00.000Z';
const run = 'r';
const started: JournalEntry = {time, type: 'run-started', run, command: 'up', version: '1', pid: 1};
const finished = (unit: string, status: 'ok' | 'changed' | 'failed', duration = 4): JournalEntry => ({time, type: 'step-finished', run, unit, status, duration});
const removed = (name: string): JournalEntry => ({time, type: 'removed', kind: 'machine', name});

test('a journal tells work, looks, and waiting for what a unit before has changed apart', () => {
	const found = historyOf([started, finished('a', 'changed', 60), finished('b', 'ok', 20), finished('c', 'failed', 1), started, finished('a', 'ok', 2), finished('b', 'ok', 1)], units, {a: 99, z: 5});
	expect(found).toEqual({work: new Map([['a', 60], ['z', 5]]), check: new Map([['a', 2], ['b', 1]]), settle: new Map([['b', 20]])});
});

test.each<[string, JournalEntry[], string[], Record<string, string>]>([
	['nothing yet', [], [], {images: 'work', n1: 'work', m1: 'work'}],
	['images in the cache', [], ['x.img'], {images: 'check', n1: 'work', m1: 'work'}],
	['built', [finished('images', 'changed'), finished('n1', 'changed'), finished('m1', 'ok')], [], {images: 'check', n1: 'check', m1: 'check'}],
	['failed since', [finished('n1', 'changed'), finished('n1', 'failed')], [], {n1: 'work'}],
	['its machine was removed', [finished('images', 'changed'), finished('n1', 'changed'), finished('m1', 'ok'), removed('m1')], [], {images: 'check', n1: 'work', m1: 'work'}],
])('what is expected: %s', (_, entries, cached, expected) => {
	const unit = (id: string, node?: string, creates?: object) => ({id, step: {id}, subject: node ? {node: {name: node}} : {}, tasks: creates ? [{creates: [creates]}] : []}) as unknown as Unit;
	const plan = [unit('images', undefined, {kind: 'image', name: 'x.img'}), unit('n1', 'one'), unit('m1', 'one', {kind: 'machine', name: 'm1'})];
	expect(Object.fromEntries(expectedOf(entries, plan, ({name}) => cached.includes(name)))).toMatchObject(expected);
});

const runs = estimatedRuns();

test('at least twenty runs tell how good the estimate is', () => {
	expect(runs.length).toBeGreaterThanOrEqual(20);
	expect(runs.filter(({origin}) => origin === 'real').length).toBeGreaterThanOrEqual(4);
});

test.each(runs.map(({name, run, earlier}) => [name, run, earlier] as const))('at half-time the run "%s" is estimated to take what it takes, by 30 %% of it', (_, run, earlier) => {
	expect(halfTime(run, earlier).ofWhole).toBeLessThan(0.3);
});

test('of what is left at half-time the estimate is wrong by less than 30 % in nine of ten runs', () => {
	const good = runs.filter(({run, earlier}) => halfTime(run, earlier).ofLeft < 0.3);
	expect(good.length / runs.length).toBeGreaterThanOrEqual(0.9);
});

import {expect, test} from 'vitest';
import {
	emptyRun,
	reduceQuestions,
	reduceRun,
	runTime,
	workTime,
	type RunState,
} from '../../source/ui/state/run-state.ts';
import type {EventBody} from '../../source/engine/event.ts';
import {at, testTime} from '../screens/fake-backend.ts';

const tell = (state: RunState, seconds: number, body: EventBody) => reduceRun(state, at(seconds, body));
const ask = (state: RunState, seconds: number, ...units: string[]) =>
	reduceQuestions(state, new Set(units), testTime + seconds * 1000);
const now = (seconds: number) => testTime + seconds * 1000;
const started = (unit: string) => ({type: 'step-started', unit, step: unit, host: 'nas', title: unit}) as const;

test('what the user takes to answer is no time of the unit, nor of the run where all of it waits', () => {
	let run = tell(emptyRun, 0, {
		type: 'run-started',
		run: 'r',
		command: 'up',
		cluster: 'web',
		steps: [
			{unit: 'a', step: 'a', host: 'nas', tasks: 1},
			{unit: 'b', step: 'b', host: 'nas', tasks: 1},
		],
	});
	run = tell(run, 0, started('a'));
	run = ask(run, 10, 'a');
	expect(workTime(run.units.get('a')!, now(100))).toBe(10);
	expect(runTime(run, now(100))).toBe(10);
	run = ask(run, 110);
	expect(workTime(run.units.get('a')!, now(115))).toBe(15);
	expect(runTime(run, now(115))).toBe(15);
	// While another unit works, the run goes on.
	run = tell(run, 115, started('b'));
	run = ask(run, 120, 'a');
	expect(runTime(run, now(150))).toBe(50);
	expect(workTime(run.units.get('a')!, now(150))).toBe(20);
	run = ask(run, 150);
	run = tell(run, 160, {type: 'run-finished', run: 'r', status: 'ok', changed: 1, duration: 160});
	expect(runTime(run, now(999))).toBe(60);
});

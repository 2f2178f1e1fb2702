import {describe, expect, test} from 'vitest';
import {sh} from '../../source/shell/command.ts';
import type {EventBody} from '../../source/engine/event.ts';
import {Interrupted, TaskFailed} from '../../source/engine/failure.ts';
import {runPlaced, type PlacedContext} from '../../source/engine/run-placed.ts';
import type {Task} from '../../source/engine/task.ts';
import {both} from '../both.ts';
import {shellTarget} from './shell-target.ts';

const title = both('Title', 'Título');

function context(more: Partial<PlacedContext> = {}): PlacedContext & {events: EventBody[]; creations: string[]} {
	const places = {host: shellTarget('host'), master: shellTarget('master')};
	const events: EventBody[] = [];
	const creations: string[] = [];
	return {
		events,
		creations,
		target: place => places[place as 'host'],
		lockFolder: 'test',
		timeoutScale: 1,
		language: 'es',
		signal: new AbortController().signal,
		emit: event => events.push(event),
		decide: async ({type}) => (type === 'failed' ? 'stop' : 'go'),
		recordIntent: ({name}) => creations.push(name),
		...more,
	};
}

const made = (name: string): Task => ({
	title: both(`Make ${name}`, `Crear ${name}`),
	check: sh`[ -e ${name} ] || { echo ${`${name}: missing`}; exit 1; }`,
	apply: [sh`touch ${name}`],
	creates: [{kind: 'disk', name: `${name}.img`}],
});

describe('tasks where they are placed', () => {
	test('are brought to hold, in order, and what holds is not done again', async () => {
		const of = context();
		const placed = [
			{on: 'host', task: made('a')},
			{on: 'master', task: made('b')},
			{on: 'host', task: made('c')},
		];
		await runPlaced('drill', title, placed, of);
		expect(
			of.events.flatMap(event =>
				event.type === 'task-finished' ? [`${event.host} ${event.task} ${event.status}`] : [],
			),
		).toEqual(['host Crear a changed', 'master Crear b changed', 'host Crear c changed']);
		expect(of.creations).toEqual(['a.img', 'b.img', 'c.img']);
		expect(of.events.at(0)).toMatchObject({type: 'step-started', unit: 'drill', title: 'Título'});
		expect(of.events.at(-1)).toMatchObject({type: 'step-finished', status: 'changed'});

		await runPlaced('drill', title, placed, of);
		expect(of.events.at(-1)).toMatchObject({type: 'step-finished', status: 'ok'});
		expect(of.creations).toHaveLength(3);
	});

	test('the first that fails is the last', async () => {
		const of = context();
		const fails: Task = {title: both('Fail', 'Fallar'), check: sh`echo no; exit 1`};
		await expect(
			runPlaced(
				'drill',
				title,
				[
					{on: 'master', task: fails},
					{on: 'host', task: made('a')},
				],
				of,
			),
		).rejects.toBeInstanceOf(TaskFailed);
		expect(of.events.at(-1)).toMatchObject({type: 'step-finished', status: 'failed'});
		expect(of.creations).toEqual([]);
	});

	test('are ended by a signal', async () => {
		const of = context({signal: AbortSignal.abort()});
		await expect(runPlaced('drill', title, [{on: 'host', task: made('a')}], of)).rejects.toBeInstanceOf(Interrupted);
		expect(of.events.at(-1)).toMatchObject({status: 'interrupted'});
	});
});

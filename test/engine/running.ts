import {sh} from '../../source/shell/command.ts';
import type {EventBody} from '../../source/engine/event.ts';
import type {Unit} from '../../source/engine/plan.ts';
import type {Question} from '../../source/engine/question.ts';
import {run, type RunOptions} from '../../source/engine/run.ts';
import type {Task} from '../../source/engine/task.ts';
import {both} from '../both.ts';
import {shellTarget} from './shell-target.ts';

export const title = (text: string) => both(text);

/** A task that holds when its file is there. */
export const touch = (name: string, more: Partial<Task> = {}): Task => ({
	title: title(name),
	check: sh`[ -f ${name} ] || { echo ${name} is missing; exit 1; }`,
	apply: [sh`echo making ${name}; touch ${name}`],
	...more,
});

export function unit(id: string, tasks: Task[], needs: string[] = [], more: Partial<Unit> = {}): Unit {
	return {
		id,
		tasks,
		needs,
		place: 'host',
		stage: 3,
		subject: {},
		supersededBy: [],
		step: {id, chapter: '4', title: title(id), on: 'host', needs, tasks: () => tasks},
		...more,
	};
}

export async function go(plan: Unit[], options: Partial<RunOptions> = {}, target = shellTarget()) {
	const events: EventBody[] = [];
	const intended: string[] = [];
	const result = await run({
		plan,
		target: () => target,
		lockFolder: 'test',
		timeoutScale: 1,
		language: 'en',
		signal: new AbortController().signal,
		emit: event => events.push(event),
		decide: async ({type}: Question) => (type === 'failed' ? 'stop' : 'go'),
		recordIntent: (_, {name}) => intended.push(name),
		wasDone: () => false,
		...options,
	});
	return {
		events,
		result,
		intended,
		target,
		statuses: Object.fromEntries([...result].map(([id, {status}]) => [id, status])),
		tasks: events.flatMap(event => (event.type === 'task-finished' ? [[event.task, event.status]] : [])),
	};
}

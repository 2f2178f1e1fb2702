import type {Language} from '../languages/text.ts';
import type {FailureReport, TaskStatus} from './event.ts';
import {readsFile} from './file-input.ts';
import type {Unit} from './plan.ts';
import type {Task} from './task.ts';
import type {TaskRequest} from './task-request.ts';
import type {CheckResult} from './trip-message.ts';

/**
 * Progress of a unit. A round trip covers as many tasks as possible, but only checks those that create a resource,
 * which must be recorded first, and those for which the operator must be asked.
 */
export interface UnitState {
	/** Index of the current task: the first that is not known to hold. */
	readonly index: number;
	/** Whether the unit's commands may run without asking the operator. */
	readonly isTrusted: boolean;
	/** Status of the unit, based on the tasks that have ended. */
	readonly status: TaskStatus;
	/** When the current task's check first failed, in milliseconds on the clock of `now`. */
	readonly since: number | undefined;
	readonly task: TaskState;
}

/** State of the current task. `first`: the first result of its check, which says what had to be changed. */
export type TaskState =
	/** Not checked since the unit started or was retried. */
	| {readonly phase: 'new'}
	/** Its check does not pass, and nothing was done about it. */
	| {
			readonly phase: 'unmet';
			readonly result: CheckResult;
			readonly first: CheckResult;
			readonly shown: 'no' | 'now' | 'yes';
	  }
	/** Its commands have started; none of them has failed. */
	| {readonly phase: 'applied'; readonly first: CheckResult | undefined}
	/** Its check is polled until it passes. `isApplied`: its commands have succeeded. */
	| {
			readonly phase: 'awaited';
			readonly result: CheckResult;
			readonly first: CheckResult;
			readonly isApplied: boolean;
			readonly began: number;
			readonly looked: number;
	  }
	/** It has failed. */
	| {readonly phase: 'failed'; readonly report: FailureReport};

/** Settings of a unit that do not change while it runs. */
export interface UnitSettings {
	readonly unit: Unit;
	readonly language: Language;
	/** Factor for all time limits. */
	readonly timeoutScale: number;
	/** Whether the unit has succeeded before; differences are shown only then. */
	readonly isKnown: boolean;
	/** Whether files are backed up before they are overwritten. */
	readonly keeps: boolean;
	/** Whether an operator answers questions: before commands, and after a failed task. */
	readonly asks: boolean;
}

/** Initial state of a unit, before its first message, `begin`. */
export function unitStart({asks}: UnitSettings): UnitState {
	return {index: 0, isTrusted: !asks, status: 'ok', since: undefined, task: {phase: 'new'}};
}

/**
 * Seconds until the next poll: a twentieth of the time waited, from 0.3 to 3, but at least twice the duration of a
 * poll, because polling takes processor time from the VM that is being waited for.
 */
export function pollInterval(waited: number, look: number): number {
	return Math.max(Math.min(Math.max(waited / 20, 0.3), 3), 2 * look);
}

/** Whether a task may be applied without a question, and without recording a resource first. */
export function mayFulfil(task: Task, isTrusted: boolean): boolean {
	return isTrusted && !task.creates && !readsFile(task);
}

/**
 * Returns the requests of a round trip that starts at the current task.
 * @param how what to do with the current task
 */
export function requestsFrom(
	{unit, isKnown, keeps}: UnitSettings,
	{index, isTrusted, task: current}: UnitState,
	how: TaskRequest['how'],
): TaskRequest[] {
	const isAlone = how === 'compare' || (how === 'apply' && readsFile(unit.tasks[index]!));
	const isShown = current.phase === 'unmet' && current.shown === 'yes';
	return unit.tasks.slice(index, isAlone ? index + 1 : undefined).map((task, place): TaskRequest => ({
		task,
		how: place === 0 ? how : mayFulfil(task, isTrusted) ? 'fulfil' : 'look',
		shows: isKnown && !(place === 0 && isShown),
		keeps: keeps && (isKnown || task.keeps !== undefined),
	}));
}

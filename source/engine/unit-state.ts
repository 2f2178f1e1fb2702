import type {Language} from '../languages/text.ts';
import type {FailureReport, TaskStatus} from './event.ts';
import {readsFile} from './file-input.ts';
import type {Unit} from './plan.ts';
import type {Task} from './task.ts';
import type {TaskRequest} from './task-request.ts';
import type {CheckResult} from './trip-message.ts';

/**
 * How far a unit is. A round trip takes along as many tasks as it may: tasks that make a resource, which has to be
 * recorded first, and tasks before which the operator wants to be asked, are only looked at.
 */
export interface UnitState {
	/** The current task: the first that is not known to hold. */
	readonly index: number;
	/** Nobody wants to be asked before a task's commands are run. */
	readonly isTrusted: boolean;
	/** Of the unit, by the tasks that have ended. */
	readonly status: TaskStatus;
	/** When the current task was first found not to hold: milliseconds, as `now`. */
	readonly since: number | undefined;
	readonly task: TaskState;
}

/** The current task. `first`: its check's first result, which says what had to be changed. */
export type TaskState =
	/** Not looked at since the unit, or another try, began. */
	| {readonly phase: 'new'}
	/** Its check does not hold, and nothing was done about it. */
	| {readonly phase: 'unmet'; readonly result: CheckResult; readonly first: CheckResult; readonly shown: 'no' | 'now' | 'yes'}
	/** Its commands have begun; none of them has failed. */
	| {readonly phase: 'applied'; readonly first: CheckResult | undefined}
	/** Its check is looked at until it holds. `isApplied`: its commands have ended well. */
	| {readonly phase: 'awaited'; readonly result: CheckResult; readonly first: CheckResult; readonly isApplied: boolean; readonly began: number; readonly looked: number}
	/** It cannot be brought to hold. */
	| {readonly phase: 'failed'; readonly report: FailureReport};

/** Everything about a unit that stays the same while it is worked on. */
export interface UnitSettings {
	readonly unit: Unit;
	readonly language: Language;
	/** By how much limits of time are multiplied. */
	readonly pace: number;
	/** Whether the unit has ended well before: what differs now is shown. */
	readonly isKnown: boolean;
	/** Whether files that are overwritten are kept. */
	readonly keeps: boolean;
	/** Whether there is an operator: asked before commands, and when a task has failed. */
	readonly asks: boolean;
}

/** A unit before its first message, which is `begin`. */
export function unitStart({asks}: UnitSettings): UnitState {
	return {index: 0, isTrusted: !asks, status: 'ok', since: undefined, task: {phase: 'new'}};
}

/** Seconds to the next look at a condition: a twentieth of the time waited, within bounds, and twice what a look takes, because looking costs the machine the time that it needs to get there. */
export function pollInterval(waited: number, look: number): number {
	return Math.max(Math.min(Math.max(waited / 20, 0.3), 3), 2 * look);
}

/** Whether a task may be brought to hold without a question, and without a record beforehand. */
export function mayFulfil(task: Task, isTrusted: boolean): boolean {
	return isTrusted && !task.creates && !readsFile(task);
}

/** The requests of a round trip from the current task on. @param how for the current task */
export function requestsFrom({unit, isKnown, keeps}: UnitSettings, {index, isTrusted, task: current}: UnitState, how: TaskRequest['how']): TaskRequest[] {
	const isAlone = how === 'compare' || (how === 'apply' && readsFile(unit.tasks[index]!));
	const isShown = current.phase === 'unmet' && current.shown === 'yes';
	return unit.tasks.slice(index, isAlone ? index + 1 : undefined).map((task, place): TaskRequest => ({
		task,
		how: place === 0 ? how : mayFulfil(task, isTrusted) ? 'fulfil' : 'look',
		shows: isKnown && !(place === 0 && isShown),
		keeps: isKnown && keeps,
	}));
}

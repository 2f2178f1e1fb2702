import type {Command} from '../shell/command.ts';
import {isComparable} from './comparison.ts';
import type {EventBody, FailureReport, TaskStatus} from './event.ts';
import {runMessages} from './messages.ts';
import type {Decision} from './question.ts';
import type {Task} from './task.ts';
import type {TaskRequest} from './task-request.ts';
import type {CheckResult} from './trip-message.ts';
import {
	differenceShown,
	failureReason,
	failureReport,
	label,
	reasonOf,
	taskFinished,
	taskStarted,
	waiting,
} from './unit-events.ts';
import type {UnitEffect, UnitMessage} from './unit-message.ts';
import {
	mayFulfil,
	pollInterval,
	requestsFrom,
	type TaskState,
	type UnitSettings,
	type UnitState,
} from './unit-state.ts';

type Step = readonly [state: UnitState, effects: readonly UnitEffect[]];

/**
 * Computes the next state and effects of a unit from a message. Every decision about a unit is made here, in a pure
 * function.
 * @param now milliseconds on a monotonic clock
 */
export function unitStep(settings: UnitSettings, state: UnitState, message: UnitMessage, now: number): Step {
	const {unit, language} = settings;
	const {index, task: current} = state;
	const emit = (event: EventBody): UnitEffect => ({type: 'emit', event});
	if (index >= unit.tasks.length && !['begin', 'trip-ended', 'line'].includes(message.type)) {
		// Ignores answers beyond the tasks that were requested.
		return [state, []];
	}

	switch (message.type) {
		case 'begin':
		case 'delayed': {
			return next(settings, state, now);
		}

		case 'trip-ended': {
			return afterTrip(settings, state, now);
		}

		case 'decided': {
			return decided(settings, state, message.decision, now);
		}

		case 'started': {
			const first = 'first' in current ? current.first : undefined;
			return [{...state, task: {phase: 'applied', first}}, [emit(taskStarted(unit, index, language, message.command))]];
		}

		case 'line': {
			const {stream, line, cut} = message;
			return [state, [emit({type: 'output', ...label(unit), stream, line, ...(cut && {cut})})]];
		}

		case 'busy': {
			return [state, [emit(waiting(unit, index, language, runMessages.busy[language], message))]];
		}

		case 'difference': {
			return [state, [emit(differenceShown(unit, index, language, message.difference))]];
		}

		case 'kept': {
			return [state, [{type: 'keep', path: message.path, content: message.content}]];
		}

		case 'wrote': {
			return [state, [{type: 'wrote', path: message.path, digest: message.digest}]];
		}

		case 'failed': {
			const {command, result} = message.failure;
			return [
				{...state, task: {phase: 'failed', report: failureReport(unit.tasks[index]!, command, result, language)}},
				[],
			];
		}

		case 'found': {
			return found(settings, state, message.result, now);
		}
	}
}

/** Processes the result of the current task's check. */
function found(settings: UnitSettings, state: UnitState, result: CheckResult, now: number): Step {
	const {task} = state;
	// A comparison is only for display: an error in it, such as a lost connection, shows again in the next round trip.
	if (task.phase === 'unmet' && task.shown === 'now') {
		return [state, []];
	}

	const isApplied = task.phase === 'applied' || (task.phase === 'awaited' && task.isApplied);
	const first = 'first' in task ? task.first : undefined;
	if (result.code === 0) {
		return finished(
			settings,
			state,
			isApplied ? 'changed' : 'ok',
			now,
			isApplied && first ? reasonOf(first, settings.language) : undefined,
		);
	}

	const since = state.since ?? now;
	if (task.phase === 'awaited') {
		return [{...state, since, task: {...task, result}}, []];
	}

	return [
		{
			...state,
			since,
			task: isApplied
				? {phase: 'awaited', result, first: first ?? result, isApplied, began: now, looked: now}
				: {phase: 'unmet', result, first: first ?? result, shown: 'no'},
		},
		[],
	];
}

/** Processes the end of a round trip, which may be early because a check did not pass. */
function afterTrip(settings: UnitSettings, state: UnitState, now: number): Step {
	const {task} = state;
	if (task.phase === 'unmet' && task.shown === 'now') {
		return next(settings, {...state, task: {...task, shown: 'yes'}}, now);
	}

	return task.phase === 'awaited' ? wait(settings, state, task, now) : next(settings, state, now);
}

/** Decides what to do about the current task. */
function next(settings: UnitSettings, state: UnitState, now: number): Step {
	const {unit, language, asks, isKnown} = settings;
	const {index, isTrusted, task: current} = state;
	const task = unit.tasks[index];
	if (!task) {
		return [state, [{type: 'end'}]];
	}

	switch (current.phase) {
		case 'new': {
			return [state, [tripFrom(settings, state, mayFulfil(task, isTrusted) ? 'fulfil' : 'look')]];
		}

		case 'unmet': {
			const {result, first} = current;
			// An assertion may wait for its node to become reachable.
			const isAwaited = result.code === 'unreachable' && !result.isFinal && !task.apply && task.timeout !== undefined;
			if (result.code !== 1 && !isAwaited) {
				return failed(settings, state, task.check, result, now);
			}

			if (!task.apply) {
				const awaited = {phase: 'awaited', result, first, isApplied: false, began: now, looked: now} as const;
				const [after, effects] = wait(settings, {...state, task: awaited}, awaited, now);
				return [after, [{type: 'emit', event: taskStarted(unit, index, language, task.check)}, ...effects]];
			}

			if (!isTrusted && isKnown && current.shown === 'no' && isComparable(task)) {
				const showing: UnitState = {...state, task: {...current, shown: 'now'}};
				return [showing, [tripFrom(settings, showing, 'compare')]];
			}

			return isTrusted ? apply(settings, state, task) : [state, [{type: 'ask', question: {type: 'apply', unit, task}}]];
		}

		case 'applied': {
			// The end of its commands was not reported: the task has to be checked again.
			return next(settings, {...state, task: {phase: 'new'}}, now);
		}

		case 'awaited': {
			return [{...state, task: {...current, looked: now}}, [tripFrom(settings, state, 'look')]];
		}

		case 'failed': {
			const {report} = current;
			return asks
				? [state, [{type: 'ask', question: {type: 'failed', unit, task, report}}]]
				: stopped(settings, state, report, now);
		}
	}
}

/** Processes the operator's answer to the last question. */
function decided(settings: UnitSettings, state: UnitState, decision: Decision, now: number): Step {
	const {task: current} = state;
	if (decision === 'skip') {
		const [after, effects] = finished(settings, state, 'skipped', now);
		const [last, more] = next(settings, after, now);
		return [last, [...effects, ...more]];
	}

	if (current.phase !== 'failed') {
		return apply(settings, {...state, isTrusted: decision === 'all'}, settings.unit.tasks[state.index]!);
	}

	// The cause may have been removed by now, or the task done by hand.
	return decision === 'stop'
		? stopped(settings, state, current.report, now)
		: next(settings, {...state, task: {phase: 'new'}}, now);
}

function apply(settings: UnitSettings, state: UnitState, {creates = []}: Task): Step {
	return [
		state,
		[...creates.map((resource): UnitEffect => ({type: 'record', resource})), tripFrom(settings, state, 'apply')],
	];
}

/** Schedules the next poll, or fails the task after its time limit. */
function wait(
	settings: UnitSettings,
	state: UnitState,
	{result, began, looked}: TaskState & {phase: 'awaited'},
	now: number,
): Step {
	const {unit, timeoutScale, language} = settings;
	const task = unit.tasks[state.index]!;
	const limit = (task.timeout ?? 0) * timeoutScale;
	const seconds = (now - began) / 1000;
	if (seconds >= limit || result.isFinal) {
		return failed(settings, state, task.check, result, now);
	}

	return [
		state,
		[
			{type: 'emit', event: waiting(unit, state.index, language, reasonOf(result, language), {seconds, limit})},
			{type: 'delay', seconds: pollInterval(seconds, (now - looked) / 1000)},
		],
	];
}

function failed(settings: UnitSettings, state: UnitState, command: Command, result: CheckResult, now: number): Step {
	const {unit, language} = settings;
	return next(
		settings,
		{...state, task: {phase: 'failed', report: failureReport(unit.tasks[state.index]!, command, result, language)}},
		now,
	);
}

/** Ends the unit with the failure of its current task. */
function stopped({unit, language}: UnitSettings, state: UnitState, report: FailureReport, now: number): Step {
	const event = taskFinished(unit, state.index, language, 'failed', {
		duration: duration(state, now),
		reason: failureReason(report, language),
		failure: report,
	});
	return [
		state,
		[
			{type: 'emit', event},
			{type: 'fail', report},
		],
	];
}

/** Ends the current task and moves on to the next. */
function finished(
	{unit, language}: UnitSettings,
	state: UnitState,
	status: TaskStatus,
	now: number,
	reason?: string,
): Step {
	const isWorse = status !== 'ok' && (state.status === 'ok' || status === 'skipped');
	const event = taskFinished(unit, state.index, language, status, {
		duration: duration(state, now),
		...(reason !== undefined && {reason}),
	});
	return [
		{...state, index: state.index + 1, status: isWorse ? status : state.status, since: undefined, task: {phase: 'new'}},
		[{type: 'emit', event}],
	];
}

/** Seconds since the task's check first failed; 0 if it has not failed. */
function duration({since}: UnitState, now: number): number {
	return since === undefined ? 0 : (now - since) / 1000;
}

function tripFrom(settings: UnitSettings, state: UnitState, how: TaskRequest['how']): UnitEffect {
	return {type: 'trip', requests: requestsFrom(settings, state, how)};
}

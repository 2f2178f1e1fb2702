import type {Language, Text} from '../languages/text.ts';
import {shortened} from '../text/clean.ts';
import {withoutLongValues} from '../text/long-values.ts';
import {renderWithInput, type Command} from '../shell/command.ts';
import {causeIn} from './causes.ts';
import type {Difference} from './comparison.ts';
import type {DifferenceShown, FailureReport, TaskFinished, TaskStarted, TaskStatus, Waiting} from './event.ts';
import {runMessages} from './messages.ts';
import type {Unit} from './plan.ts';
import {reasonText} from './reasons.ts';
import {unreachableReason} from './ssh-errors.ts';
import type {Task} from './task.ts';
import type {CheckResult} from './trip-message.ts';

/** Number of output lines in a failure report. */
const reportedLines = 20;

/** Maximum length of a reason in characters; it is part of a line. */
const longestReason = 500;

/** Makes the report on a failed task. */
export function failureReport(
	task: Task,
	command: Command,
	{code, lines}: CheckResult,
	language: Language,
): FailureReport {
	const last =
		code === 'unreachable' ? lines.map(line => unreachableReason(line)[language]) : lines.slice(-reportedLines);
	return {
		attempted: task.title[language],
		command: renderWithInput(command, 'show'),
		exit: code,
		lines: last.map(line => withoutLongValues(line)),
		advice: adviceFor(task, code, last)
			.map(text => text[language])
			.join(' '),
	};
}

/**
 * Returns the advice, beginning with a known cause that the last lines reveal. The lines for an unreachable node are
 * SSH's and reveal none.
 */
function adviceFor({advice}: Task, code: CheckResult['code'], lines: readonly string[]): Text[] {
	if (code === 'unreachable') {
		return [advice ?? runMessages.adviceUnreachable];
	}

	const cause = causeIn(lines);
	const general = code === 'limit' ? runMessages.adviceLimit : runMessages.adviceFailed;
	return cause ? [cause.advice, advice ?? runMessages.again] : [advice ?? general];
}

/**
 * Returns the last line of a check, or the reason why the node cannot be reached; translated if it is one of our
 * sentences or of SSH's.
 */
export function reasonOf({lines, code}: CheckResult, language: Language): string {
	const last = lines.at(-1)?.trim();
	return last === undefined
		? `exit ${code}`
		: shortened((code === 'unreachable' ? unreachableReason(last) : reasonText(last))[language], longestReason);
}

/** Returns the reason of a failed task: the last line of its report. */
export function failureReason({lines, attempted}: FailureReport, language: Language): string {
	return shortened(reasonText(lines.at(-1) ?? attempted)[language], longestReason);
}

/** Event for the start of a task's command; for an assertion, of the waiting for its check. */
export function taskStarted(unit: Unit, index: number, language: Language, command: Command): TaskStarted {
	return {
		type: 'task-started',
		...label(unit),
		task: unit.tasks[index]!.title[language],
		index,
		command: renderWithInput(command, 'show'),
	};
}

/** @param seconds time waited so far, out of `limit` */
export function waiting(
	unit: Unit,
	index: number,
	language: Language,
	reason: string,
	{seconds, limit}: {readonly seconds: number; readonly limit: number},
): Waiting {
	return {type: 'waiting', ...label(unit), task: unit.tasks[index]!.title[language], reason, seconds, limit};
}

/**
 * Event for the end of a task.
 * @param more `duration` in seconds
 */
export function taskFinished(
	unit: Unit,
	index: number,
	language: Language,
	status: TaskStatus,
	more: Partial<Pick<TaskFinished, 'duration' | 'reason' | 'because' | 'failure'>> = {},
): TaskFinished {
	const {duration = 0, reason, because, failure} = more;
	return {
		type: 'task-finished',
		...label(unit),
		task: unit.tasks[index]!.title[language],
		index,
		status,
		duration,
		...(reason && {reason}),
		...(because && {because}),
		...(failure && {failure}),
	};
}

/** Event with the diff of a task. */
export function differenceShown(
	unit: Unit,
	index: number,
	language: Language,
	{lines, left}: Difference,
): DifferenceShown {
	return {type: 'difference', ...label(unit), task: unit.tasks[index]!.title[language], index, lines, left};
}

/** Fields that all events of a unit have in common. */
export function label(unit: Unit): {unit: string; step: string; host: string} {
	return {unit: unit.id, step: unit.step.id, host: unit.place};
}

import type {Language, Text} from '../languages/text.ts';
import {causeIn} from './causes.ts';
import {reasonText} from './reasons.ts';
import {unreachableReason} from './ssh-errors.ts';
import {runMessages} from './messages.ts';
import {shortened} from '../text/clean.ts';
import {withoutLongValues} from '../text/long-values.ts';
import type {Finding} from './checks.ts';
import {renderWithInput, type Command} from '../shell/command.ts';
import type {Difference} from './comparison.ts';
import type {FailureReport, TaskStatus} from './event.ts';
import {Interrupted, TaskFailed} from './failure.ts';
import type {Unit} from './plan.ts';
import type {Task} from './task.ts';
import type {UnitContext} from './unit-context.ts';

/** The error for a task that cannot be brought to hold. */
export function failed(task: Task, command: Command, {code, lines}: Finding, {language, signal}: Pick<UnitContext, 'language' | 'signal'>): Error {
	if (code === 'aborted' || signal.aborted) {
		return new Interrupted();
	}

	const say = (text: Text) => text[language];
	const last = code === 'unreachable' ? lines.map(line => say(unreachableReason(line))) : lines.slice(-20);
	return new TaskFailed({attempted: say(task.title), command: renderWithInput(command, 'show'), exit: code, lines: last.map(line => withoutLongValues(line)), advice: adviceFor(task, code, last).map(text => say(text)).join(' ')});
}

/** Advice, beginning with the cause that the last lines name. The lines of an unreachable machine are SSH's and name none. */
function adviceFor({advice}: Task, code: Finding['code'], lines: readonly string[]): Text[] {
	if (code === 'unreachable') {
		return [advice ?? runMessages.adviceUnreachable];
	}

	const cause = causeIn(lines);
	const general = code === 'limit' ? runMessages.adviceLimit : runMessages.adviceFailed;
	return cause ? [cause.advice, advice ?? runMessages.again] : [advice ?? general];
}

/** Characters of a reason, which stands within a line. */
export const longestReason = 500;

/** The last thing a check said, or why the machine cannot be reached; in the user's language where it is a sentence of ours, or SSH's. */
export function reasonOf({lines, code}: Finding, language: Language): string {
	const last = lines.at(-1)?.trim();
	return last === undefined ? `exit ${code}` : shortened((code === 'unreachable' ? unreachableReason(last) : reasonText(last))[language], longestReason);
}

export function finish(unit: Unit, index: number, {emit, language}: Pick<UnitContext, 'emit' | 'language'>, status: TaskStatus, more: {reason?: string; because?: string; started?: number; failure?: FailureReport} = {}): void {
	const {reason, because, started, failure} = more;
	const duration = started === undefined ? 0 : (performance.now() - started) / 1000;
	emit({type: 'task-finished', ...label(unit), task: unit.tasks[index]!.title[language], index, status, duration, ...(reason && {reason}), ...(because && {because}), ...(failure && {failure})});
}

export function tellDifference(unit: Unit, index: number, {emit, language}: Pick<UnitContext, 'emit' | 'language'>, {lines, left}: Difference): void {
	emit({type: 'difference', ...label(unit), task: unit.tasks[index]!.title[language], index, lines, left});
}

/** What every event of a unit begins with. */
export function label(unit: Unit): {unit: string; step: string; host: string} {
	return {unit: unit.id, step: unit.step.id, host: unit.place};
}

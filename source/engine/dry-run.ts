import type {Language} from '../languages/text.ts';
import {runMessages} from './messages.ts';
import {isComparable} from './comparison.ts';
import type {EventBody, TaskStatus} from './event.ts';
import {Interrupted, TaskFailed} from './failure.ts';
import {addChange, addUnknown, pendingRead, type Pending} from './pending.ts';
import type {Unit} from './plan.ts';
import {roundTrip, type ExecContext} from './round-trip.ts';
import type {Task} from './task.ts';
import type {CheckResult} from './trip-message.ts';
import {differenceShown, failureReport, reasonOf, taskFinished} from './unit-events.ts';

export interface DryRunContext extends ExecContext {
	readonly language: Language;
	readonly emit: (event: EventBody) => void;
	/** Whether the unit has succeeded before; differences are shown only then. */
	readonly isKnown: boolean;
}

export interface SurveyResult {
	readonly status: TaskStatus;
	readonly reason?: string;
	/** Error of the first task that failed. */
	readonly error?: Error;
	/** Changes expected by the end of this unit. */
	readonly pending: Pending;
}

interface Foreseen {
	readonly status: TaskStatus;
	readonly reason?: string;
	/** The pending file that the task reads. */
	readonly because?: string;
	readonly error?: TaskFailed;
}

/** Precedence of task results for the unit's status, highest first. */
const order: readonly TaskStatus[] = ['failed', 'would-change', 'unknown', 'ok'];

/**
 * Checks all tasks of a unit without changing anything, and continues after a task that would change something.
 * `unknown` means that a pending change prevents a result.
 */
export async function dryRunUnit(unit: Unit, before: Pending, context: DryRunContext): Promise<SurveyResult> {
	const away = awayPlace(unit, before);
	const results = away === undefined ? await look(unit, context) : [];
	const seen: Array<{status: TaskStatus; reason?: string}> = [];
	let pending = before;
	let error: Error | undefined;
	const shown = results.flatMap(({code}, index) =>
		code === 1 && context.isKnown && isComparable(unit.tasks[index]!) ? [index] : [],
	);
	if (shown.length > 0) {
		await compare(unit, shown, context);
	}

	for (const [index, task] of unit.tasks.entries()) {
		const result = results[index] ?? results.at(-1);
		const {
			status,
			reason,
			because,
			error: found,
		}: Foreseen = away === undefined
			? foresee(unit, task, result!, pending, context)
			: {status: 'unknown', reason: runMessages.notThereYet(away)[context.language]};
		if (status === 'would-change') {
			pending = addChange(pending, unit.place, task, because === undefined);
		} else if (status === 'unknown') {
			pending = addUnknown(pending, task, context.isKnown);
		}

		error ??= found;
		seen.push({status, ...(reason !== undefined && {reason})});
		context.emit(
			taskFinished(unit, index, context.language, status, {
				...(reason !== undefined && {reason}),
				...(because !== undefined && {because}),
				...(found && {failure: found.report}),
			}),
		);
	}

	const status = order.find(candidate => seen.some(({status}) => status === candidate)) ?? 'ok';
	const reason = seen.find(({status: candidate}) => candidate === status)?.reason;
	return {status, ...(status !== 'ok' && reason !== undefined && {reason}), ...(error && {error}), pending};
}

/** Returns a place that does not exist yet and that the unit runs on, or that all its tasks use. */
function awayPlace({place, tasks}: Unit, {places}: Pending): string | undefined {
	const [first, ...others] = tasks;
	return places.has(place)
		? place
		: first?.uses?.find(name => places.has(name) && others.every(({uses}) => uses?.includes(name)));
}

function foresee(unit: Unit, task: Task, result: CheckResult, pending: Pending, context: DryRunContext): Foreseen {
	const {code} = result;
	if (code === 0) {
		const read = task.apply && pendingRead(pending, unit.place, task);
		return read === undefined
			? {status: 'ok'}
			: {status: 'would-change', reason: runMessages.willRead(read)[context.language], because: read};
	}

	const reason = reasonOf(result, context.language);
	const isUnsupplied = task.uses?.some(name => pending.supplies.has(name)) ?? false;
	if (code === 1 && task.apply && !isUnsupplied) {
		return {status: 'would-change', reason};
	}

	if (pending.isAny) {
		return {status: 'unknown', reason};
	}

	return {status: 'failed', reason, error: new TaskFailed(failureReport(task, task.check, result, context.language))};
}

/** Returns one result per task; fewer if the node cannot be reached or stops responding. */
async function look(unit: Unit, context: DryRunContext): Promise<readonly CheckResult[]> {
	const results: CheckResult[] = [];
	await roundTrip(
		unit.tasks.map(task => ({task, how: 'survey'})),
		context,
		message => {
			if (message.type === 'found') {
				results.push(message.result);
			}
		},
	);
	if (context.signal.aborted) {
		throw new Interrupted();
	}

	return results;
}

/** Makes a second round trip only for tasks that differ, because it sends the new contents. */
async function compare(unit: Unit, indices: readonly number[], context: DryRunContext): Promise<void> {
	await roundTrip(
		indices.map(index => ({task: unit.tasks[index]!, how: 'compare'})),
		context,
		message => {
			if (message.type === 'difference') {
				context.emit(differenceShown(unit, indices[message.request]!, context.language, message.difference));
			}
		},
	);
}

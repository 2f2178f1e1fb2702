import {setTimeout as delay} from 'node:timers/promises';
import type {Language, Text} from '../messages/text.ts';
import {runMessages} from '../messages/run.ts';
import {runChecks, underLock, type Finding} from './checks.ts';
import {render, renderWithInput, type Command} from './command.ts';
import type {EventBody, FailureReport, TaskStatus} from './event.ts';
import {Interrupted, TaskFailed} from './failure.ts';
import type {Unit} from './plan.ts';
import type {Target} from './target.ts';
import type {Creation, Task} from './task.ts';

/** What the engine asks of whoever looks after the run. */
export type Question =
	/** Before a task's commands are run; only a guided run does more than say `go`. */
	| {type: 'apply'; unit: Unit; task: Task}
	| {type: 'failed'; unit: Unit; task: Task; report: FailureReport};
export type Decision = 'go' | 'retry' | 'skip' | 'stop';

export interface UnitContext {
	readonly target: Target;
	/** Name of the lock on the unit's machine. */
	readonly lock: string;
	/** By how much limits of time are multiplied. */
	readonly pace: number;
	readonly language: Language;
	readonly dryRun: boolean;
	readonly signal: AbortSignal;
	readonly emit: (event: EventBody) => void;
	readonly decide: (question: Question) => Promise<Decision>;
	/** Records durably what is about to be made. */
	readonly intend: (creation: Creation) => void;
}

export interface UnitResult {
	readonly status: TaskStatus;
	readonly reason?: string;
}

/** Seconds between two looks at a condition that is waited for: a twentieth of the time it has taken so far, within bounds. */
function pollInterval(waited: number): number {
	return Math.min(Math.max(waited / 20, 0.3), 3);
}

/** Brings one unit's tasks to hold, in order. Throws `TaskFailed` and `Interrupted`. */
export async function runUnit(unit: Unit, context: UnitContext): Promise<UnitResult> {
	const {tasks} = unit;
	let result: UnitResult = {status: 'ok'};
	// What is known of the tasks that come next: the look that ends one task sees the following ones as well.
	let findings: Finding[] = [];
	for (let next = 0; next < tasks.length; next++) {
		findings = findings.length > 0 ? findings : await checks(tasks.slice(next), context);
		const finding = findings.shift()!;
		if (finding.code === 0) {
			finish(unit, next, context, 'ok');
		} else if (context.dryRun) {
			const reason = reasonOf(finding);
			const status = finding.code === 1 && tasks[next]!.apply ? 'would-change' : finding.code === 1 ? 'failed' : 'unknown';
			finish(unit, next, context, status, {reason});
			return {status, reason};
		} else {
			const {status, following} = await fulfil(unit, next, finding, context);
			result = status === 'ok' ? result : {status: result.status === 'ok' || status === 'skipped' ? status : result.status};
			findings = following;
		}
	}

	return result;
}

interface Fulfilled {
	readonly status: TaskStatus;
	/** Of the tasks after it, as far as they were looked at. */
	readonly following: Finding[];
}

async function fulfil(unit: Unit, index: number, finding: Finding, context: UnitContext): Promise<Fulfilled> {
	const task = unit.tasks[index]!;
	const started = performance.now();
	for (;;) {
		try {
			const fulfilled = await attempt(unit, index, finding, context);
			finish(unit, index, context, fulfilled.status, {started, ...(fulfilled.status === 'changed' && {reason: reasonOf(finding)})});
			return fulfilled;
		} catch (error) {
			if (!(error instanceof TaskFailed)) {
				throw error;
			}

			const decision = await context.decide({type: 'failed', unit, task, report: error.report});
			if (decision === 'stop') {
				finish(unit, index, context, 'failed', {started, reason: error.report.lines.at(-1) ?? error.message, failure: error.report});
				throw error;
			}

			if (decision === 'skip') {
				finish(unit, index, context, 'skipped', {started});
				return {status: 'skipped', following: []};
			}
		}
	}
}

async function attempt(unit: Unit, index: number, finding: Finding, context: UnitContext): Promise<Fulfilled> {
	const task = unit.tasks[index]!;
	const start = (command: Command) => {
		context.emit({type: 'task-started', ...label(unit), task: task.title[context.language], index, command: renderWithInput(command, 'show')});
	};

	// A machine that does not answer yet is what an assertion on it may wait for.
	const isAwaited = finding.code === 'unreachable' && !task.apply && task.within !== undefined;
	if (finding.code !== 1 && !isAwaited) {
		throw failed(task, task.check, finding, context);
	}

	if (task.apply) {
		const decision = await context.decide({type: 'apply', unit, task});
		if (decision === 'skip') {
			return {status: 'skipped', following: []};
		}

		for (const creation of task.creates ?? []) {
			context.intend(creation);
		}

		for (const command of task.apply) {
			start(command);
			await apply(unit, task, command, context);
		}
	} else {
		start(task.check);
	}

	const following = await waitFor(unit, index, context);
	return {status: task.apply ? 'changed' : 'ok', following};
}

async function apply(unit: Unit, task: Task, command: Command, context: UnitContext): Promise<void> {
	const lines: string[] = [];
	const exit = await context.target.exec(underLock(context.lock, render(command, 'execute')), {
		input: command.input,
		signal: context.signal,
		limit: (command.limit ?? 300) * context.pace,
		onLine(line, stream) {
			lines.push(line);
			if (lines.length > 20) {
				lines.shift();
			}

			context.emit({type: 'output', ...label(unit), stream, line});
		},
	});
	if (exit.code !== 0) {
		throw failed(task, command, {code: exit.code, lines: exit.code === 'unreachable' ? [exit.reason] : lines}, context);
	}
}

/** Waits until the task's check holds, looking at once and then again and again. Returns what the last look saw of the tasks after it. */
async function waitFor(unit: Unit, index: number, context: UnitContext): Promise<Finding[]> {
	const task = unit.tasks[index]!;
	const limit = (task.within ?? 0) * context.pace;
	const started = performance.now();
	for (;;) {
		const [finding, ...following] = await checks(unit.tasks.slice(index), context);
		if (finding!.code === 0) {
			return following;
		}

		const seconds = (performance.now() - started) / 1000;
		if (seconds >= limit) {
			throw failed(task, task.check, finding!, context);
		}

		context.emit({type: 'waiting', ...label(unit), task: task.title[context.language], reason: reasonOf(finding!), seconds, limit});
		await delay(pollInterval(seconds) * 1000, undefined, {signal: context.signal}).catch(() => {
			throw new Interrupted();
		});
	}
}

async function checks(tasks: readonly Task[], {target, lock, pace, signal}: UnitContext): Promise<Finding[]> {
	const findings = await runChecks(tasks, {target, lock, pace, signal});
	if (signal.aborted || findings.some(({code}) => code === 'aborted')) {
		throw new Interrupted();
	}

	return findings;
}

function failed(task: Task, command: Command, {code, lines}: Finding, {language, signal}: UnitContext): Error {
	if (code === 'aborted' || signal.aborted) {
		return new Interrupted();
	}

	const say = (text: Text) => text[language];
	const advice = task.advice ?? (code === 'unreachable' ? runMessages.adviceUnreachable : code === 'limit' ? runMessages.adviceLimit : runMessages.adviceFailed);
	return new TaskFailed({attempted: say(task.title), command: renderWithInput(command, 'show'), exit: code, lines: lines.slice(-20), advice: say(advice)});
}

function reasonOf({lines, code}: Finding): string {
	return lines.at(-1)?.trim() ?? `exit ${code}`;
}

function finish(unit: Unit, index: number, {emit, language}: UnitContext, status: TaskStatus, more: {reason?: string; started?: number; failure?: FailureReport} = {}): void {
	const {reason, started, failure} = more;
	const duration = started === undefined ? 0 : (performance.now() - started) / 1000;
	emit({type: 'task-finished', ...label(unit), task: unit.tasks[index]!.title[language], index, status, duration, ...(reason && {reason}), ...(failure && {failure})});
}

function label(unit: Unit): {unit: string; step: string; host: string} {
	return {unit: unit.id, step: unit.step.id, host: unit.place};
}

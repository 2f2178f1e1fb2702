import {setTimeout as delay} from 'node:timers/promises';
import type {Language} from '../messages/text.ts';
import {applyAndCheck, runChecks, type Finding, type Place} from './checks.ts';
import {renderWithInput, type Command} from './command.ts';
import type {EventBody, FailureReport, TaskStatus} from './event.ts';
import {Interrupted, TaskFailed} from './failure.ts';
import type {Unit} from './plan.ts';
import type {Creation, Task} from './task.ts';
import {failed, finish, label, reasonOf} from './unit-events.ts';

/** What the engine asks of whoever looks after the run. */
export type Question =
	/** Before a task's commands are run; only a guided run does more than say `go`. */
	| {type: 'apply'; unit: Unit; task: Task}
	| {type: 'failed'; unit: Unit; task: Task; report: FailureReport};
export type Decision = 'go' | 'retry' | 'skip' | 'stop';

export interface UnitContext extends Place {
	readonly language: Language;
	readonly dryRun: boolean;
	readonly emit: (event: EventBody) => void;
	readonly decide: (question: Question) => Promise<Decision>;
	/** Records durably what is about to be made. */
	readonly intend: (creation: Creation) => void;
}

export interface UnitResult {
	readonly status: TaskStatus;
	readonly reason?: string;
}

/**
 * Seconds between two looks at a condition that is waited for: a twentieth of the time it has taken so far, within
 * bounds, and twice what a look takes, because looking costs the machine the time that it needs to get there.
 */
function pollInterval(waited: number, look: number): number {
	return Math.max(Math.min(Math.max(waited / 20, 0.3), 3), 2 * look);
}

/** Brings one unit's tasks to hold, in order. Throws `TaskFailed` and `Interrupted`. */
export async function runUnit(unit: Unit, context: UnitContext): Promise<UnitResult> {
	const {tasks} = unit;
	let result: UnitResult = {status: 'ok'};
	// What is known of the tasks that come next: the look that ends one task sees the following ones as well.
	let findings: Finding[] = [];
	for (let next = 0; next < tasks.length; next++) {
		findings = findings.length > 0 ? findings : [...orInterrupted(await runChecks(tasks.slice(next), context), context)];
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

async function fulfil(unit: Unit, index: number, found: Finding, context: UnitContext): Promise<Fulfilled> {
	const task = unit.tasks[index]!;
	const started = performance.now();
	for (let finding = found; ;) {
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

			// What was in the way may be mended by now, or the task done by hand.
			const [again, ...following] = orInterrupted(await runChecks(unit.tasks.slice(index), context), context);
			if (again!.code === 0) {
				finish(unit, index, context, 'ok', {started});
				return {status: 'ok', following};
			}

			finding = again!;
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

	if (!task.apply) {
		start(task.check);
		return {status: 'ok', following: await waitFor(unit, index, [], context)};
	}

	const decision = await context.decide({type: 'apply', unit, task});
	if (decision === 'skip') {
		return {status: 'skipped', following: []};
	}

	for (const creation of task.creates ?? []) {
		context.intend(creation);
	}

	const lines: string[] = [];
	const look = await applyAndCheck(unit.tasks.slice(index), context, {
		commands: task.apply,
		onStart(command) {
			lines.length = 0;
			start(command);
		},
		onLine(line, stream) {
			lines.push(line);
			if (lines.length > 20) {
				lines.shift();
			}

			context.emit({type: 'output', ...label(unit), stream, line});
		},
	});
	if (look.failed) {
		const {command, code, reason} = look.failed;
		throw failed(task, command, {code, lines: reason === undefined ? lines : [reason]}, context);
	}

	return {status: 'changed', following: await waitFor(unit, index, look.findings, context)};
}

/** Waits until the task's check holds, looking again and again unless it has been seen to. Returns what the last look saw of the tasks after it. */
async function waitFor(unit: Unit, index: number, seen: readonly Finding[], context: UnitContext): Promise<Finding[]> {
	const task = unit.tasks[index]!;
	const limit = (task.within ?? 0) * context.pace;
	const started = performance.now();
	let findings = seen;
	let look = 0;
	for (;;) {
		if (findings.length === 0) {
			const began = performance.now();
			findings = await runChecks(unit.tasks.slice(index), context);
			look = (performance.now() - began) / 1000;
		}

		const [finding, ...following] = orInterrupted(findings, context);
		if (finding!.code === 0) {
			return following;
		}

		const seconds = (performance.now() - started) / 1000;
		if (seconds >= limit) {
			throw failed(task, task.check, finding!, context);
		}

		context.emit({type: 'waiting', ...label(unit), task: task.title[context.language], reason: reasonOf(finding!), seconds, limit});
		await delay(pollInterval(seconds, look) * 1000, undefined, {signal: context.signal}).catch(() => {
			throw new Interrupted();
		});
		findings = [];
	}
}

function orInterrupted(findings: readonly Finding[], {signal}: UnitContext): readonly Finding[] {
	if (signal.aborted || findings.some(({code}) => code === 'aborted')) {
		throw new Interrupted();
	}

	return findings;
}

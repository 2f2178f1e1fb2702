import {setTimeout as delay} from 'node:timers/promises';
import {runMessages} from './messages.ts';
import {shortened} from '../text/clean.ts';
import {roundTrip, type CommandFailure, type Finding} from './checks.ts';
import type {TaskRequest} from './task-request.ts';
import {renderWithInput, type Command} from '../shell/command.ts';
import {isComparable} from './comparison.ts';
import type {TaskStatus} from './event.ts';
import {Interrupted, TaskFailed} from './failure.ts';
import {readsFile} from './file-input.ts';
import {overwritten} from './overwritten.ts';
import type {Unit} from './plan.ts';
import type {Task} from './task.ts';
import {reasonText} from './reasons.ts';
import {failed, finish, label, longestReason, reasonOf} from './unit-events.ts';
import type {UnitContext} from './unit-context.ts';

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
	return new UnitWork(unit, context).run();
}

/**
 * How far a unit is. Each round trip takes along as many tasks as it may: those that make something of which a record
 * has to be kept first, or before which somebody wants to be asked, are only looked at.
 */
class UnitWork {
	readonly #unit: Unit;
	readonly #context: UnitContext;
	/** Nobody wants to be asked before a task's commands are run. */
	#isTrusted: boolean;
	#result: UnitResult = {status: 'ok'};
	/** The first task that is not known to hold. */
	#next = 0;
	/** What is known of it: nothing, before it was looked at. */
	#known: {found?: Finding; difference?: Finding; failure?: CommandFailure; isApplied?: boolean; isShown?: boolean; since?: number} = {};

	constructor(unit: Unit, context: UnitContext) {
		this.#unit = unit;
		this.#context = context;
		this.#isTrusted = context.decide === undefined;
	}

	async run(): Promise<UnitResult> {
		while (this.#next < this.#unit.tasks.length) {
			const {found, failure} = this.#known;
			if (!found && !failure) {
				await this.#trip(this.#mayFulfil(this.#task) ? 'fulfil' : 'look');
			} else {
				await this.#fulfil();
			}
		}

		return this.#result;
	}

	get #task(): Task {
		return this.#unit.tasks[this.#next]!;
	}

	#mayFulfil(task: Task): boolean {
		return this.#isTrusted && !task.creates && !readsFile(task);
	}

	/** What can be done about a task that does not hold. Whoever looks after the run is asked when that fails. */
	async #fulfil(): Promise<void> {
		const unit = this.#unit;
		const task = this.#task;
		try {
			await this.#attempt(task);
		} catch (error) {
			if (!(error instanceof TaskFailed)) {
				throw error;
			}

			const decision = await this.#context.decide?.({type: 'failed', unit, task, report: error.report}) ?? 'stop';
			const {since} = this.#known;
			if (decision === 'stop') {
				finish(unit, this.#next, this.#context, 'failed', {started: since, reason: shortened(reasonText(error.report.lines.at(-1) ?? error.report.attempted)[this.#context.language], longestReason), failure: error.report});
				throw error;
			}

			if (decision === 'skip') {
				this.#finish('skipped');
			} else {
				// What was in the way may be mended by now, or the task done by hand.
				this.#known = {since};
			}
		}
	}

	async #attempt(task: Task): Promise<void> {
		const {found, failure, isApplied = false} = this.#known;
		const context = this.#context;
		if (failure) {
			throw failed(task, failure.command, failure.finding, context);
		}

		// A machine that does not answer yet is what an assertion on it may wait for.
		const isAwaited = found!.code === 'unreachable' && !found!.isFinal && !task.apply && task.within !== undefined;
		if (!isApplied && found!.code !== 1 && !isAwaited) {
			throw failed(task, task.check, found!, context);
		}

		if (isApplied) {
			await this.#wait(task);
		} else if (task.apply) {
			await this.#apply(task);
		} else {
			this.#start(this.#next, task.check);
			await this.#wait(task);
		}
	}

	async #apply(task: Task): Promise<void> {
		const {isKnown = false} = this.#context;
		if (!this.#isTrusted && isKnown && !this.#known.isShown && isComparable(task)) {
			await this.#trip('compare');
			this.#known.isShown = true;
		}

		const decision = this.#isTrusted ? 'all' : await this.#context.decide!({type: 'apply', unit: this.#unit, task});
		if (decision === 'skip') {
			this.#finish('skipped');
			return;
		}

		this.#isTrusted = decision === 'all';
		for (const resource of task.creates ?? []) {
			this.#context.recordIntent(resource);
		}

		await this.#trip('apply');
	}

	/** Looks again and again until the task's check holds. */
	async #wait(task: Task): Promise<void> {
		const {signal, emit, pace, language} = this.#context;
		const index = this.#next;
		const limit = (task.within ?? 0) * pace;
		const started = performance.now();
		let look = 0;
		while (this.#next === index) {
			const found = this.#known.found!;
			const seconds = (performance.now() - started) / 1000;
			if (seconds >= limit || found.isFinal) {
				throw failed(task, task.check, found, this.#context);
			}

			emit({type: 'waiting', ...label(this.#unit), task: task.title[language], reason: reasonOf(found, language), seconds, limit});
			await delay(pollInterval(seconds, look) * 1000, undefined, {signal}).catch(() => {
				throw new Interrupted();
			});
			const began = performance.now();
			await this.#trip('look');
			look = (performance.now() - began) / 1000;
		}
	}

	/** One round trip, from the next task on. */
	async #trip(how: TaskRequest['how']): Promise<void> {
		const first = this.#next;
		const {isKnown = false, keep} = this.#context;
		const isAlone = how === 'compare' || (how === 'apply' && readsFile(this.#task));
		const requests = this.#unit.tasks.slice(first, isAlone ? first + 1 : undefined).map((task, index): TaskRequest => ({
			task, how: index === 0 ? how : this.#mayFulfil(task) ? 'fulfil' : 'look', shows: isKnown && !(index === 0 && this.#known.isShown), keeps: isKnown && keep !== undefined,
		}));
		const {onDifference, onKept, throwIfLost} = overwritten(this.#unit, first, this.#context);
		const failure = await roundTrip(requests, this.#context, {
			onStart: (request, command) => {
				this.#known.isApplied = true;
				this.#start(first + request, command);
			},
			onLine: (line, stream, cut) => {
				this.#context.emit({type: 'output', ...label(this.#unit), stream, line, ...(cut && {cut})});
			},
			onBusy: (seconds, limit) => {
				const {emit, language} = this.#context;
				emit({type: 'waiting', ...label(this.#unit), task: this.#task.title[language], reason: runMessages.busy[language], seconds, limit});
			},
			onFinding: finding => {
				if (how !== 'compare') {
					this.#hear(finding);
				}
			},
			onDifference,
			onKept,
		});
		throwIfLost();
		this.#known = {...this.#known, ...(failure && {failure})};
		if (this.#context.signal.aborted) {
			throw new Interrupted();
		}
	}

	#hear(found: Finding): void {
		const {isApplied, difference, since} = this.#known;
		if (found.code === 0) {
			this.#finish(isApplied ? 'changed' : 'ok', isApplied && difference ? reasonOf(difference, this.#context.language) : undefined);
		} else {
			this.#known = {...this.#known, found, difference: difference ?? found, since: since ?? performance.now()};
		}
	}

	#start(index: number, command: Command): void {
		const {emit, language} = this.#context;
		emit({type: 'task-started', ...label(this.#unit), task: this.#unit.tasks[index]!.title[language], index, command: renderWithInput(command, 'show')});
	}

	/** Goes on to the next task. */
	#finish(status: TaskStatus, reason?: string): void {
		finish(this.#unit, this.#next, this.#context, status, {started: this.#known.since, ...(reason !== undefined && {reason})});
		if (status !== 'ok' && (this.#result.status === 'ok' || status === 'skipped')) {
			this.#result = {status};
		}

		this.#next++;
		this.#known = {};
	}
}

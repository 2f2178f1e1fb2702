import type {EventBody, UnitStatus} from './event.ts';
import {Interrupted, TaskFailed} from './failure.ts';
import {nothingPending, mergePending, type Pending} from './pending.ts';
import type {Plan, Unit} from './plan.ts';
import type {Decide} from './question.ts';
import type {Resource} from './resource.ts';
import {lockOf, runChecks} from './round-trip.ts';
import type {Target} from './target.ts';
import {dryRunUnit} from './dry-run.ts';
import {runUnit} from './unit.ts';
import type {Language} from '../languages/text.ts';

export interface RunOptions {
	readonly plan: Plan;
	/** Restricts the run to these units; their other needs are assumed to be met. */
	readonly only?: ReadonlySet<string>;
	readonly target: (place: string) => Target;
	/** The folder of the cluster's locks; see `lockFolder`. */
	readonly lockFolder: string;
	readonly timeoutScale: number;
	readonly language: Language;
	readonly dryRun?: boolean;
	/** Results of an earlier part of the same dry run, for units that depend on it. */
	readonly after?: RunResult | undefined;
	readonly signal: AbortSignal;
	readonly emit: (event: EventBody) => void;
	/** Without it there are no questions: commands run, and a failure ends the unit. */
	readonly decide?: Decide | undefined;
	readonly recordIntent: (unit: Unit, resource: Resource) => void;
	/** Whether the unit succeeded in an earlier run. A step is not run again if its successor was done. */
	readonly wasDone: (unit: string) => boolean;
	/** Backs up a file before it is overwritten; see `UnitContext`. */
	readonly keep?: (unit: Unit, path: string, content: Buffer) => string | undefined;
	/** Is told each file that was written; see `UnitContext`. */
	readonly wrote?: (unit: Unit, path: string, digest: string) => void;
}

export interface UnitOutcome {
	readonly status: UnitStatus;
	/** Seconds of work, excluding the operator's thinking time. */
	readonly duration: number;
	readonly error?: Error;
	/** In a dry run: changes expected in this unit and its needs. */
	readonly pending?: Pending;
}

/** Outcome by unit id, for each unit of the run. */
export type RunResult = ReadonlyMap<string, UnitOutcome>;

/**
 * Runs a plan. Each unit starts as soon as its needs are done: independent branches run in parallel, and continue after
 * another branch has failed.
 */
export async function run(given: RunOptions): Promise<RunResult> {
	// If the program itself fails (the journal's disk is full, for example), nothing may go on unrecorded.
	const failure = new AbortController();
	const options = {...given, signal: AbortSignal.any([given.signal, failure.signal])};
	const outcomes = new Map<string, Promise<UnitOutcome>>();
	for (const unit of options.plan) {
		if (options.only && !options.only.has(unit.id)) {
			continue;
		}

		const needs = unit.needs.flatMap(need => outcomes.get(need) ?? options.after?.get(need) ?? []);
		outcomes.set(
			unit.id,
			Promise.all(needs).then(async results => work(unit, results, options)),
		);
		outcomes.get(unit.id)!.catch(() => {
			failure.abort();
		});
	}

	await Promise.allSettled(outcomes.values());
	return new Map(await Promise.all([...outcomes].map(async ([id, outcome]) => [id, await outcome] as const)));
}

async function work(unit: Unit, needs: readonly UnitOutcome[], options: RunOptions): Promise<UnitOutcome> {
	const {emit, language, dryRun = false, signal, decide} = options;
	const label = {unit: unit.id, step: unit.step.id, host: unit.place};
	const started = performance.now();
	let thinking = 0;
	const before = mergePending(needs.map(({pending}) => pending ?? nothingPending));
	const end = (status: UnitStatus, error?: Error, reason?: string, pending = before): UnitOutcome => {
		const duration = (performance.now() - started - thinking) / 1000;
		emit({type: 'step-finished', ...label, status, duration, ...(reason && {reason})});
		return {status, duration, ...(error && {error}), ...(dryRun && {pending})};
	};

	if (needs.some(({status}) => ['failed', 'blocked', 'interrupted'].includes(status))) {
		return end('blocked');
	}

	if (signal.aborted) {
		return end('interrupted');
	}

	emit({type: 'step-started', ...label, title: unit.step.title[language]});
	try {
		if (await isSuperseded(unit, options, before)) {
			return end('ok', undefined, 'superseded');
		}

		const place = {
			...options,
			target: options.target(unit.place),
			lock: lockOf(options.lockFolder, unit.id),
			isKnown: options.wasDone(unit.id),
		};
		if (dryRun) {
			const {status, reason, error, pending} = await dryRunUnit(unit, before, place);
			return end(status, error, reason, pending);
		}

		const {keep, wrote} = options;
		const status = await runUnit(unit, {
			...place,
			keep: keep && ((path, content) => keep(unit, path, content)),
			wrote:
				wrote &&
				((path, digest) => {
					wrote(unit, path, digest);
				}),
			recordIntent(resource) {
				options.recordIntent(unit, resource);
			},
			decide:
				decide &&
				(async question => {
					const asked = performance.now();
					const decision = await decide(question);
					thinking += performance.now() - asked;
					return decision;
				}),
		});
		return end(status);
	} catch (error) {
		if (error instanceof TaskFailed) {
			return end('failed', error);
		}

		if (error instanceof Interrupted) {
			return end('interrupted');
		}

		throw error;
	}
}

/** Whether later units replace this one: each of them succeeded before, or all its checks pass. */
async function isSuperseded(
	unit: Unit,
	{plan, target, timeoutScale, signal, wasDone, lockFolder}: RunOptions,
	{places}: Pending,
): Promise<boolean> {
	if (unit.supersededBy.length === 0) {
		return false;
	}

	for (const successor of plan.filter(({id}) => unit.supersededBy.includes(id))) {
		if (wasDone(successor.id)) {
			continue;
		}

		if (places.has(successor.place)) {
			return false;
		}

		const results = await runChecks(successor.tasks, {
			target: target(successor.place),
			lock: lockOf(lockFolder, successor.id),
			timeoutScale,
			signal,
		});
		if (results.length < successor.tasks.length || results.some(({code}) => code !== 0)) {
			return false;
		}
	}

	return true;
}

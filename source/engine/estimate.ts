import {criticalPath} from './critical-path.ts';
import type {UnitStatus} from './event.ts';
import type {Stage} from './plan.ts';
import {defaultSeconds, isHostBound, waitsFor} from './default-durations.ts';

/** The part of a plan's unit that an estimate needs. `needs` lists ids of earlier units. */
export interface EstimatedUnit {
	readonly id: string;
	readonly step: string;
	readonly needs: readonly string[];
	/** Stages run one after the other. */
	readonly stage?: Stage;
}

/** Durations of units in earlier runs, in seconds by unit id. */
export interface History {
	/** Runs in which the unit changed something for the first time. */
	readonly work: ReadonlyMap<string, number>;
	/** Runs in which the unit changed something after an earlier success: a repair, or changed answers. */
	readonly change: ReadonlyMap<string, number>;
	/** Runs in which all checks passed at once. */
	readonly check: ReadonlyMap<string, number>;
	/** Runs in which the checks passed only after waiting, by the earlier step whose change caused the wait; 0: no wait. */
	readonly settle: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Expected work of a unit: the first build, a later change, or only checks. */
export type Expected = 'work' | 'change' | 'check';

/** All inputs of an estimate except the progress of the run. */
export interface Forecast {
	readonly units: readonly EstimatedUnit[];
	readonly history: History;
	/** Units missing here default to `work`. */
	readonly expected: ReadonlyMap<string, Expected>;
	readonly acceleration: 'kvm' | 'tcg';
	/**
	 * Seconds of work predicted by a tool on this computer, by unit id; take precedence over the durations of earlier
	 * runs.
	 */
	readonly foretold?: ReadonlyMap<string, number>;
}

/** Progress of a unit. `started`: milliseconds since 1970; `duration`: seconds, excluding the operator's thinking time. */
export interface UnitProgress {
	readonly status: 'waiting' | 'running' | UnitStatus;
	readonly started?: number;
	readonly duration?: number;
	/** Whether the unit has begun to change something. */
	readonly isWorking?: boolean;
	/** Whether a check did not pass at once. */
	readonly hasWaited?: boolean;
	/** `thinking`: total milliseconds of waiting for the operator's answers. `asked`: when the current wait began. */
	readonly thinking?: number;
	readonly asked?: number;
}

export interface Estimate {
	/** Fraction of the run that is done, from 0 to 1. */
	readonly done: number;
	/** Seconds until the run ends, without the operator's thinking time. */
	readonly left?: number;
}

/**
 * Weight of the prior, in seconds of expected time: once more than this has been measured, the measured speed counts
 * more.
 */
const speedPrior = 10;
/**
 * How far the speed of native steps predicts that of steps on VMs until those have been measured: an exponent from 0 to
 * 1.
 */
const nativeWeight = 0.7;
/** Remaining time of an overdue unit, as a fraction of its time so far. */
const overdue = 0.5;
/** Limits for the slowdown and speed-up that a single unit counts with: it may have had different work than before. */
const most = {slower: 1.75, faster: 4};
/** Weight of a unit that has no history, only the step's default. */
const defaultWeight = 0.15;

export const noHistory: History = {work: new Map(), change: new Map(), check: new Map(), settle: new Map()};

/**
 * Estimates the remaining time of a run. It starts from each unit's expected work (`Forecast.expected`) and corrects it
 * during the run: a unit that runs commands is working, and a unit that depends on a changed one may wait for it.
 * Finished units reveal this run's speed. The remaining time is that of the longest chain of dependent units.
 * @param progress progress by unit id; missing units are waiting
 * @param now milliseconds since 1970
 */
export function estimate(
	forecast: Forecast,
	progress: ReadonlyMap<string, UnitProgress>,
	now: number,
): Required<Estimate> {
	const {units} = forecast;
	const roles = rolesOf(forecast, progress);
	const normal = expectedSeconds(forecast, roles);
	const {history} = forecast;
	const isKnown = (id: string) =>
		Object.values(history).some((seconds: ReadonlyMap<string, unknown>) => seconds.has(id));
	const speed = speedOf(units, {normal, roles, isKnown}, progress, now);
	/**
	 * Seconds by unit id: `left` until it ends, `total` in all, `open` not done yet. A lost unit has nothing left but
	 * stays open.
	 */
	const left = new Map<string, number>();
	const total = new Map<string, number>();
	const open = new Map<string, number>();
	const lost = new Set<string>();
	for (const unit of units) {
		const state = progress.get(unit.id);
		const expected = normal.get(unit.id)! * speed(unit);
		const elapsed = elapsedOf(state, now);
		const rest =
			!state || state.status === 'waiting'
				? expected
				: state.status === 'running'
					? Math.max(expected - elapsed, elapsed * overdue)
					: 0;
		// Failed units and those that need them take no more time, but do not count as done.
		const isLost =
			(state && ['failed', 'blocked', 'interrupted'].includes(state.status)) || unit.needs.some(need => lost.has(need));
		if (isLost) {
			lost.add(unit.id);
		}

		left.set(unit.id, isLost ? 0 : rest);
		open.set(unit.id, isLost ? expected : rest);
		total.set(unit.id, isLost ? expected : elapsed + rest);
	}

	const whole = longestChain(units, total);
	return {done: whole === 0 ? 0 : 1 - longestChain(units, open) / whole, left: longestChain(units, left)};
}

/** Estimated seconds of the whole run, before it begins. */
export function estimateRun(forecast: Forecast): number {
	return estimate(forecast, new Map(), 0).left;
}

/** Seconds by step: those of its slowest unit, because the units of a step run in parallel. */
export function chapterSeconds(forecast: Forecast): Map<string, number> {
	const seconds = expectedSeconds(forecast, rolesOf(forecast, new Map()));
	const chapters = new Map<string, number>();
	for (const {id, step} of forecast.units) {
		chapters.set(step, Math.max(chapters.get(step) ?? 0, seconds.get(id)!));
	}

	return chapters;
}

type Kind = keyof History;

/** Kind of work that a unit has in this run, and the earlier steps it depends on that change something. */
interface Role {
	readonly kind: Kind;
	readonly causes: ReadonlySet<string>;
}

/** Expects the units in plan order, so that the roles of a unit's needs are known before its own. */
function rolesOf({units, expected, history}: Forecast, progress: ReadonlyMap<string, UnitProgress>): Map<string, Role> {
	const roles = new Map<string, Role>();
	const steps = new Map(units.map(({id, step}) => [id, step]));
	for (const {id, step, needs} of units) {
		const {status, isWorking = false, hasWaited = false} = progress.get(id) ?? {};
		const isOver = status !== undefined && status !== 'waiting' && status !== 'running';
		const foreseen = expected.get(id) ?? 'work';
		const causes = new Set(
			needs.flatMap(need => [
				...(roles.get(need)?.causes ?? []),
				...(isWork(roles.get(need)?.kind) ? [steps.get(need)!] : []),
			]),
		);
		if (status === 'changed' || (!isOver && (isWorking || foreseen !== 'check'))) {
			roles.set(id, {kind: foreseen === 'check' ? 'change' : foreseen, causes});
			continue;
		}

		const settles = [...causes].some(cause => waitsFor(step, cause, history.settle.get(id)));
		roles.set(id, {kind: hasWaited || (!isOver && settles) ? 'settle' : 'check', causes});
	}

	return roles;
}

function isWork(kind: Kind | undefined): boolean {
	return kind === 'work' || kind === 'change';
}

/** Expected seconds of each unit at the speed of earlier runs. */
function expectedSeconds(forecast: Forecast, roles: ReadonlyMap<string, Role>): Map<string, number> {
	const {units, history, acceleration} = forecast;
	const scales = {work: defaultScale('work', forecast), check: defaultScale('check', forecast)};
	return new Map(
		units.map(({id, step}) => {
			const {kind, causes} = roles.get(id)!;
			const likes = [id, ...units.flatMap(unit => (unit.step === step && unit.id !== id ? [unit.id] : []))];
			const known = likes.flatMap(like => knownSeconds(like, kind, causes, history) ?? []);
			const told = isWork(kind) ? forecast.foretold?.get(id) : undefined;
			const own = told ?? knownSeconds(id, kind, causes, history);
			// Precedence: the unit's own duration; the shortest of the same step's other units, which ran beside more VMs; the
			// default.
			const seconds = own ?? (known.length > 0 ? Math.min(...known) : undefined);
			return [
				id,
				seconds ??
					defaultSeconds(step, kind, acceleration) *
						(isHostBound(step) || kind === 'settle' ? 1 : scales[kind === 'check' ? 'check' : 'work']),
			];
		}),
	);
}

function knownSeconds(id: string, kind: Kind, causes: ReadonlySet<string>, history: History): number | undefined {
	const settled = (wanted: (cause: string) => boolean) =>
		Math.max(0, ...[...(history.settle.get(id) ?? [])].flatMap(([cause, seconds]) => (wanted(cause) ? seconds : []))) ||
		undefined;
	// A unit that has only checks changes nothing in a first build either: it waits for the changes of others.
	return kind === 'settle'
		? settled(cause => causes.has(cause))
		: (history[kind].get(id) ?? (kind === 'work' ? settled(() => true) : undefined));
}

/** How many times slower this computer's VMs have been so far than those on which the defaults were measured. */
function defaultScale(kind: 'work' | 'check', {history, units, acceleration}: Forecast): number {
	const known = units.filter(({id, step}) => !isHostBound(step) && history[kind].has(id));
	const sum = (of: (unit: EstimatedUnit) => number) => known.reduce((total, unit) => total + of(unit), speedPrior);
	return sum(({id}) => history[kind].get(id)!) / sum(({step}) => defaultSeconds(step, kind, acceleration));
}

/**
 * How many times slower this run is than expected, measured separately for native steps, work on VMs and checks on VMs:
 * a slower mirror or disk says little about the processors, and a slow login little about a boot. Native units run
 * first; their speed is used for the VMs until those have been measured.
 */
function speedOf(
	units: readonly EstimatedUnit[],
	{
		normal,
		roles,
		isKnown,
	}: {normal: ReadonlyMap<string, number>; roles: ReadonlyMap<string, Role>; isKnown: (id: string) => boolean},
	progress: ReadonlyMap<string, UnitProgress>,
	now: number,
): (unit: EstimatedUnit) => number {
	const groupOf = ({id, step}: EstimatedUnit) =>
		isHostBound(step) ? 'native' : roles.get(id)!.kind === 'check' ? 'looks' : 'work';
	const ratio = (group: ReturnType<typeof groupOf>, prior: number) => {
		const sum = {actual: speedPrior * prior, expected: speedPrior};
		for (const unit of units.filter(unit => groupOf(unit) === group)) {
			const state = progress.get(unit.id);
			const expected = normal.get(unit.id)!;
			const elapsed = elapsedOf(state, now);
			// A running unit counts only once it is late. A unit that waited says nothing about speed.
			if (
				state &&
				state.hasWaited !== true &&
				(['ok', 'changed'].includes(state.status) || (state.status === 'running' && elapsed > expected))
			) {
				const [weight, slowest] = isKnown(unit.id) ? [1, expected * most.slower] : [defaultWeight, elapsed];
				sum.actual +=
					weight * Math.min(Math.max(elapsed, expected / most.faster), Math.max(slowest, expected / most.faster));
				sum.expected += weight * expected;
			}
		}

		return sum.actual / sum.expected;
	};

	const native = ratio('native', 1);
	const prior = native ** nativeWeight;
	const speeds = {native, work: ratio('work', prior), looks: ratio('looks', prior)};
	return unit => speeds[groupOf(unit)];
}

function elapsedOf(state: UnitProgress | undefined, now: number): number {
	if (!state || state.status === 'waiting') {
		return 0;
	}

	const {duration, started = now, thinking = 0, asked = now} = state;
	return Math.max(0, duration ?? (asked - started - thinking) / 1000);
}

/** Seconds until the last unit ends if each starts as soon as its needs have ended. */
function longestChain(units: readonly EstimatedUnit[], seconds: ReadonlyMap<string, number>): number {
	const stages = [...new Set(units.map(({stage = 1}) => stage))].sort((one, other) => one - other);
	return stages.reduce((sum, wanted) => {
		const path = criticalPath(
			units.filter(({stage = 1}) => stage === wanted),
			seconds,
		);
		return sum + path.reduce((whole, {duration}) => whole + duration, 0);
	}, 0);
}

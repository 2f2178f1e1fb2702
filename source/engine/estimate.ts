import {criticalPath} from './critical-path.ts';
import type {UnitStatus} from './event.ts';
import type {Stage} from './plan.ts';
import {defaultSeconds, isNative, waitsFor} from './default-durations.ts';

/** A unit of a plan, as far as an estimate needs it. `needs` name units that stand before it. */
export interface EstimatedUnit {
	readonly id: string;
	readonly step: string;
	readonly needs: readonly string[];
	/** Stages are run one after the other. */
	readonly stage?: Stage;
}

/** Seconds by unit from earlier runs. */
export interface History {
	/** When the unit had something to do and had never ended well. */
	readonly work: ReadonlyMap<string, number>;
	/** When it had something to do after it had ended well before: a repair, or another answer. */
	readonly change: ReadonlyMap<string, number>;
	/** When all its checks held at once. */
	readonly check: ReadonlyMap<string, number>;
	/** When its checks came to hold after a wait, by the steps before it that had changed something; 0: it did not wait for that step. */
	readonly settle: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Whether a unit is expected to have something to do, for the first time or again, or only to check. */
export type Expected = 'work' | 'change' | 'check';

/** Everything an estimate is made from, apart from how far the run is. */
export interface Forecast {
	readonly units: readonly EstimatedUnit[];
	readonly history: History;
	/** Units that are missing here are expected to work. */
	readonly expected: ReadonlyMap<string, Expected>;
	readonly acceleration: 'kvm' | 'tcg';
	/** Seconds of work that a tool of this computer has told of a unit; they count more than those of earlier runs. */
	readonly foretold?: ReadonlyMap<string, number>;
}

/** How far a unit is. `started` is in milliseconds since 1970, `duration` in seconds without the operator's thinking time. */
export interface UnitProgress {
	readonly status: 'waiting' | 'running' | UnitStatus;
	readonly started?: number;
	readonly duration?: number;
	/** Whether it turned out to have something to do. */
	readonly isWorking?: boolean;
	/** Whether a check did not hold at once. */
	readonly hasWaited?: boolean;
	/** Milliseconds in which it waited for the operator's answers, and since when it waits for one now. */
	readonly thinking?: number;
	readonly asked?: number;
}

export interface Estimate {
	/** From 0 to 1. */
	readonly done: number;
	/** Seconds until the run ends, without the operator's thinking time. */
	readonly left?: number;
}

/** Seconds of expected time after which the run's own speed counts more than what was expected. */
const speedPrior = 10;
/** How much the speed of what is native says of the machines' before they have shown their own: an exponent from 0 to 1. */
const nativeWeight = 0.7;
/** Part of its time so far that an overdue unit is expected to need still. */
const overdue = 0.5;
/** By no more than these factors a single unit counts as slower than it was before, or faster: it may have had something else to do. */
const most = {slower: 1.75, faster: 4};
/** Weight of a unit of which only the step's default is known. */
const defaultWeight = 0.15;

export const noHistory: History = {work: new Map(), change: new Map(), check: new Map(), settle: new Map()};

/**
 * Estimates how long a run still takes. Each unit counts with what it is expected to do (see `Forecast.expected`), which
 * the run itself corrects: a unit that runs its commands works, and one whose need has changed something may wait for it.
 * Finished units show how fast this run is. The time left is that of the longest chain.
 * @param progress how far each unit is; missing units wait
 * @param now milliseconds since 1970
 */
export function estimate(forecast: Forecast, progress: ReadonlyMap<string, UnitProgress>, now: number): Required<Estimate> {
	const {units} = forecast;
	const roles = rolesOf(forecast, progress);
	const normal = expectedSeconds(forecast, roles);
	const {history} = forecast;
	const isKnown = (id: string) => Object.values(history).some((seconds: ReadonlyMap<string, unknown>) => seconds.has(id));
	const speed = speedOf(units, {normal, roles, isKnown}, progress, now);
	/** Seconds to go, seconds in all, and seconds of both that count as reached. */
	const left = new Map<string, number>();
	const total = new Map<string, number>();
	const open = new Map<string, number>();
	const lost = new Set<string>();
	for (const unit of units) {
		const state = progress.get(unit.id);
		const expected = normal.get(unit.id)! * speed(unit);
		const elapsed = elapsedOf(state, now);
		const rest = !state || state.status === 'waiting' ? expected : state.status === 'running' ? Math.max(expected - elapsed, elapsed * overdue) : 0;
		// Units behind a failed one take no time any more, and do not count as done.
		const isLost = (state && ['failed', 'blocked', 'interrupted'].includes(state.status)) || unit.needs.some(need => lost.has(need));
		if (isLost) {
			lost.add(unit.id);
		}

		left.set(unit.id, isLost ? 0 : rest);
		open.set(unit.id, isLost ? expected : rest);
		total.set(unit.id, isLost ? expected : elapsed + rest);
	}

	const whole = longestChain(units, total);
	return {done: whole === 0 ? 0 : 1 - (longestChain(units, open) / whole), left: longestChain(units, left)};
}

/** Seconds of the whole run, before it begins. */
export function estimateRun(forecast: Forecast): number {
	return estimate(forecast, new Map(), 0).left;
}

/** Seconds of each step: those of its slowest unit, as the units of a step run side by side. */
export function chapterSeconds(forecast: Forecast): Map<string, number> {
	const seconds = expectedSeconds(forecast, rolesOf(forecast, new Map()));
	const chapters = new Map<string, number>();
	for (const {id, step} of forecast.units) {
		chapters.set(step, Math.max(chapters.get(step) ?? 0, seconds.get(id)!));
	}

	return chapters;
}

type Kind = keyof History;

/** A unit's part in the run, and the steps before it that change something. */
interface Role {
	readonly kind: Kind;
	readonly causes: ReadonlySet<string>;
}

/** Units in order, so that each can look at what it needs. */
function rolesOf({units, expected, history}: Forecast, progress: ReadonlyMap<string, UnitProgress>): Map<string, Role> {
	const roles = new Map<string, Role>();
	const steps = new Map(units.map(({id, step}) => [id, step]));
	for (const {id, step, needs} of units) {
		const {status, isWorking = false, hasWaited = false} = progress.get(id) ?? {};
		const isOver = status !== undefined && status !== 'waiting' && status !== 'running';
		const foreseen = expected.get(id) ?? 'work';
		const causes = new Set(needs.flatMap(need => [...roles.get(need)?.causes ?? [], ...(isWork(roles.get(need)?.kind) ? [steps.get(need)!] : [])]));
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

/** Seconds of each unit at the speed of earlier runs. */
function expectedSeconds(forecast: Forecast, roles: ReadonlyMap<string, Role>): Map<string, number> {
	const {units, history, acceleration} = forecast;
	const scales = {work: defaultScale('work', forecast), check: defaultScale('check', forecast)};
	return new Map(units.map(({id, step}) => {
		const {kind, causes} = roles.get(id)!;
		const likes = [id, ...units.flatMap(unit => unit.step === step && unit.id !== id ? [unit.id] : [])];
		const known = likes.flatMap(like => knownSeconds(like, kind, causes, history) ?? []);
		const told = isWork(kind) ? forecast.foretold?.get(id) : undefined;
		const own = told ?? knownSeconds(id, kind, causes, history);
		// This unit's own time, else the shortest of the same step for others, which were made beside more machines, else the step's default.
		const seconds = own ?? (known.length > 0 ? Math.min(...known) : undefined);
		return [id, seconds ?? (defaultSeconds(step, kind, acceleration) * (isNative(step) || kind === 'settle' ? 1 : scales[kind === 'check' ? 'check' : 'work']))];
	}));
}

function knownSeconds(id: string, kind: Kind, causes: ReadonlySet<string>, history: History): number | undefined {
	const settled = (wanted: (cause: string) => boolean) => Math.max(0, ...[...history.settle.get(id) ?? []].flatMap(([cause, seconds]) => wanted(cause) ? seconds : [])) || undefined;
	// A unit that can only look has nothing to do in a first build either: it waits for what the others did.
	return kind === 'settle' ? settled(cause => causes.has(cause)) : history[kind].get(id) ?? (kind === 'work' ? settled(() => true) : undefined);
}

/** By how much this computer's machines have been slower so far than those of which the defaults come. */
function defaultScale(kind: 'work' | 'check', {history, units, acceleration}: Forecast): number {
	const known = units.filter(({id, step}) => !isNative(step) && history[kind].has(id));
	const sum = (of: (unit: EstimatedUnit) => number) => known.reduce((total, unit) => total + of(unit), speedPrior);
	return sum(({id}) => history[kind].get(id)!) / sum(({step}) => defaultSeconds(step, kind, acceleration));
}

/**
 * By how much this run is slower than expected, apart for what is native, for work on the machines and for looks at them:
 * another mirror or disk says little of the processors, and a slow login little of a boot. The native units come first, and
 * until a machine has shown more they count.
 */
function speedOf(units: readonly EstimatedUnit[], {normal, roles, isKnown}: {normal: ReadonlyMap<string, number>; roles: ReadonlyMap<string, Role>; isKnown: (id: string) => boolean}, progress: ReadonlyMap<string, UnitProgress>, now: number): (unit: EstimatedUnit) => number {
	const groupOf = ({id, step}: EstimatedUnit) => isNative(step) ? 'native' : roles.get(id)!.kind === 'check' ? 'looks' : 'work';
	const ratio = (group: ReturnType<typeof groupOf>, prior: number) => {
		const sum = {actual: speedPrior * prior, expected: speedPrior};
		for (const unit of units.filter(unit => groupOf(unit) === group)) {
			const state = progress.get(unit.id);
			const expected = normal.get(unit.id)!;
			const elapsed = elapsedOf(state, now);
			// A running unit tells only when it is late. One that waits says nothing of how fast anything is.
			if (state && state.hasWaited !== true && (['ok', 'changed'].includes(state.status) || (state.status === 'running' && elapsed > expected))) {
				const [weight, slowest] = isKnown(unit.id) ? [1, expected * most.slower] : [defaultWeight, elapsed];
				sum.actual += weight * Math.min(Math.max(elapsed, expected / most.faster), Math.max(slowest, expected / most.faster));
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

/** Seconds until the last unit ends, when each starts as soon as what it needs has ended. */
function longestChain(units: readonly EstimatedUnit[], seconds: ReadonlyMap<string, number>): number {
	const stages = [...new Set(units.map(({stage = 1}) => stage))].sort((one, other) => one - other);
	return stages.reduce((sum, wanted) => {
		const path = criticalPath(units.filter(({stage = 1}) => stage === wanted), seconds);
		return sum + path.reduce((whole, {duration}) => whole + duration, 0);
	}, 0);
}

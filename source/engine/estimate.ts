import {criticalPath} from './critical-path.ts';
import type {UnitStatus} from './event.ts';
import type {Stage} from './plan.ts';
import {defaultSeconds, isNative} from './default-durations.ts';

/** A unit of a plan, as far as an estimate needs it. `needs` name units that stand before it. */
export interface EstimatedUnit {
	readonly id: string;
	readonly step: string;
	readonly needs: readonly string[];
	/** Stages are run one after the other. */
	readonly stage?: Stage;
}

/** Seconds by unit from earlier runs; the newest of each kind. */
export interface History {
	/** When the unit had something to do. */
	readonly work: ReadonlyMap<string, number>;
	/** When all its checks held. */
	readonly check: ReadonlyMap<string, number>;
	/** When its checks came to hold because of what a unit before it had changed. */
	readonly settle: ReadonlyMap<string, number>;
}

/** Whether a unit is expected to have something to do, or only to check. */
export type Expected = 'work' | 'check';

/** Everything an estimate is made from, apart from how far the run is. */
export interface Forecast {
	readonly units: readonly EstimatedUnit[];
	readonly history: History;
	/** Units that are missing here are expected to work. */
	readonly expected: ReadonlyMap<string, Expected>;
	readonly acceleration: 'kvm' | 'tcg';
}

/** How far a unit is. `started` is in milliseconds since 1970, `duration` in seconds without the operator's thinking time. */
export interface UnitProgress {
	readonly status: 'waiting' | 'running' | UnitStatus;
	readonly started?: number;
	readonly duration?: number;
	/** Whether it turned out to have something to do. */
	readonly isWorking?: boolean;
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
const overdue = 0.1;

export const noHistory: History = {work: new Map(), check: new Map(), settle: new Map()};

/**
 * Estimates how long a run still takes. Each unit counts with what it is expected to do (see `Forecast.expected`), which
 * the run itself corrects: a unit that runs its commands works, and one whose need has changed something may wait for it.
 * Finished units show how fast this run is. The time left is that of the longest chain.
 * @param progress how far each unit is; missing units wait
 * @param now milliseconds since 1970
 */
export function estimate(forecast: Forecast, progress: ReadonlyMap<string, UnitProgress>, now: number): Required<Estimate> {
	const {units} = forecast;
	const kinds = kindsOf(forecast, progress);
	const scales = {work: defaultScale('work', forecast), settle: defaultScale('work', forecast), check: defaultScale('check', forecast)};
	const normal = new Map(units.map(unit => {
		const kind = kinds.get(unit.id)!;
		return [unit.id, secondsOf(unit, kind, forecast, scales[kind])];
	}));
	const speed = speedOf(units, normal, kinds, progress, now);
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

type Kind = keyof History;

/** Units in order, so that each can look at what it needs. */
function kindsOf({units, expected}: Forecast, progress: ReadonlyMap<string, UnitProgress>): Map<string, Kind> {
	const kinds = new Map<string, Kind>();
	for (const {id, needs} of units) {
		const {status, isWorking = false} = progress.get(id) ?? {};
		const isChecked = status !== undefined && status !== 'waiting' && status !== 'running';
		const works = isWorking || status === 'changed' || (!isChecked && (expected.get(id) ?? 'work') === 'work');
		kinds.set(id, works ? 'work' : needs.some(need => kinds.get(need) === 'work') ? 'settle' : 'check');
	}

	return kinds;
}

/** By how much this computer's machines have been slower so far than those of which the defaults come. */
function defaultScale(kind: 'work' | 'check', {history, units, acceleration}: Forecast): number {
	const known = units.filter(({id, step}) => !isNative(step) && history[kind].has(id));
	const sum = (of: (unit: EstimatedUnit) => number) => known.reduce((total, unit) => total + of(unit), speedPrior);
	return sum(({id}) => history[kind].get(id)!) / sum(({step}) => defaultSeconds(step, kind, acceleration));
}

/**
 * This unit's own time, else that of the same step for others, else what is known of the step.
 * @param scale of what is known of steps in general
 */
function secondsOf({id, step}: EstimatedUnit, kind: Kind, {history, units, acceleration}: Forecast, scale: number): number {
	// A unit that can only look has nothing to do in a first build either: it waits for what the others did.
	const own = history[kind].get(id) ?? (kind === 'work' ? history.settle.get(id) : undefined);
	if (own !== undefined) {
		return own;
	}

	const others = units.flatMap(unit => unit.step === step ? history[kind].get(unit.id) ?? [] : []);
	return others.length > 0 ? others.reduce((sum, seconds) => sum + seconds, 0) / others.length : defaultSeconds(step, kind, acceleration) * (isNative(step) ? 1 : scale);
}

/**
 * By how much this run is slower than expected, apart for what is native, for work on the machines and for looks at them:
 * another mirror or disk says little of the processors, and a slow login little of a boot. The native units come first, and
 * until a machine has shown more they count.
 */
function speedOf(units: readonly EstimatedUnit[], normal: ReadonlyMap<string, number>, kinds: ReadonlyMap<string, Kind>, progress: ReadonlyMap<string, UnitProgress>, now: number): (unit: EstimatedUnit) => number {
	const groupOf = ({id, step}: EstimatedUnit) => isNative(step) ? 'native' : kinds.get(id) === 'check' ? 'looks' : 'work';
	const ratio = (group: ReturnType<typeof groupOf>, prior: number) => {
		const sum = {actual: speedPrior * prior, expected: speedPrior};
		for (const unit of units.filter(unit => groupOf(unit) === group)) {
			const state = progress.get(unit.id);
			const expected = normal.get(unit.id)!;
			const elapsed = elapsedOf(state, now);
			// A running unit tells only when it is late.
			if (state && (['ok', 'changed'].includes(state.status) || (state.status === 'running' && elapsed > expected))) {
				sum.actual += elapsed;
				sum.expected += expected;
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

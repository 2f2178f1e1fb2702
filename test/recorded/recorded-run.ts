import type {EstimatedUnit, Expected, Forecast, History, UnitProgress} from '../../source/engine/estimate.ts';
import {estimate, estimateRun, noHistory} from '../../source/engine/estimate.ts';
import {durationHistory} from '../../source/engine/history.ts';
import type {JournalEntry} from '../../source/engine/journal-schema.ts';

/** A run of `up`, reduced to what an estimate is about. Seconds are counted from the run's beginning. */
export interface RecordedRun {
	/** Place and time of the run. */
	readonly about: string;
	readonly acceleration: 'kvm' | 'tcg';
	readonly seconds: number;
	/** What `plan` said before: seconds, and the units in which something was to be done. */
	readonly planned?: {readonly seconds: number; readonly units: readonly string[]};
	readonly units: ReadonlyArray<EstimatedUnit & {
		readonly started: number;
		readonly duration: number;
		/** When its first command began; units that only checked have none. */
		readonly worked?: number;
		/** When a check first did not hold and was waited for. */
		readonly waited?: number;
		readonly status: 'ok' | 'changed';
		/** Whether it had ended well in an earlier run of its cluster, or what it makes was in the cache. */
		readonly isDone: boolean;
	}>;
}

/** How far the run was after so many seconds. */
export function progressAt({units}: RecordedRun, seconds: number): Map<string, UnitProgress> {
	return new Map(units.filter(({started}) => started <= seconds).map(({id, started, duration, worked, waited, status}): [string, UnitProgress] => {
		const isOver = started + duration <= seconds;
		return [id, {status: isOver ? status : 'running', started: started * 1000, ...(isOver && {duration}), ...(worked !== undefined && worked <= seconds && {isWorking: true}), ...(waited !== undefined && waited <= seconds && {hasWaited: true})}];
	}));
}

/** Forecast of a run as the program makes it: `earlier` are runs before it on the same cluster, oldest first. */
export function forecastOfRun({units, acceleration}: RecordedRun, earlier: readonly RecordedRun[]): Forecast {
	const expected = new Map(units.map(({id, isDone}): [string, Expected] => [id, isDone ? 'check' : 'work']));
	return {units, history: historyOfRuns(earlier, units), expected, acceleration};
}

/** History of the runs, as their journal would give it; `units` are those of the run to come. */
function historyOfRuns(runs: readonly RecordedRun[], units: RecordedRun['units']): History {
	const time = '2026-01-01T00:00:00.000Z';
	const entries = runs.flatMap(({units}, index): JournalEntry[] => [
		// What is made anew was removed before.
		...units.filter(({isDone}) => !isDone).map(({id}): JournalEntry => ({type: 'removed', time, kind: 'unit', name: id})),
		{type: 'run-started', time, run: `r${index}`, command: 'up', version: '1', pid: 1},
		...units.toSorted((one, other) => one.started + one.duration - other.started - other.duration)
			.map(({id, status, duration, waited}): JournalEntry => ({type: 'step-finished', time, run: `r${index}`, unit: id, status, duration, ...(waited !== undefined && {waited: true})})),
	]);
	const known = new Map([...runs.flatMap(run => [...run.units]), ...units].map(unit => [unit.id, unit]));
	return runs.length === 0 ? noHistory : durationHistory(entries, [...known.values()], {undone: ({name}) => [name]});
}

/** Seconds that `plan` gives for a run, from the units in which it saw something to do. */
export function plannedSeconds(run: RecordedRun, earlier: readonly RecordedRun[]): number | undefined {
	if (!run.planned || run.planned.units.length === 0) {
		return undefined;
	}

	const {planned, units} = run;
	const forecast = forecastOfRun(run, earlier);
	const kind = ({id, isDone}: RecordedUnit): Expected => planned.units.includes(id) ? isDone ? 'change' : 'work' : forecast.expected.get(id)!;
	return estimateRun({...forecast, expected: new Map(units.map(unit => [unit.id, kind(unit)]))});
}

export interface HalfTime {
	/** Seconds estimated before the run. */
	readonly first: number;
	/** Seconds estimated to be left at half-time. */
	readonly left: number;
	/** By which part of the whole run, and of what was left, that was wrong. */
	readonly ofWhole: number;
	readonly ofLeft: number;
}

export function halfTime(run: RecordedRun, earlier: readonly RecordedRun[]): HalfTime {
	const forecast = forecastOfRun(run, earlier);
	const half = run.seconds / 2;
	const {left} = estimate(forecast, progressAt(run, half), half * 1000);
	return {first: estimate(forecast, new Map(), 0).left, left, ofWhole: Math.abs(left - half) / run.seconds, ofLeft: Math.abs(left - half) / half};
}

/** A recorded run, or one made of recordings, with the runs before it on its cluster. */
export interface EstimatedRun {
	readonly name: string;
	/** `varied`: made of a real run by the change that the name tells. */
	readonly origin: 'real' | 'varied';
	readonly run: RecordedRun;
	readonly earlier: readonly RecordedRun[];
}

type RecordedUnit = RecordedRun['units'][number];

/** The units as early as their needs and stages allow, with the times of their own that they have. */
function scheduled(run: RecordedRun, units: readonly RecordedUnit[]): RecordedRun {
	const ends = new Map<string, number>();
	let stageEnd = 0;
	let stage = 1;
	const placed = units.map((unit): RecordedUnit => {
		if ((unit.stage ?? 1) > stage) {
			stage = unit.stage!;
			stageEnd = Math.max(0, ...ends.values());
		}

		const started = Math.max(stageEnd, ...unit.needs.flatMap(need => ends.get(need) ?? []));
		ends.set(unit.id, started + unit.duration);
		const {worked, ...rest} = unit;
		return {...rest, started, ...(worked !== undefined && {worked: started + Math.min(worked - unit.started, unit.duration)})};
	});
	return {...run, units: placed, seconds: Math.max(...ends.values())};
}

/** The same run at another speed. */
export function atSpeed(run: RecordedRun, factor: number): RecordedRun {
	const units = run.units.map(({started, duration, worked, ...unit}): RecordedUnit => ({...unit, started: started * factor, duration: duration * factor, ...(worked !== undefined && {worked: worked * factor})}));
	return {...run, units, seconds: run.seconds * factor};
}

/** A run in which only these units have work; the others take what checks took. */
export function onlyWorking(run: RecordedRun, works: (unit: RecordedUnit) => boolean, checks: ReadonlyMap<string, number>, isDone: (unit: RecordedUnit) => boolean = () => true): RecordedRun {
	return scheduled(run, run.units.map((unit): RecordedUnit => {
		const {worked, ...rest} = unit;
		const later = {...unit, isDone: isDone(unit)};
		return works(unit) ? later : {...rest, isDone: later.isDone, status: 'ok', duration: checks.get(unit.step) ?? 0.5};
	}));
}

/** Record of a run at the moment when it was killed. */
export function untilKilled(run: RecordedRun, killed: number): RecordedRun {
	return {...run, units: run.units.filter(({started, duration}) => started + duration <= killed)};
}

/** Rest of a run that was killed; finished units are only looked at. */
export function resumed(run: RecordedRun, killed: number, checks: ReadonlyMap<string, number>): RecordedRun {
	const wasDone = ({started, duration}: RecordedUnit) => started + duration <= killed;
	return onlyWorking(run, unit => !wasDone(unit), checks, wasDone);
}

/** Seconds of each step's units whose checks held, in the middle, as they were recorded. */
export function recordedChecks(runs: readonly RecordedRun[]): Map<string, number> {
	const all = new Map<string, number[]>();
	for (const {step, status, duration, worked, isDone} of runs.flatMap(({units}) => units)) {
		if (status === 'ok' && worked === undefined && isDone) {
			all.set(step, [...all.get(step) ?? [], duration]);
		}
	}

	return new Map([...all].map(([step, seconds]) => [step, seconds.toSorted((one, other) => one - other)[Math.floor(seconds.length / 2)]!]));
}

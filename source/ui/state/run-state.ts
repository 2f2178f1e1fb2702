import type {JobEvent} from '../../planning/json-event.ts';
import type {PlanChange} from '../../planning/plan-changes.ts';
import type {PlanSummary} from '../../planning/plan-text.ts';
import type {UnitProgress} from '../../engine/estimate.ts';
import type {FailureReport, TaskStatus} from '../../engine/event.ts';
import type {PageFacts} from '../../measure/health/facts.ts';

export interface TaskRow {
	readonly title: string;
	readonly status: TaskStatus;
	readonly reason?: string;
}

/** A unit of the plan as the screen sees it. Times are milliseconds since 1970, durations seconds. */
export interface UnitRow extends UnitProgress {
	readonly id: string;
	readonly step: string;
	readonly host: string;
	readonly tasks: number;
	/** Tasks that have ended, in order. */
	readonly rows: readonly TaskRow[];
	readonly task?: {readonly title: string; readonly command: string};
	/** The reason for a wait; `limit` in seconds. */
	readonly waiting?: {readonly reason: string; readonly since: number; readonly limit: number};
	readonly failure?: FailureReport;
	readonly reason?: string;
}

export interface RunState {
	readonly run?: string;
	readonly status: 'idle' | 'running' | 'ok' | 'failed' | 'interrupted';
	readonly started?: number;
	readonly duration?: number;
	readonly changed?: number;
	/** Answers of the user's page at the end, where the run put it in service. */
	readonly page?: PageFacts;
	/** Milliseconds in which everything waited for the operator, and since when it does. */
	readonly held?: number;
	readonly heldSince?: number;
	readonly units: ReadonlyMap<string, UnitRow>;
	/** Changes that a dry run has found; `summary` once it is complete. */
	readonly plan?: {readonly changes: readonly PlanChange[]; readonly summary?: PlanSummary};
}

export const emptyRun: RunState = {status: 'idle', units: new Map()};

/** Returns the state after an event. A pure function, so that a recorded run can be replayed. */
export function reduceRun(state: RunState, event: JobEvent): RunState {
	const time = Date.parse(event.time);
	switch (event.type) {
		case 'run-started': {
			const units = event.steps.map(({unit, step, host, tasks}): [string, UnitRow] => [
				unit,
				{id: unit, step, host, tasks, status: 'waiting', rows: []},
			]);
			return {run: event.run, status: 'running', started: time, units: new Map(units)};
		}

		case 'run-finished': {
			return {
				...state,
				run: event.run,
				status: event.status,
				duration: event.duration,
				changed: event.changed,
				...('page' in event && {page: event.page}),
			};
		}

		case 'step-started': {
			return change(state, event, unit => ({...unit, status: 'running', started: time, rows: []}));
		}

		case 'task-started': {
			return change(state, event, ({waiting, ...unit}) => ({
				...unit,
				isWorking: true,
				task: {title: event.task, command: event.command},
			}));
		}

		case 'waiting': {
			return change(state, event, unit => ({
				...unit,
				hasWaited: true,
				waiting: {reason: event.reason, since: unit.waiting?.since ?? time - event.seconds * 1000, limit: event.limit},
			}));
		}

		case 'task-finished': {
			return change(state, event, ({waiting, task, ...unit}) => ({
				...unit,
				rows: [...unit.rows, {title: event.task, status: event.status, ...(event.reason && {reason: event.reason})}],
				...(event.failure && {failure: event.failure}),
			}));
		}

		case 'step-finished': {
			return change(state, event, ({waiting, task, ...unit}) => ({
				...unit,
				status: event.status,
				duration: event.duration,
				...(event.reason && {reason: event.reason}),
			}));
		}

		case 'plan-change': {
			return {...state, plan: {changes: [...(state.plan?.changes ?? []), event]}};
		}

		case 'plan-finished': {
			return {...state, plan: {changes: state.plan?.changes ?? [], summary: event}};
		}

		default: {
			return state;
		}
	}
}

/** Changes a unit. Creates it on its first event if `run-started` has not named it: a verification has no plan. */
function change(
	state: RunState,
	{unit: id, step, host}: {unit: string; step: string; host: string},
	make: (unit: UnitRow) => UnitRow,
): RunState {
	const unit = state.units.get(id) ?? {id, step, host, tasks: 0, status: 'waiting', rows: []};
	return {
		...state,
		status: state.status === 'idle' ? 'running' : state.status,
		units: new Map(state.units).set(id, make(unit)),
	};
}

/** Records how long units wait for the operator, from a question to its answer: that time does not count as work. */
export function reduceQuestions(state: RunState, open: ReadonlySet<string>, now: number): RunState {
	const units = new Map(state.units);
	for (const [id, {asked, ...unit}] of state.units) {
		if (asked === undefined && open.has(id)) {
			units.set(id, {...unit, asked: now});
		} else if (asked !== undefined && !open.has(id)) {
			units.set(id, {...unit, thinking: (unit.thinking ?? 0) + now - asked});
		}
	}

	// The run itself is on hold while every running unit waits for the operator.
	const running = [...units.values()].filter(({status}) => status === 'running');
	const isHeld = running.length > 0 && running.every(({asked}) => asked !== undefined);
	const {held = 0, heldSince, ...rest} = state;
	return {
		...rest,
		units,
		held: held + (heldSince === undefined || isHeld ? 0 : now - heldSince),
		...(isHeld && {heldSince: heldSince ?? now}),
	};
}

/** Seconds since a unit began, without the time it waited for the operator. */
export function workTime(
	{started, thinking = 0, asked}: Pick<UnitRow, 'started' | 'thinking' | 'asked'>,
	now: number,
): number {
	return started === undefined
		? 0
		: Math.max(0, now - started - thinking - (asked === undefined ? 0 : now - asked)) / 1000;
}

/** Seconds of a run, without the time it waited for the operator; undefined before it begins. */
export function runTime({started, duration, held = 0, heldSince}: RunState, now: number): number | undefined {
	return duration === undefined && started === undefined
		? undefined
		: Math.max(
				0,
				(duration === undefined ? now - started! - (heldSince === undefined ? 0 : now - heldSince) : duration * 1000) -
					held,
			) / 1000;
}

export function hasEnded(status: UnitRow['status']): boolean {
	return status !== 'waiting' && status !== 'running';
}

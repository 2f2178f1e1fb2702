import type {UnitStatus} from '../engine/event.ts';
import type {Detail} from './chapter-details.ts';

/** State of a unit, for the lines of the chapters. */
export interface ChapterUnit {
	readonly id: string;
	/** The node or role that the unit is for; undefined if it is for all. */
	readonly subject?: string;
	title: string;
	task: string;
	status: 'waiting' | 'running' | UnitStatus;
	started?: number;
	duration?: number;
	isWorking?: boolean;
	hasWaited?: boolean;
	waiting?: string;
}

/** A step with its units. */
export interface Chapter {
	readonly step: string;
	readonly units: Map<string, ChapterUnit>;
	readonly hosts: Set<string>;
	/** Printed below the chapter's line: unexpected changes, skipped tasks, failures. */
	readonly details: Detail[];
	changes: number;
	isTold: boolean;
}

/** Worst first: the status of a chapter is that of its worst unit. */
const order: readonly UnitStatus[] = [
	'failed',
	'interrupted',
	'blocked',
	'would-change',
	'unknown',
	'changed',
	'skipped',
	'ok',
];

/** The chapters of a run by their steps, in order. */
export class Chapters {
	readonly #all = new Map<string, Chapter>();

	get all(): readonly Chapter[] {
		return [...this.#all.values()];
	}

	of(step: string): Chapter {
		return this.#all.get(step)!;
	}

	/** Resets a chapter that was printed and begins again (`verify --repeat`), so that it is printed again. */
	begin(step: string): void {
		const chapter = this.#all.get(step);
		if (chapter?.isTold) {
			chapter.isTold = false;
			chapter.details.length = 0;
			chapter.changes = 0;
		}
	}

	/** Returns a unit; creates it, and its chapter, on the first call. */
	unit(id: string, step: string): ChapterUnit {
		const chapter = this.#all.get(step) ?? {
			step,
			units: new Map<string, ChapterUnit>(),
			hosts: new Set<string>(),
			details: [],
			changes: 0,
			isTold: false,
		};
		this.#all.set(step, chapter);
		const subject = id.startsWith(`${step}:`) ? id.slice(step.length + 1) : undefined;
		const unit = chapter.units.get(id) ?? {
			id,
			...(subject !== undefined && {subject}),
			title: '',
			task: '',
			status: 'waiting',
		};
		chapter.units.set(id, unit);
		return unit;
	}

	change({unit, step, host}: {unit: string; step: string; host: string}, change: Partial<ChapterUnit>): void {
		Object.assign(this.unit(unit, step), change);
		this.of(step).hosts.add(host);
	}
}

export function statusOf({units}: Chapter): UnitStatus | undefined {
	const statuses = new Set([...units.values()].map(({status}) => status));
	return order.find(status => statuses.has(status));
}

/** Seconds during which at least one of the units ran; undefined if none has run. */
export function secondsOfWork(units: readonly ChapterUnit[]): number | undefined {
	const spans = units
		.flatMap(({started, duration}) =>
			started !== undefined && duration !== undefined ? [{from: started, to: started + duration * 1000}] : [],
		)
		.sort((one, other) => one.from - other.from);
	let sum = 0;
	let end = -Infinity;
	for (const {from, to} of spans) {
		sum += Math.max(0, to - Math.max(from, end));
		end = Math.max(end, to);
	}

	return spans.length === 0 ? undefined : sum / 1000;
}

export function hasEnded(status: ChapterUnit['status']): boolean {
	return status !== 'waiting' && status !== 'running';
}

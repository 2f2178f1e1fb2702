import type {UnitOverview} from '../../wizard/backend.ts';
import type {Language} from '../../languages/text.ts';
import {hasEnded, type RunState, type UnitRow} from '../state/run-state.ts';
import {hiddenCounts} from './scroll.ts';
import {clock, padOrTruncate, paint, width} from './text.ts';
import {statusSigns} from './status-signs.ts';

export interface ChapterRow {
	readonly step: string;
	readonly chapter: string;
	readonly title: string;
	readonly name: string;
	readonly status: UnitRow['status'];
	/** Seconds; undefined until the chapter has started. */
	readonly seconds?: number;
}

/** One row per step, in plan order, with the combined status and time of its units. */
export function chapterRows(
	units: readonly UnitOverview[],
	run: RunState,
	now: number,
	language: Language,
): ChapterRow[] {
	return [...new Set(units.map(({step}) => step))].map(step => {
		const ofStep = units.filter(unit => unit.step === step);
		const states = ofStep.flatMap(({id}) => run.units.get(id) ?? []);
		const status = together(states, ofStep.length);
		const started = Math.min(...states.flatMap(({started}) => started ?? []));
		const ended = Math.max(
			...states.flatMap(state =>
				state.started !== undefined && state.duration !== undefined ? state.started + state.duration * 1000 : [],
			),
		);
		// The operator's thinking time does not count.
		const thought = Math.max(
			0,
			...states.map(({thinking = 0, asked}) => thinking + (asked === undefined ? 0 : now - asked)),
		);
		const seconds = Number.isFinite(started)
			? Math.max(0, (hasEnded(status) ? ended : now) - started - thought) / 1000
			: undefined;
		return {
			step,
			chapter: ofStep[0]!.chapter,
			title: ofStep[0]!.title[language],
			name: ofStep[0]!.name[language],
			status,
			...(seconds !== undefined && Number.isFinite(seconds) && {seconds}),
		};
	});
}

function together(states: readonly UnitRow[], count: number): UnitRow['status'] {
	const has = (...wanted: Array<UnitRow['status']>) => states.find(({status}) => wanted.includes(status))?.status;
	const worst = has('failed') ?? has('running');
	if (worst) {
		return worst;
	}

	if (states.filter(({status}) => hasEnded(status)).length < count) {
		return states.some(({status}) => hasEnded(status)) ? 'running' : 'waiting';
	}

	return (
		has('interrupted') ??
		has('blocked') ??
		has('would-change') ??
		has('unknown') ??
		has('changed') ??
		has('skipped') ??
		'ok'
	);
}

/** Columns of the widest time of a chapter: ` 1:02:05`. */
const widestTime = 8;

/** The rows that fit, scrolled to the running or failed one; if some do not fit, the last line counts the hidden ones. */
export function chapterLines(rows: readonly ChapterRow[], columns: number, height: number): string[] {
	const current = Math.max(
		0,
		rows.findIndex(({status}) => status === 'running' || status === 'failed'),
	);
	const shown = rows.length > height ? height - 1 : height;
	const top = Math.max(0, Math.min(current - Math.floor(shown / 3), rows.length - shown));
	const hasRoom = rows.every(({chapter, title}) => width(`${chapter} ${title}`) + widestTime <= columns - 2);
	const lines = rows.slice(top, top + shown).map(({chapter, title, name: short, status, seconds}) => {
		const time = seconds === undefined || seconds < 1 ? '' : ` ${clock(seconds)}`;
		const name = hasRoom ? title : short;
		const numbered = `${chapter} ${name}`;
		const text =
			padOrTruncate(width(numbered) + width(time) <= columns - 2 ? numbered : name, columns - 2 - width(time)) + time;
		const painted =
			status === 'running' || status === 'failed' ? paint.bold(text) : status === 'waiting' ? paint.dim(text) : text;
		return `${statusSigns[status].paint(statusSigns[status].sign)} ${painted}`;
	});
	return rows.length > shown ? [...lines, paint.dim(hiddenCounts(top, rows.length - top - shown))] : lines;
}

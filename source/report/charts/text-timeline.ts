import stringWidth from 'string-width';
import type {Lane, Timeline} from '../../measure/timeline.ts';

/** A line of a picture made of letters; what it is about lets a terminal give it a colour as well. */
export interface ChartLine {
	readonly kind: Lane['kind'] | 'marks' | 'axis' | 'gap';
	readonly text: string;
}

export interface TextTimelineWords {
	readonly lane: (lane: Lane) => string;
	/** The sign of requests that were lost, one column wide. */
	readonly lost: string;
	/** Of milliseconds. */
	readonly gap: (duration: number) => string;
}

/** A sign for each kind of row: the label and the sign tell rows apart, colour is not needed. All are one column wide. */
const signs: Record<Exclude<Lane['kind'], 'lost'>, string> = {director: '═', server: '█', sorry: '○'};

/** The widest label; longer names are cut. */
const widest = 18;

/**
 * Requests of an event over time: a row for each director, server and way of losing a request. A gap is dotted, what
 * was done is a line with its number. No line is wider than `columns`; where that leaves no room, there are no lines.
 */
export function textTimeline({end, lanes, gaps, marks}: Timeline, {columns, words}: {columns: number; words: TextTimelineWords}): ChartLine[] {
	const labels = lanes.map(lane => words.lane(lane));
	const label = Math.min(widest, Math.max(0, ...labels.map(text => stringWidth(text))), Math.floor(columns / 3));
	const cells = columns - label - 1;
	if (cells < 8 || end === 0 || lanes.length === 0) {
		return [];
	}

	const cellOf = (time: number) => Math.min(cells - 1, Math.max(0, Math.floor((time / end) * cells)));
	const blank = Array.from({length: cells}, (_, cell) => {
		const isGap = gaps.some(({from, to}) => cell >= cellOf(from) && cell <= cellOf(to - 1));
		return marks.some(({at}) => cellOf(at) === cell) ? '│' : isGap ? '░' : ' ';
	});
	const rows = lanes.map(({kind, spans}, index): ChartLine => {
		const row: string[] = [...blank];
		for (const {from, to} of spans) {
			row.fill(kind === 'lost' ? words.lost : signs[kind], cellOf(from), cellOf(to - 1) + 1);
		}

		return {kind, text: `${fitText(labels[index]!, label)} ${row.join('')}`};
	});
	const margin = ' '.repeat(label + 1);
	return [
		...(marks.length > 0 ? [{kind: 'marks' as const, text: margin + place(cells, marks.map(({at}, index) => [cellOf(at), String(index + 1)]))}] : []),
		...rows,
		...axis(end, cells, cellOf).map((text): ChartLine => ({kind: 'axis', text: margin + text})),
		...gaps.map(({from, to}): ChartLine => ({kind: 'gap', text: margin + place(cells, [[cellOf(from), `${words.gap(to - from)}`]])})),
	].map(({kind, text}) => ({kind, text: text.trimEnd()}));
}

/** A line with a tick at round times, and the times under it. */
function axis(end: number, cells: number, cellOf: (time: number) => number): string[] {
	const step = roundStep(end / 1000 / Math.max(1, Math.floor(cells / 10))) * 1000;
	const ticks = Array.from({length: Math.floor(end / step) + 1}, (_, index) => index * step).filter(time => time < end);
	const line = Array.from({length: cells}, () => '─');
	for (const time of ticks) {
		line[cellOf(time)] = '┴';
	}

	return [line.join(''), place(cells, ticks.map(time => [cellOf(time), `${time / 1000} s`]))];
}

/** 1, 2 or 5 times a power of ten, not below what is asked for. */
function roundStep(least: number): number {
	const power = 10 ** Math.floor(Math.log10(least));
	return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= least)!;
}

/** Words at their places; one that would run into the one before or over the edge moves left or is left out. */
function place(cells: number, words: ReadonlyArray<readonly [cell: number, text: string]>): string {
	let line = '';
	for (const [cell, text] of words) {
		const length = stringWidth(text);
		const start = Math.max(0, Math.min(cell, cells - length));
		if (length <= cells && (line === '' || start > stringWidth(line))) {
			line += ' '.repeat(start - stringWidth(line)) + text;
		}
	}

	return line;
}

/** Exactly so many columns; what is cut off ends with `…`. For text without control characters. */
export function fitText(text: string, columns: number): string {
	if (columns <= 0) {
		return '';
	}

	let kept = text;
	if (stringWidth(text) > columns) {
		const signs = Array.from(new Intl.Segmenter().segment(text), ({segment}) => segment);
		while (stringWidth(signs.join('')) > columns - 1) {
			signs.pop();
		}

		kept = `${signs.join('')}…`;
	}

	return kept + ' '.repeat(columns - stringWidth(kept));
}

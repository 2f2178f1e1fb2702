import stringWidth from 'string-width';
import type {Lane, Timeline} from '../../measure/timeline.ts';

/** A line of a text chart; a terminal colours it by `kind`. */
export interface ChartLine {
	readonly kind: Lane['kind'] | 'marks' | 'axis' | 'gap';
	readonly text: string;
}

export interface TextTimelineWords {
	readonly lane: (lane: Lane) => string;
	/** The sign for lost requests, one column wide. */
	readonly lost: string;
	/** Label of a gap; `duration` in milliseconds. */
	readonly gap: (duration: number) => string;
}

/** A sign for each kind of row, one column wide. Labels and signs distinguish the rows without colour. */
const signs: Record<Exclude<Lane['kind'], 'lost'>, string> = {director: '═', server: '█', sorry: '○'};

/** Most columns of a label; longer names are cut. */
const widest = 18;

/**
 * Requests of a test over time: a row for each director, each server and each kind of loss. Gaps are dotted, phases are
 * vertical lines with their numbers. No line is wider than `columns`; with too little room the result is empty.
 */
export function textTimeline(
	{end, lanes, gaps, marks}: Timeline,
	{columns, words}: {columns: number; words: TextTimelineWords},
): ChartLine[] {
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
		...(marks.length > 0
			? [
					{
						kind: 'marks' as const,
						text:
							margin +
							place(
								cells,
								marks.map(({at}, index) => [cellOf(at), String(index + 1)]),
							),
					},
				]
			: []),
		...rows,
		...axis(end, cells, cellOf).map((text): ChartLine => ({kind: 'axis', text: margin + text})),
		...gaps.map(({from, to}): ChartLine => ({
			kind: 'gap',
			text: margin + place(cells, [[cellOf(from), `${words.gap(to - from)}`]]),
		})),
	].map(({kind, text}) => ({kind, text: text.trimEnd()}));
}

/** A line with ticks at round times, and a line with these times below it. */
function axis(end: number, cells: number, cellOf: (time: number) => number): string[] {
	const step = roundStep(end / 1000 / Math.max(1, Math.floor(cells / 10))) * 1000;
	const ticks = Array.from({length: Math.floor(end / step) + 1}, (_, index) => index * step).filter(time => time < end);
	const line = Array.from({length: cells}, () => '─');
	for (const time of ticks) {
		line[cellOf(time)] = '┴';
	}

	return [
		line.join(''),
		place(
			cells,
			ticks.map(time => [cellOf(time), `${time / 1000} s`]),
		),
	];
}

/** The smallest of 1, 2 and 5 times a power of ten that is at least `least`. */
function roundStep(least: number): number {
	const power = 10 ** Math.floor(Math.log10(least));
	return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= least)!;
}

/** Words at their cells. One that would cross the right edge moves left; one that would touch the word before is omitted. */
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

/** Cuts (with `…`) or pads a text to exactly this many columns. The text must not contain control characters. */
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

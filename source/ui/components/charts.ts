import type {Language} from '../../languages/text.ts';
import type {LoadSeries, PhaseResult, ProbeRecord} from '../../measure/result.ts';
import {median} from '../../measure/statistics.ts';
import {thesisLoad} from '../../measure/thesis-load.ts';
import {timelineOf} from '../../measure/timeline.ts';
import {measurementMessages} from '../../report/measurement-messages.ts';
import {textBars} from '../../report/charts/text-bars.ts';
import {textLine} from '../../report/charts/text-line.ts';
import {textTimeline, type ChartLine} from '../../report/charts/text-timeline.ts';
import {lossesAllowed, timelineLabels} from '../../report/charts/timeline-labels.ts';
import {formatFor} from '../../report/format.ts';
import {paint} from './text.ts';

export interface ChartSize {
	readonly columns: number;
	readonly height: number;
	readonly language: Language;
}

const {load: words} = measurementMessages;

/** Colours repeat what the signs and labels say. */
const paints: Record<ChartLine['kind'], (text: string) => string> = {
	director: paint.cyan,
	server: paint.green,
	sorry: paint.yellow,
	lost: paint.red,
	marks: paint.bold,
	axis: paint.dim,
	gap: paint.red,
};

/** Kinds of lines to drop when there are too few rows, in this order. */
const dispensable: ReadonlyArray<ChartLine['kind']> = ['gap', 'director', 'axis', 'marks'];

/** Timeline of a test's requests: who answered, gaps, and marks of the phases. Works for a running test as well. */
export function timelineLines(
	probe: Pick<ProbeRecord, 'requests' | 'interval'>,
	phases: readonly PhaseResult[],
	{columns, height, language}: ChartSize,
): string[] {
	const isAllowed = lossesAllowed(phases);
	let lines = textTimeline(timelineOf(probe, phases), {columns, words: timelineLabels(language, isAllowed)});
	for (const kind of dispensable) {
		lines = lines.length > height ? lines.filter(line => line.kind !== kind) : lines;
	}

	return lines
		.slice(0, Math.max(0, height))
		.map(({kind, text}) => (isAllowed && (kind === 'lost' || kind === 'gap') ? paint.yellow : paints[kind])(text));
}

/** Bars of one tool's requests per second, one for each number of servers: our results, then the thesis's. */
export function loadLines(
	load: readonly LoadSeries[],
	tool: LoadSeries['tool'],
	{columns, height, language}: ChartSize,
): string[] {
	const {number} = formatFor(language);
	const bars = (series: readonly LoadSeries[], where: string) =>
		series
			.filter(one => one.tool === tool)
			.toSorted((a, b) => a.servers - b.servers)
			.map(({servers, samples}) => {
				const rates = samples.map(({rate}) => rate);
				const reach = rates.length > 1 ? ` (${number(Math.min(...rates))}–${number(Math.max(...rates))})` : '';
				return {
					name: `${words.servers(servers)[language]}, ${where}`,
					value: median(rates),
					highest: Math.max(...rates),
					text: number(median(rates)) + reach,
				};
			});
	return [
		paint.bold(`${tool}: ${words.perSecond[language]}`.slice(0, columns)),
		...textBars([...bars(load, words.here[language]), ...bars(thesisLoad, words.thesis[language])], columns),
	].slice(0, Math.max(0, height));
}

/** Line chart of requests per second over the number of servers; empty with fewer than two points or too little room. */
export function scalingLines(
	load: readonly LoadSeries[],
	tool: LoadSeries['tool'],
	{columns, height, language}: ChartSize,
): string[] {
	const series = load.filter(one => one.tool === tool && one.servers > 0).toSorted((a, b) => a.servers - b.servers);
	const lines = textLine(
		series.map(({servers, samples}) => [servers, median(samples.map(({rate}) => rate))]),
		{
			columns,
			rows: height - 4,
			format: value => formatFor(language).number(value),
			ticks: series.map(({servers}) => servers),
		},
	);
	return lines.length === 0 || lines.length + 1 > height
		? []
		: [paint.bold(`${tool}: ${words.perSecond[language]} / ${words.active[language]}`.slice(0, columns)), ...lines];
}

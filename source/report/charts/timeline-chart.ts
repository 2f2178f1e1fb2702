import type {CustomSeriesOption} from 'echarts/charts';
import type {Lane, Timeline} from '../../measure/timeline.ts';
import type {Markup} from '../html.ts';
import {
	categoryAxis,
	colors,
	truncatedAxisLabels,
	svgChart,
	textSize,
	valueAxis,
	type ChartOption,
} from './svg-chart.ts';

export interface TimelineChart {
	readonly id: string;
	readonly title: string;
	readonly description: string;
	/** Whether the test allows losses; losses and gaps then have a neutral colour. */
	readonly areLossesAllowed?: boolean;
	readonly timeline: Timeline;
	/** Longest latency of answered requests per interval, undefined if none was answered; both values in milliseconds. */
	readonly latencies: ReadonlyArray<readonly [at: number, latency: number | undefined]>;
	readonly words: {
		readonly lane: (lane: Lane) => string;
		readonly gap: (duration: number) => string;
		readonly number: (value: number) => string;
		readonly seconds: string;
		readonly latency: string;
	};
}

const left = 150;
const right = 24;
const top = 46;
const laneHeight = 22;
const latencyHeight = 64;

/** Milliseconds that two pixels represent; spans closer than that are drawn as one. */
export function timelineResolution(end: number): number {
	return (end / (900 - left - right)) * 2;
}

const fills: Record<Exclude<Lane['kind'], 'lost'>, string> = {
	director: colors.director,
	server: colors.accent,
	sorry: colors.thesis,
};

/** Timeline of a test: holders of the VIP, answering servers, losses, gaps, marks of the phases, and latencies. */
export function timelineChart({
	id,
	title,
	description,
	areLossesAllowed = false,
	timeline: {end, lanes, gaps, marks},
	latencies,
	words,
}: TimelineChart): Markup {
	const lossColor = areLossesAllowed ? colors.muted : colors.bad;
	const lanesHeight = Math.max(1, lanes.length) * laneHeight;
	const axisLabel = {...valueAxis.axisLabel, formatter: words.number};
	const seconds = {...valueAxis, min: 0, max: end / 1000, axisLabel: {...axisLabel, showMaxLabel: false}};
	const markLine = (withNumbers: boolean): CustomSeriesOption['markLine'] => ({
		silent: true,
		symbol: 'none',
		data: marks.flatMap(({at, settled}, index) => [
			{
				xAxis: at / 1000,
				lineStyle: {color: colors.ink, type: 'solid', width: 1.5},
				label: {
					show: withNumbers,
					formatter: String(index + 1),
					position: 'start',
					distance: 20,
					color: colors.page,
					backgroundColor: colors.ink,
					padding: [3, 6],
					borderRadius: 8,
					fontSize: textSize,
					fontWeight: 'bold',
				},
			},
			...(settled === undefined
				? []
				: [
						{
							xAxis: settled / 1000,
							lineStyle: {color: colors.good, type: 'dashed' as const, width: 1},
							label: {show: false},
						},
					]),
		]),
	});
	const markArea = (withWords: boolean): CustomSeriesOption['markArea'] => ({
		silent: true,
		itemStyle: {color: colors.gap},
		data: gaps.map(({from, to}) => [
			{
				xAxis: from / 1000,
				label: {
					show: withWords,
					formatter: words.gap(to - from),
					position: 'top',
					distance: 3,
					color: lossColor,
					fontSize: textSize,
					fontWeight: 'bold',
				},
			},
			{xAxis: to / 1000},
		]),
	});
	const rows: CustomSeriesOption = {
		type: 'custom',
		silent: true,
		renderItem(_, api) {
			const [x, middle] = api.coord([api.value(1), api.value(0)]) as [number, number];
			const [until] = api.coord([api.value(2), api.value(0)]) as [number];
			const kind = lanes[api.value(0) as number]!.kind;
			const height = kind === 'director' ? 8 : 14;
			return {
				type: 'rect',
				shape: {x, y: middle - height / 2, width: Math.max(1, until - x), height},
				style: {fill: kind === 'lost' ? lossColor : fills[kind]},
			};
		},
		encode: {x: [1, 2], y: 0},
		data: lanes.flatMap(({spans}, index) => spans.map(({from, to}) => [index, from / 1000, to / 1000])),
		markLine: markLine(true),
		markArea: markArea(true),
	};
	const option: ChartOption = {
		grid: [
			{left, right, top, height: lanesHeight},
			{left, right, top: top + lanesHeight + 12, height: latencyHeight},
		],
		xAxis: [
			{...seconds, gridIndex: 0, axisLabel: {show: false}, axisLine: {show: false}, axisTick: {show: false}},
			{
				...seconds,
				gridIndex: 1,
				name: words.seconds,
				nameLocation: 'middle',
				nameGap: 26,
				axisLine: {show: true, lineStyle: {color: colors.line}},
			},
		],
		yAxis: [
			{
				...categoryAxis,
				gridIndex: 0,
				inverse: true,
				data: lanes.map(lane => words.lane(lane)),
				axisLabel: truncatedAxisLabels(left),
			},
			{
				...valueAxis,
				gridIndex: 1,
				name: words.latency,
				nameLocation: 'middle',
				nameGap: 52,
				nameRotate: 0,
				nameTextStyle: {...valueAxis.nameTextStyle, align: 'right'},
				splitNumber: 2,
				min: 0,
				axisLabel,
			},
		],
		series: [
			{...rows, xAxisIndex: 0, yAxisIndex: 0},
			{
				type: 'line',
				silent: true,
				xAxisIndex: 1,
				yAxisIndex: 1,
				step: 'start',
				symbol: 'none',
				lineStyle: {color: colors.accent, width: 1},
				areaStyle: {color: colors.accent, opacity: 0.15},
				data: latencies.map(([at, latency]) => [at / 1000, latency ?? '-']),
				markLine: markLine(false),
				markArea: markArea(false),
			},
		],
	};
	return svgChart({id, title, description, height: top + lanesHeight + 12 + latencyHeight + 44}, option);
}

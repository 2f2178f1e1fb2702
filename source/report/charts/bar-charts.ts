import type {CustomSeriesOption} from 'echarts/charts';
import type {Markup} from '../html.ts';
import {categoryAxis, colors, truncatedAxisLabels, svgChart, textSize, valueAxis} from './svg-chart.ts';

interface Words {
	readonly id: string;
	readonly title: string;
	readonly description: string;
}

/** A bar; `lowest` and `highest` are the range of several measurements. */
export interface Bar {
	readonly name: string;
	readonly value: number;
	readonly text: string;
	readonly lowest?: number;
	readonly highest?: number;
}

/** A group of bars with a scale of its own. */
export interface Panel {
	readonly title: string;
	readonly color: string;
	readonly bars: readonly Bar[];
}

/** Most bars in a panel that are wide enough for a figure inside each. */
const mostLabels = 8;

/** Vertical bars in panels side by side, each panel with its own scale from 0. */
export function barPanels({
	panels,
	unit,
	axis,
	format,
	...words
}: Words & {panels: readonly Panel[]; unit: string; axis: string; format: (value: number) => string}): Markup {
	const [left, right, top, bottom, between, width, height] = [64, 16, 48, 44, 72, 900, 270];
	// A panel's width is proportional to its number of bars, so that all bars are about equally wide.
	const weights = panels.map(({bars}) => Math.max(2, bars.length));
	const room = width - left - right - between * (panels.length - 1);
	const sizes = weights.map(weight => (room * weight) / weights.reduce((a, b) => a + b, 0));
	const starts = sizes.map((_, index) => left + sizes.slice(0, index).reduce((a, b) => a + b + between, 0));
	return svgChart(
		{...words, width, height},
		{
			title: panels.map(({title}, index) => ({
				text: title,
				left: starts[index],
				top: 0,
				textStyle: {color: colors.ink, fontSize: 13, fontWeight: 'bold'},
			})),
			grid: panels.map((_, index) => ({left: starts[index], width: sizes[index], top, bottom})),
			xAxis: panels.map(({bars}, gridIndex) => ({
				...categoryAxis,
				gridIndex,
				data: bars.map(({name}) => name),
				name: axis,
				nameLocation: 'middle',
				nameGap: 28,
			})),
			yAxis: panels.map((_, gridIndex) => ({
				...valueAxis,
				gridIndex,
				name: gridIndex === 0 ? unit : '',
				nameGap: 10,
				min: 0,
				splitNumber: 4,
				axisLabel: {...valueAxis.axisLabel, formatter: format},
			})),
			series: panels.flatMap(({bars, color}, index) => [
				{
					type: 'bar' as const,
					silent: true,
					xAxisIndex: index,
					yAxisIndex: index,
					barMaxWidth: 72,
					itemStyle: {color},
					data: bars.map(({value}) => value),
					label: {
						show: bars.length <= mostLabels,
						position: 'inside' as const,
						formatter: ({dataIndex}: {dataIndex: number}) => bars[dataIndex]!.text,
						color: colors.page,
						fontSize: textSize,
						fontWeight: 'bold' as const,
					},
				},
				reach(bars, index),
			]),
		},
	);
}

/** A thin line from the lowest to the highest measurement. */
function reach(bars: readonly Bar[], index: number): CustomSeriesOption {
	return {
		type: 'custom',
		silent: true,
		xAxisIndex: index,
		yAxisIndex: index,
		z: 3,
		data: bars.flatMap(({lowest, highest}, bar) =>
			lowest === undefined || highest === undefined || lowest === highest ? [] : [[bar, lowest, highest]],
		),
		encode: {x: 0, y: [1, 2]},
		renderItem(_, api) {
			const [x, low] = api.coord([api.value(0), api.value(1)]) as [number, number];
			const [, high] = api.coord([api.value(0), api.value(2)]) as [number, number];
			const line = (x1: number, y1: number, x2: number, y2: number) => ({
				type: 'line' as const,
				shape: {x1, y1, x2, y2},
				style: {stroke: colors.ink, lineWidth: 1.5},
			});
			return {
				type: 'group',
				children: [line(x, low, x, high), line(x - 5, low, x + 5, low), line(x - 5, high, x + 5, high)],
			};
		},
	};
}

/** Horizontal bars on one scale; `limit` is drawn as a line across the bar's row, `text` to the right of both. */
export function horizontalBars({
	rows,
	unit,
	format,
	...words
}: Words & {
	rows: ReadonlyArray<Bar & {readonly limit?: number; readonly color?: string}>;
	unit: string;
	format: (value: number) => string;
}): Markup {
	const [left, top, rowHeight] = [320, 4, 26];
	const limits: CustomSeriesOption = {
		type: 'custom',
		silent: true,
		z: 3,
		data: rows.map(({value, limit = value}, row) => [Math.max(value, limit), row]),
		encode: {x: 0, y: 1},
		renderItem(_, api) {
			const row = api.value(1) as number;
			const {limit, text} = rows[row]!;
			const [end, y] = api.coord([api.value(0), row]) as [number, number];
			const [x] = api.coord([limit ?? 0, row]) as [number];
			return {
				type: 'group',
				children: [
					...(limit === undefined
						? []
						: [
								{
									type: 'line' as const,
									shape: {x1: x, y1: y - 11, x2: x, y2: y + 11},
									style: {stroke: colors.ink, lineWidth: 2.5},
								},
							]),
					{type: 'text', style: {x: end + 6, y: y - 6, text, fill: colors.ink, fontSize: textSize}},
				],
			};
		},
	};
	return svgChart(
		{...words, height: top + rows.length * rowHeight + 44},
		{
			grid: {left, right: 130, top, height: rows.length * rowHeight},
			xAxis: {
				...valueAxis,
				min: 0,
				name: unit,
				nameLocation: 'middle',
				nameGap: 26,
				axisLabel: {...valueAxis.axisLabel, formatter: format},
			},
			yAxis: {...categoryAxis, inverse: true, data: rows.map(({name}) => name), axisLabel: truncatedAxisLabels(left)},
			series: [
				{
					type: 'bar',
					silent: true,
					barWidth: 14,
					data: rows.map(({value, color}) => ({value, itemStyle: {color: color ?? colors.accent}})),
				},
				limits,
			],
		},
	);
}

/** A column of horizontal bars for each group, all with the same rows and the same scale. */
export function barMatrix({
	groups,
	names,
	format,
	...words
}: Words & {
	groups: ReadonlyArray<{readonly title: string; readonly values: readonly number[]}>;
	names: readonly string[];
	format: (value: number) => string;
}): Markup {
	const [left, right, top, between, rowHeight, width] = [150, 40, 28, 34, 22, 900];
	const size = (width - left - right - between * (groups.length - 1)) / groups.length;
	const max = Math.max(...groups.flatMap(({values}) => values), 0.1);
	const start = (index: number) => left + index * (size + between);
	return svgChart(
		{...words, width, height: top + names.length * rowHeight + 10},
		{
			title: groups.map(({title}, index) => ({
				text: title,
				left: start(index),
				top: 0,
				textStyle: {color: colors.ink, fontSize: 13, fontWeight: 'bold'},
			})),
			grid: groups.map((_, index) => ({left: start(index), width: size, top, height: names.length * rowHeight})),
			xAxis: groups.map((_, gridIndex) => ({
				...valueAxis,
				gridIndex,
				min: 0,
				max,
				splitNumber: 2,
				axisLabel: {show: false},
			})),
			yAxis: groups.map((_, gridIndex) => ({
				...categoryAxis,
				gridIndex,
				inverse: true,
				data: [...names],
				axisLabel: {...truncatedAxisLabels(left), show: gridIndex === 0},
			})),
			series: groups.map(({values}, index) => ({
				type: 'bar' as const,
				silent: true,
				xAxisIndex: index,
				yAxisIndex: index,
				barWidth: 12,
				itemStyle: {color: colors.accent},
				data: [...values],
				label: {
					show: true,
					position: 'right' as const,
					color: colors.ink,
					fontSize: textSize,
					formatter: ({value}: {value?: unknown}) => format(Number(value)),
				},
			})),
		},
	);
}

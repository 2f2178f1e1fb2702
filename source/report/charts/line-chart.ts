import type {Markup} from '../html.ts';
import {categoryAxis, colors, svgChart, textSize, valueAxis} from './svg-chart.ts';

/** A line; `values` by the category's index, undefined if not measured. */
export interface PlottedLine {
	readonly name: string;
	readonly values: ReadonlyArray<number | undefined>;
	readonly color: string;
	/** Distinguishes the line from others without colour. */
	readonly symbol: 'circle' | 'rect' | 'triangle' | 'diamond' | 'none';
	readonly dash: 'solid' | 'dashed' | 'dotted';
}

export function lineChart({
	id,
	title,
	description,
	lines,
	names,
	axis,
	format,
}: {
	id: string;
	title: string;
	description: string;
	lines: readonly PlottedLine[];
	names: readonly string[];
	axis: string;
	format: (value: number) => string;
}): Markup {
	return svgChart(
		{id, title, description, height: 290},
		{
			legend: {
				top: 0,
				left: 56,
				itemWidth: 34,
				itemGap: 20,
				textStyle: {color: colors.ink, fontSize: textSize},
				data: lines.filter(({symbol}) => symbol !== 'none').map(({name}) => name),
			},
			grid: {left: 56, right: 56, top: 40, bottom: 44},
			xAxis: {...categoryAxis, data: [...names], name: axis, nameLocation: 'middle', nameGap: 28},
			yAxis: {
				...valueAxis,
				min: 0,
				axisLabel: {...valueAxis.axisLabel, formatter: (value: number) => `× ${format(value)}`},
			},
			series: lines.map(({name, values, color, symbol, dash}) => ({
				type: 'line',
				name,
				silent: true,
				symbol,
				symbolSize: 9,
				itemStyle: {color},
				lineStyle: {color, type: dash, width: 2},
				data: values.map(value => value ?? '-'),
				// Labels only the line's last point, to avoid overlaps: with its value or, for a line without symbols, the name.
				label: {
					show: true,
					position: 'right',
					color,
					fontSize: textSize,
					formatter: ({dataIndex, value}) =>
						dataIndex === values.findLastIndex(one => one !== undefined)
							? symbol === 'none'
								? name
								: format(Number(value))
							: '',
				},
			})),
		},
	);
}

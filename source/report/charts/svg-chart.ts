import {
	BarChart,
	CustomChart,
	LineChart,
	type BarSeriesOption,
	type CustomSeriesOption,
	type LineSeriesOption,
} from 'echarts/charts';
import {
	GridComponent,
	LegendComponent,
	MarkAreaComponent,
	MarkLineComponent,
	TitleComponent,
	type GridComponentOption,
	type LegendComponentOption,
	type TitleComponentOption,
} from 'echarts/components';
import {init, use, type ComposeOption} from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import {escapeHtml, trustedMarkup, type Markup} from '../html.ts';

use([
	BarChart,
	CustomChart,
	LineChart,
	GridComponent,
	LegendComponent,
	MarkAreaComponent,
	MarkLineComponent,
	TitleComponent,
	SVGRenderer,
]);

export type ChartOption = ComposeOption<
	| BarSeriesOption
	| CustomSeriesOption
	| LineSeriesOption
	| GridComponentOption
	| LegendComponentOption
	| TitleComponentOption
>;

export interface ChartFrame {
	/** Unique in the page. */
	readonly id: string;
	readonly title: string;
	readonly description: string;
	/** Pixels at full size; the page scales the picture to the available width. */
	readonly width?: number;
	readonly height: number;
}

/** The page's colours (assets/report/report.css), which differ between light, dark and paper. */
export const colors = {
	ink: 'var(--ink)',
	muted: 'var(--muted)',
	line: 'var(--line)',
	accent: 'var(--accent)',
	thesis: 'var(--thesis)',
	director: 'var(--director)',
	good: 'var(--good)',
	bad: 'var(--bad)',
	gap: 'var(--gap)',
	page: 'var(--page)',
} as const;

/** Font size in a chart, in pixels. */
export const textSize = 12;

/** Style of a value axis. */
export const valueAxis = {
	type: 'value',
	axisLine: {lineStyle: {color: colors.line}},
	axisLabel: {color: colors.muted, fontSize: textSize},
	splitLine: {lineStyle: {color: colors.line}},
	nameTextStyle: {color: colors.muted, fontSize: textSize},
} as const;

/** Style of a category axis. */
export const categoryAxis = {
	type: 'category',
	axisTick: {show: false},
	axisLine: {lineStyle: {color: colors.line}},
	axisLabel: {color: colors.ink, fontSize: textSize},
	nameTextStyle: {color: colors.muted, fontSize: textSize},
} as const;

/**
 * Axis labels that take at most `room` pixels; longer ones are cut. Divides by 1.25 because ECharts underestimates the
 * width of letters in some fonts.
 */
export function truncatedAxisLabels(room: number) {
	return {...categoryAxis.axisLabel, width: (room - 10) / 1.25, overflow: 'truncate'} as const;
}

/** Draws a chart as SVG for a page, with a text alternative and with ids that are unique in the page. */
export function svgChart({id, title, description, width = 900, height}: ChartFrame, option: ChartOption): Markup {
	const chart = init(null, null, {renderer: 'svg', ssr: true, width, height});
	try {
		chart.setOption({
			animation: false,
			textStyle: {fontFamily: 'inherit', fontSize: textSize, color: colors.ink},
			...option,
		});
		return trustedMarkup(forPage(chart.renderToSVGString(), {id, title, description, width, height}));
	} finally {
		chart.dispose();
	}
}

/** The opening tag of a picture, with title and description for screen readers. */
export function svgOpeningTag({id, title, description, width, height}: Required<ChartFrame>): string {
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-about">` +
		`<title id="${id}-title">${escapeHtml(title)}</title><desc id="${id}-about">${escapeHtml(description)}</desc>`
	);
}

/**
 * Removes what ECharts adds for the mouse. Replaces its ids, which it numbers per process: a page must not depend on
 * charts drawn before. The patterns for tags and attributes match no text, because texts are escaped.
 */
function forPage(svg: string, frame: Required<ChartFrame>): string {
	return svg
		.replace(/<svg[^>]*>/, () => svgOpeningTag(frame))
		.replaceAll(/<style\b[\s\S]*?<\/style>| class="zr[^"]*"| ecmeta_\w+="[^"]*"| pointer-events="visible"/g, '')
		.replaceAll(/\bzr\d+-/g, () => `${frame.id}-`);
}

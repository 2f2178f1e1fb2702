import {BarChart, CustomChart, LineChart, type BarSeriesOption, type CustomSeriesOption, type LineSeriesOption} from 'echarts/charts';
import {GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, type GridComponentOption, type LegendComponentOption, type TitleComponentOption} from 'echarts/components';
import {init, use, type ComposeOption} from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import {escapeHtml, markup, type Markup} from '../html.ts';

use([BarChart, CustomChart, LineChart, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

export type ChartOption = ComposeOption<BarSeriesOption | CustomSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TitleComponentOption>;

export interface ChartFrame {
	/** Unique in the page. */
	readonly id: string;
	readonly title: string;
	readonly description: string;
	/** In pixels at full size; the page makes it as wide as it has room. */
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

/** Text in a chart, in pixels. */
export const textSize = 12;

/** How an axis of values looks. */
export const valueAxis = {
	type: 'value',
	axisLine: {lineStyle: {color: colors.line}},
	axisLabel: {color: colors.muted, fontSize: textSize},
	splitLine: {lineStyle: {color: colors.line}},
	nameTextStyle: {color: colors.muted, fontSize: textSize},
} as const;

/** How an axis of names looks. */
export const categoryAxis = {
	type: 'category',
	axisTick: {show: false},
	axisLine: {lineStyle: {color: colors.line}},
	axisLabel: {color: colors.ink, fontSize: textSize},
	nameTextStyle: {color: colors.muted, fontSize: textSize},
} as const;

/**
 * The labels beside an axis, in so many pixels; longer ones are cut. What the library takes for the width of a letter
 * is less than it is in some fonts.
 */
export function labelsIn(room: number) {
	return {...categoryAxis.axisLabel, width: (room - 10) / 1.25, overflow: 'truncate'} as const;
}

/** Draws a chart as SVG for a page: with its words for who does not see it, and with ids of its own. */
export function svgChart({id, title, description, width = 900, height}: ChartFrame, option: ChartOption): Markup {
	const chart = init(null, null, {renderer: 'svg', ssr: true, width, height});
	try {
		chart.setOption({animation: false, textStyle: {fontFamily: 'inherit', fontSize: textSize, color: colors.ink}, ...option});
		return markup(forPage(chart.renderToSVGString(), {id, title, description, width, height}));
	} finally {
		chart.dispose();
	}
}

/** The attributes and the words that make a picture readable without seeing it. */
export function pictureHead({id, title, description, width, height}: Required<ChartFrame>): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-about">`
		+ `<title id="${id}-title">${escapeHtml(title)}</title><desc id="${id}-about">${escapeHtml(description)}</desc>`;
}

/**
 * What the library adds for the mouse is left out, and its numbers, which it counts through the process: a page must
 * not depend on what was drawn before. (Quotes and angle brackets in texts are escaped, so no text is met by this.)
 */
function forPage(svg: string, frame: Required<ChartFrame>): string {
	return svg
		.replace(/<svg[^>]*>/, () => pictureHead(frame))
		.replaceAll(/<style\b[\s\S]*?<\/style>| class="zr[^"]*"| ecmeta_\w+="[^"]*"| pointer-events="visible"/g, '')
		.replaceAll(/\bzr\d+-/g, () => `${frame.id}-`);
}

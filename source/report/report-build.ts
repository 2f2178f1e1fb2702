import type {Language, Text} from '../languages/text.ts';
import {documentMessages} from './document-messages.ts';
import {horizontalBars} from './charts/bar-charts.ts';
import {colors} from './charts/svg-chart.ts';
import type {Block} from './document.ts';
import {formatFor} from './format.ts';
import type {Report} from './report-data.ts';

const {build: words, errata: errataWords} = documentMessages;

/** Number of longest units in the chart. */
const longest = 14;

/** Section on the build: the time that each unit took. */
export function buildSection({build}: Report, language: Language): Block {
	const say = (text: Text) => text[language];
	const format = formatFor(language);
	const {columns} = words;
	if (build.length === 0) {
		return {
			kind: 'section',
			id: 'build',
			title: say(words.title),
			blocks: [{kind: 'paragraph', text: say(words.none)}],
		};
	}

	const drawn = build.toSorted((a, b) => b.seconds - a.seconds).slice(0, longest);
	const picture = {id: 'build-times', title: say(words.chart), description: say(words.about)};
	const name = (unit: string, isCritical: boolean) => (isCritical ? `◆ ${unit}` : unit);
	return {
		kind: 'section',
		id: 'build',
		title: say(words.title),
		blocks: [
			{
				kind: 'figure',
				isExplained: true,
				...picture,
				svg: () =>
					horizontalBars({
						...picture,
						unit: say(words.seconds),
						format: value => format.number(value),
						rows: drawn.map(({unit, isCritical, seconds}) => ({
							name: name(unit, isCritical),
							value: seconds,
							text: format.time(seconds * 1000),
							color: isCritical ? colors.accent : colors.thesis,
						})),
					}),
				table: {
					caption: say(words.table),
					head: [columns.part, columns.chapter, columns.what, columns.time].map(text => say(text)),
					rows: build.map(({unit, chapter, title, seconds, isCritical}) => [
						name(unit, isCritical),
						chapter,
						say(title),
						{number: format.time(seconds * 1000)},
					]),
				},
			},
		],
	};
}

/** Section on the errors of the thesis that the build or the tests met. */
export function errataSection({errata}: Report, language: Language): Block {
	const say = (text: Text) => text[language];
	const {columns} = errataWords;
	return {
		kind: 'section',
		id: 'errata',
		title: say(errataWords.title),
		blocks:
			errata.length === 0
				? [{kind: 'paragraph', text: say(errataWords.none)}]
				: [
						{kind: 'paragraph', text: say(errataWords.about)},
						{
							kind: 'table',
							caption: say(errataWords.title),
							head: [columns.line, columns.thesis, columns.right, columns.by].map(text => say(text)),
							rows: errata.map(({line, thesis, right, by}) => [
								{number: String(line)},
								say(thesis),
								say(right),
								/^(?:\d+|load)$/.test(by) ? say(errataWords.shownBy(by)) : `\`${by}\``,
							]),
						},
					],
	};
}

import type {Language, Text} from '../languages/text.ts';
import {documentMessages} from './document-messages.ts';
import {measurementMessages} from './measurement-messages.ts';
import type {DrillResult, Verdict} from '../measure/result.ts';
import {median} from '../measure/statistics.ts';
import {horizontalBars} from './charts/bar-charts.ts';
import {colors} from './charts/svg-chart.ts';
import type {Block, Cell} from './document.ts';
import {formatFor, type Format} from './format.ts';
import {changedConditionsSummary, emulationTimeoutScale} from './report-conditions.ts';
import {drillAnchor, measuredEffect} from './report-drills.ts';
import type {Report} from './report-data.ts';

const {summary: words} = documentMessages;
const {drills: drillWords, load: loadWords} = measurementMessages;

/** Summary: key figures, warnings, the tests, and measured against predicted outages. */
export function summarySection(report: Report, language: Language): Block {
	const format = formatFor(language);
	const say = (text: Text) => text[language];
	const {drills} = report.measurements;
	const pace = emulationTimeoutScale(report);
	const unrestored = [...new Set(drills.filter(({restored}) => !restored).map(({id}) => id))];
	return {
		kind: 'section',
		id: 'summary',
		title: say(words.title),
		blocks: [
			{kind: 'figures', figures: figuresOf(report, language, format)},
			...(pace === undefined
				? []
				: [{kind: 'note' as const, tone: 'warning' as const, text: say(documentMessages.cluster.emulated(pace))}]),
			...changedConditionsSummary(report, language),
			...(unrestored.length > 0
				? [{kind: 'note' as const, tone: 'bad' as const, text: say(words.notRestored(format.list(unrestored)))}]
				: []),
			...(drills.length === 0
				? [{kind: 'paragraph' as const, text: say(words.noDrills)}]
				: [drillsTable(report, language, format)]),
			...predictionsFigure(report, language, format),
		],
	};
}

/** The results of the tests, grouped by test. */
function testsOf({measurements: {drills}}: Report): DrillResult[][] {
	return [...new Set(drills.map(({id}) => id))].map(id => drills.filter(drill => drill.id === id));
}

/** The worst of several verdicts. */
function together(verdicts: readonly Verdict[]): Verdict {
	return (['failed', 'interrupted', 'void'] as const).find(verdict => verdicts.includes(verdict)) ?? 'passed';
}

function figuresOf(report: Report, language: Language, format: Format) {
	const say = (text: Text) => text[language];
	const {
		measurements: {drills, load},
		build,
	} = report;
	const verdicts = testsOf(report).map(runs => together(runs.map(({verdict}) => verdict)));
	const number = (wanted: Verdict) => verdicts.filter(verdict => verdict === wanted).length;
	// Interrupted tests, and void ones (late probe), have neither passed nor failed.
	const judged = number('passed') + number('failed');
	const effects = drills.flatMap(({phases}) => phases.flatMap(({effect}) => effect ?? []));
	const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
	const [best] = load
		.filter(({tool, servers}) => tool === 'ab' && servers > 0)
		.map(({servers, samples}) => ({servers, rate: median(samples.map(({rate}) => rate))}))
		.filter(({rate}) => rate > 0)
		.sort((a, b) => b.rate - a.rate);
	const built = sum(build.filter(({isCritical}) => isCritical).map(({seconds}) => seconds));
	return [
		...(judged > 0
			? [
					{
						value: `${number('passed')} / ${judged}`,
						label: say(words.passed),
						tone: number('failed') === 0 ? ('good' as const) : ('bad' as const),
					},
				]
			: []),
		...(['interrupted', 'void'] as const).flatMap(verdict =>
			number(verdict) > 0 ? [{value: String(number(verdict)), label: say(words[verdict](number(verdict)))}] : [],
		),
		...(effects.length > 0
			? [
					{
						value: format.time(Math.max(0, ...effects.map(({outage}) => outage?.duration ?? 0))),
						label: say(words.outage),
					},
					{
						value: format.number(sum(effects.map(({lost}) => lost))),
						label: `${say(words.lost)} ${say(words.sent(format.number(sum(effects.map(({sent}) => sent)))))}`,
					},
				]
			: []),
		...(best ? [{value: format.number(best.rate), label: say(words.rate(say(loadWords.servers(best.servers))))}] : []),
		...(built > 0 ? [{value: format.time(built * 1000), label: say(words.built)}] : []),
	];
}

function drillsTable(report: Report, language: Language, format: Format): Block {
	const say = (text: Text) => text[language];
	const {columns} = drillWords;
	const most = (values: readonly number[]): Cell => ({
		number: values.length === 0 ? '–' : format.time(Math.max(...values)),
	});
	const rows = testsOf(report).map((runs): Cell[] => {
		const {id, title} = runs[0]!;
		const phases = runs.flatMap(run => run.phases);
		const effects = phases.flatMap(({effect}) => effect ?? []);
		return [
			{
				text: `${id} · ${say(title)}${runs.length > 1 ? ` (${say(drillWords.times(runs.length))})` : ''}`,
				to: drillAnchor(id),
			},
			{verdict: together(runs.map(({verdict}) => verdict))},
			most(phases.flatMap(phase => measuredEffect(phase) ?? [])),
			most(
				phases.flatMap(({prediction}) => (prediction && prediction.of !== 'none' ? [prediction.seconds * 1000] : [])),
			),
			{number: effects.length === 0 ? '–' : format.number(effects.reduce((sum, {lost}) => sum + lost, 0))},
			[...new Set(runs.flatMap(({reason}) => reason ?? []))].join(' '),
		];
	});
	return {
		kind: 'table',
		caption: say(words.table),
		rows,
		head: [columns.test, columns.verdict, columns.measured, columns.predicted, columns.lost, columns.reason].map(text =>
			say(text),
		),
	};
}

/** Chart of all phases with a predicted outage: the worst measured value and the predicted limit. */
function predictionsFigure(report: Report, language: Language, format: Format): Block[] {
	const say = (text: Text) => text[language];
	const rows = testsOf(report).flatMap(runs =>
		runs[0]!.phases.flatMap(({title, prediction}, index) => {
			const measured = runs.flatMap(run => (run.phases[index] && measuredEffect(run.phases[index])) ?? []);
			const verdict = together(runs.flatMap(run => run.phases[index]?.verdict ?? []));
			const isGood = verdict === 'passed';
			return prediction && prediction.of !== 'none' && measured.length > 0 && (isGood || verdict === 'failed')
				? [
						{
							name: `${isGood ? '✔' : '✖'} ${runs[0]!.id} · ${index + 1} ${say(title)}`,
							measured: Math.max(...measured),
							predicted: prediction.seconds * 1000,
							isGood,
						},
					]
				: [];
		}),
	);
	if (rows.length === 0) {
		return [];
	}

	const figure = {id: 'predictions', title: say(words.predictions), description: say(words.predictionsAbout)};
	return [
		{
			kind: 'figure',
			isExplained: true,
			...figure,
			svg: () =>
				horizontalBars({
					...figure,
					unit: say(loadWords.seconds),
					format: value => format.number(value, 1),
					rows: rows.map(({name, measured, predicted, isGood}) => ({
						name,
						value: measured / 1000,
						text: `${format.time(measured)} (≤ ${format.time(predicted)})`,
						limit: predicted / 1000,
						color: isGood ? colors.accent : colors.bad,
					})),
				}),
			table: {
				caption: figure.title,
				head: [drillWords.columns.phase, drillWords.columns.measured, drillWords.columns.predicted].map(text =>
					say(text),
				),
				rows: rows.map(({name, measured, predicted}) => [
					name,
					{number: format.time(measured)},
					{number: format.time(predicted)},
				]),
			},
		},
	];
}

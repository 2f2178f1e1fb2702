import type {Language, Text} from '../languages/text.ts';
import {measurementMessages} from './measurement-messages.ts';
import type {LoadSample, LoadSeries} from '../measure/result.ts';
import {median} from '../measure/statistics.ts';
import {barMatrix, barPanels, type Bar} from './charts/bar-charts.ts';
import {lineChart, type PlottedLine} from './charts/line-chart.ts';
import {colors} from './charts/svg-chart.ts';
import type {Block, Cell, Figure, Table} from './document.ts';
import {formatFor, type Format} from './format.ts';
import {changedConditionNotes} from './report-conditions.ts';
import type {Report} from './report-data.ts';

const {load: words} = measurementMessages;

/** Fraction of the host's processors in use from which on the host counts as saturated. */
const saturation = 0.9;

/** Most groups in the chart of processor use. */
const mostGroups = 5;

type Tool = LoadSeries['tool'];

/** Section on the benchmarks, compared with the thesis's. */
export function loadSection(report: Report, language: Language): Block {
	const say = (text: Text) => text[language];
	const format = formatFor(language);
	const {load} = report.measurements;
	if (load.length === 0) {
		return {
			kind: 'section',
			id: 'benchmarks',
			title: say(words.title),
			blocks: [{kind: 'paragraph', text: say(words.none)}],
		};
	}

	const tools = (['ab', 'siege'] as const).filter(tool => load.some(series => series.tool === tool));
	return {
		kind: 'section',
		id: 'benchmarks',
		title: say(words.title),
		blocks: [
			{kind: 'paragraph', text: say(words.about)},
			...warnings(report, language, format),
			...tools.flatMap(tool => toolBlocks(tool, report, language, format)),
			...speedupFigure(report, language, format),
			{kind: 'paragraph', text: say(words.thesisSays)},
		],
	};
}

/** Warnings that one host limits the figures: more virtual processors than real ones, or a saturated host. */
function warnings({cluster, host, measurements: {load}}: Report, language: Language, format: Format): Block[] {
	const vcpus = cluster.nodes.reduce((sum, node) => sum + node.vcpus, 0);
	const busiest = Math.max(
		0,
		...load.flatMap(({processors = host.cpus, samples}) => samples.map(({cpu}) => (cpu['host'] ?? 0) / processors)),
	);
	return [
		...(vcpus + 1 > host.cpus
			? [{kind: 'note' as const, tone: 'warning' as const, text: words.shared(vcpus, host.cpus)[language]}]
			: []),
		...(busiest >= saturation
			? [
					{
						kind: 'note' as const,
						tone: 'warning' as const,
						text: words.busy(format.percent(Math.min(1, busiest)))[language],
					},
				]
			: []),
	];
}

function toolBlocks(tool: Tool, report: Report, language: Language, format: Format): Block[] {
	const say = (text: Text) => text[language];
	const {measurements, thesis} = report;
	const ours = measurements.load.filter(series => series.tool === tool).toSorted((a, b) => a.servers - b.servers);
	const theirs = thesis.load.filter(series => series.tool === tool);
	const commands = [...new Set(ours.map(({command}) => command))];
	const rate = (servers: number) => {
		const series = ours.find(one => one.servers === servers);
		return series && median(series.samples.map(sample => sample.rate));
	};

	const [direct, one] = [rate(0), rate(1)];
	return [
		{
			kind: 'section',
			id: `benchmark-${tool}`,
			title: tool,
			blocks: [
				...commands.map((command): Block => ({
					kind: 'paragraph',
					text: say(words.command(command, !command.includes(tool === 'ab' ? '-n 100000 ' : '-t20S '))),
				})),
				...changedConditionNotes(ours, report, language),
				chartOf(tool, ours, theirs, language, format),
				{kind: 'table', ...resultsTable(tool, ours, theirs, language, format)},
				...(direct && one
					? [
							{
								kind: 'note' as const,
								tone: 'plain' as const,
								text: say(words.ratio(tool, format.percent(one / direct))),
							},
						]
					: []),
				...cpuFigure(tool, ours, language, format),
			],
		},
	];
}

/** The thesis's image 29 (ab: time taken) or 32 (siege: requests served), with our figures beside it. */
function chartOf(
	tool: Tool,
	ours: readonly LoadSeries[],
	theirs: readonly LoadSeries[],
	language: Language,
	format: Format,
): Figure {
	const say = (text: Text) => text[language];
	const value = ({duration, requests}: LoadSample) => (tool === 'ab' ? duration : requests);
	const digits = tool === 'ab' ? 2 : 0;
	const bar = ({servers, samples}: LoadSeries): Bar => {
		const values = samples.map(sample => value(sample));
		return {
			name: servers === 0 ? say(words.servers(0)) : String(servers),
			value: median(values),
			text: format.number(median(values), digits),
			lowest: Math.min(...values),
			highest: Math.max(...values),
		};
	};

	const picture = {
		id: `chart-${tool}`,
		title: say(tool === 'ab' ? words.abChart : words.siegeChart),
		description: say(words.chartAbout),
	};
	const panels = [
		{title: say(words.thesis), color: colors.thesis, bars: theirs.map(series => bar(series))},
		{title: say(words.here), color: colors.accent, bars: ours.map(series => bar(series))},
	];
	return {
		kind: 'figure',
		isExplained: true,
		...picture,
		svg: () =>
			barPanels({
				...picture,
				panels,
				unit: say(tool === 'ab' ? words.seconds : words.requests),
				axis: say(words.active),
				format: value => format.number(value, 1),
			}),
	};
}

function resultsTable(
	tool: Tool,
	ours: readonly LoadSeries[],
	theirs: readonly LoadSeries[],
	language: Language,
	format: Format,
): Table {
	const say = (text: Text) => text[language];
	const {columns} = words;
	const row = (where: string, {servers, samples}: LoadSeries): Cell[] => {
		const of = (value: (sample: LoadSample) => number | undefined) => samples.flatMap(sample => value(sample) ?? []);
		const middle = (value: (sample: LoadSample) => number | undefined, digits: number, unit = ''): Cell => ({
			number: of(value).length === 0 ? '–' : `${format.number(median(of(value)), digits)}${unit}`,
		});
		const rates = of(({rate}) => rate);
		return [
			say(words.servers(servers)),
			where,
			{number: format.number(samples.length)},
			middle(({requests}) => requests, 0),
			middle(({duration}) => duration, 2, ' s'),
			middle(({rate}) => rate, 1),
			{
				number:
					rates.length < 2 ? '–' : `${format.number(Math.min(...rates), 1)} – ${format.number(Math.max(...rates), 1)}`,
			},
			{number: format.number(of(({failed}) => failed).reduce((sum, count) => sum + count, 0))},
			middle(({latency}) => latency.median, 1, ' ms'),
			{number: samples.length === 0 ? '–' : `${format.number(Math.max(...of(({latency}) => latency.longest)), 0)} ms`},
		];
	};

	return {
		caption: say(words.table(tool)),
		head: [
			columns.servers,
			columns.where,
			columns.runs,
			columns.requests,
			columns.time,
			columns.rate,
			columns.reach,
			columns.failed,
			columns.median,
			columns.longest,
		].map(text => say(text)),
		rows: [
			...theirs.map(series => row(say(words.thesis), series)),
			...ours.map(series => row(say(words.here), series)),
		],
	};
}

/** Chart of the processors that each machine used. */
function cpuFigure(tool: Tool, ours: readonly LoadSeries[], language: Language, format: Format): Block[] {
	const say = (text: Text) => text[language];
	const names = [...new Set(ours.flatMap(({samples}) => samples.flatMap(({cpu}) => Object.keys(cpu))))].sort(
		(a, b) => Number(b === 'host') - Number(a === 'host') || a.localeCompare(b, 'en', {numeric: true}),
	);
	if (names.length === 0) {
		return [];
	}

	const shown = names.map(name => (name === 'host' ? say(words.host) : name));
	// As many groups as fit: the first ones, and the one with the most servers.
	const drawn = ours.length > mostGroups ? [...ours.slice(0, mostGroups - 1), ours.at(-1)!] : ours;
	const groups = drawn.map(({servers, samples}) => ({
		title: say(words.servers(servers)),
		values: names.map(name =>
			median(
				[0, ...samples.flatMap(({cpu}) => cpu[name] ?? [])].slice(
					samples.some(({cpu}) => cpu[name] !== undefined) ? 1 : 0,
				),
			),
		),
	}));
	const picture = {id: `cpu-${tool}`, title: say(words.cpu(tool)), description: say(words.cpuAbout)};
	return [
		{
			kind: 'figure',
			isExplained: true,
			...picture,
			svg: () => barMatrix({...picture, groups, names: shown, format: value => format.number(value, 2)}),
			table: {
				caption: picture.title,
				head: [say(words.machine), ...groups.map(({title}) => title)],
				rows: shown.map((name, index) => [
					name,
					...groups.map(({values}): Cell => ({number: format.number(values[index]!, 2)})),
				]),
			},
		},
	];
}

/** Chart of the speedup by number of servers, ours and the thesis's: ratios are comparable between different hosts. */
function speedupFigure({measurements, thesis}: Report, language: Language, format: Format): Block[] {
	const say = (text: Text) => text[language];
	const most = Math.max(0, ...measurements.load.map(({servers}) => servers));
	const counts = Array.from({length: most}, (_, index) => index + 1);
	const speedups = (series: readonly LoadSeries[]) => {
		const rate = (servers: number) => {
			const found = series.find(one => one.servers === servers);
			return found && median(found.samples.map(sample => sample.rate));
		};

		const one = rate(1);
		return counts.map(count => (one && rate(count) !== undefined ? rate(count)! / one : undefined));
	};

	const line = (
		tool: Tool,
		from: readonly LoadSeries[],
		where: Text,
		look: Pick<PlottedLine, 'color' | 'symbol' | 'dash'>,
	): PlottedLine => ({
		name: `${tool}, ${say(where)}`,
		values: speedups(from.filter(series => series.tool === tool)),
		...look,
	});
	const lines = [
		line('ab', measurements.load, words.here, {color: colors.accent, symbol: 'circle', dash: 'solid'}),
		line('siege', measurements.load, words.here, {color: colors.director, symbol: 'rect', dash: 'solid'}),
		line('ab', thesis.load, words.thesis, {color: colors.thesis, symbol: 'triangle', dash: 'dashed'}),
		line('siege', thesis.load, words.thesis, {color: colors.thesis, symbol: 'diamond', dash: 'dashed'}),
	].filter(({values}) => values.some(value => value !== undefined));
	if (most < 2 || lines.every(({values}) => values.filter(value => value !== undefined).length < 2)) {
		return [];
	}

	const names = counts.map(String);
	const picture = {id: 'speedup', title: say(words.speedup), description: say(words.speedupAbout)};
	return [
		{
			kind: 'figure',
			isExplained: true,
			...picture,
			svg: () =>
				lineChart({
					...picture,
					names,
					axis: say(words.active),
					format: value => format.number(value, 2),
					lines: [
						...lines,
						{name: say(words.ideal), values: counts, color: colors.muted, symbol: 'none', dash: 'dotted'},
					],
				}),
			table: {
				caption: picture.title,
				head: [say(words.active), ...lines.map(({name}) => name)],
				rows: names.map((name, index) => [
					name,
					...lines.map(({values}): Cell => ({
						number: values[index] === undefined ? '–' : `× ${format.number(values[index], 2)}`,
					})),
				]),
			},
		},
	];
}

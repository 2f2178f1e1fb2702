import type {Language, Text} from '../languages/text.ts';
import {documentMessages} from './document-messages.ts';
import {measurementMessages} from './measurement-messages.ts';
import type {DrillResult, Outcome, PhaseResult} from '../measure/result.ts';
import {distribution} from '../measure/statistics.ts';
import type {Block, Cell} from './document.ts';
import {changedConditionNotes, settingsLine} from './report-conditions.ts';
import {drillFigure} from './report-timeline.ts';
import {formatFor, type Format} from './format.ts';
import type {Report} from './report-data.ts';

const {drills: words} = measurementMessages;

/** Section on the tests: their purpose, the effect on clients, and the prediction from the settings. */
export function drillsSection(report: Report, language: Language): Block {
	const {
		measurements: {drills},
	} = report;
	const format = formatFor(language);
	const say = (text: Text) => text[language];
	const ids = [...new Set(drills.map(({id}) => id))];
	return {
		kind: 'section',
		id: 'tests',
		title: say(words.title),
		blocks:
			drills.length === 0
				? [{kind: 'paragraph', text: say(documentMessages.summary.noDrills)}]
				: [
						{kind: 'paragraph', text: say(words.about)},
						{kind: 'paragraph', text: say(words.howToRead)},
						...ids.flatMap(id => {
							const runs = drills.filter(drill => drill.id === id);
							return [
								...repeatedTable(runs, language, format),
								...runs.map((drill, index) =>
									drillSection(drill, {index, count: runs.length, report}, language, format),
								),
							];
						}),
					],
	};
}

/** The id of the section on one run of a test; `index` counts the runs of the test from 0. */
export function drillAnchor(id: string, index = 0): string {
	return `test-${id.replaceAll(/[^\w-]/g, '-')}${index > 0 ? `-run-${index + 1}` : ''}`;
}

function drillSection(
	drill: DrillResult,
	{index, count, report}: {index: number; count: number; report: Report},
	language: Language,
	format: Format,
): Block {
	const say = (text: Text) => text[language];
	const {id, chapter, title, explanation, phases, probe, verdict, reason, restored} = drill;
	const name = drillAnchor(id, index);
	const aside = [
		chapter ? say(words.thesis(chapter)) : say(words.ours),
		...(count > 1 ? [say(words.run(index + 1, count))] : []),
	].join(', ');
	return {
		kind: 'section',
		id: name,
		title: `${id} · ${say(title)}`,
		aside,
		verdict,
		blocks: [
			{kind: 'paragraph', text: say(explanation)},
			...(reason
				? [{kind: 'note' as const, tone: verdict === 'failed' ? ('bad' as const) : ('warning' as const), text: reason}]
				: []),
			...changedConditionNotes([drill], report, language),
			...(restored ? [] : [{kind: 'note' as const, tone: 'bad' as const, text: say(words.notRestored)}]),
			...(probe?.isVoid
				? [{kind: 'note' as const, tone: 'warning' as const, text: say(words.voidProbe(format.time(probe.lateness)))}]
				: []),
			{kind: 'facts', rows: factsOf(drill, language, format)},
			...(probe && probe.requests.length > 0 ? [drillFigure(name, drill, probe, language)] : []),
			...(phases.length > 0 ? [phasesTable(phases, language, format)] : []),
			...phases.flatMap(({reason, title, verdict}, index): Block[] =>
				reason
					? [
							{
								kind: 'note',
								tone: verdict === 'failed' ? 'bad' : 'warning',
								text: `${say(words.phase(index + 1, title[language]))}: ${reason}`,
							},
						]
					: [],
			),
			...partsTable(phases, language, format),
			...whoTable(phases, language, format),
			...heldList(phases, language, format),
		],
	};
}

/** Table of the distribution of each phase over several runs of a test; empty for one run. */
function repeatedTable(runs: readonly DrillResult[], language: Language, format: Format): Block[] {
	if (runs.length < 2) {
		return [];
	}

	const phases = runs.find(({phases}) => phases.length === Math.max(...runs.map(run => run.phases.length)))!.phases;
	const rows = phases.map((phase, index): Cell[] => {
		const measured = runs
			.filter(({verdict}) => verdict !== 'void')
			.flatMap(run => (run.phases[index] && measuredEffect(run.phases[index])) ?? []);
		const {count, median, p95, worst} = distribution(measured);
		const cell = (value: number | undefined): Cell => ({
			number: value === undefined || Number.isNaN(value) ? '–' : format.time(value),
		});
		return [
			`${index + 1} ${phase.title[language]}`,
			{number: format.number(count)},
			cell(median),
			cell(p95),
			cell(worst),
			cell(phase.prediction && phase.prediction.of !== 'none' ? phase.prediction.seconds * 1000 : undefined),
		];
	});
	return [
		{
			kind: 'table',
			caption: `${runs[0]!.id} · ${runs[0]!.title[language]}: ${words.repeated[language].toLowerCase()}`,
			rows,
			head: [words.columns.phase, words.runs, words.median, words.p95, words.worst, words.columns.predicted].map(
				text => text[language],
			),
		},
	];
}

function factsOf(
	{began, duration, probe, on}: DrillResult,
	language: Language,
	format: Format,
): Array<[string, string]> {
	const say = (text: Text) => text[language];
	const {facts} = words;
	const outcomes = new Map<Outcome, number>();
	for (const {outcome} of probe?.requests ?? []) {
		outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
	}

	return [
		[say(facts.began), format.moment(began)],
		[say(facts.duration), format.time(duration * 1000)],
		...(on ? [[say(measurementMessages.conditions.inForce), settingsLine(on, language)] as [string, string]] : []),
		...(probe
			? [
					[
						say(facts.requests),
						say(
							facts.requestsEvery(
								format.number(probe.requests.length),
								format.time(probe.interval),
								format.time(probe.limit),
							),
						),
					] as [string, string],
					[
						say(facts.outcomes),
						format.list(
							[...outcomes].map(
								([outcome, count]) => `${say(documentMessages.outcome[outcome])} ${format.number(count)}`,
							),
						),
					] as [string, string],
					[say(facts.lateness), format.time(probe.lateness)] as [string, string],
				]
			: []),
	];
}

/** Milliseconds of the effect that the prediction is about (outage or affected time); undefined if not measured. */
export function measuredEffect({effect, prediction}: PhaseResult): number | undefined {
	return effect && (prediction?.of === 'affected' ? effect.affected : (effect.outage?.duration ?? 0));
}

function phasesTable(phases: readonly PhaseResult[], language: Language, format: Format): Block {
	const say = (text: Text) => text[language];
	const {columns} = words;
	const rows = phases.map((phase, index): Cell[] => {
		const {title, injected, settled, effect, prediction, verdict} = phase;
		const of = prediction?.of ?? 'outage';
		const measured = effect
			? say(words.measured(of, format.time(measuredEffect(phase)!), format.number(effect.lost))) +
				(effect.outage && effect.outage.to === undefined ? ` ${say(words.notOver)}` : '')
			: '–';
		return [
			`${index + 1} ${say(title)}`,
			{number: format.time(injected)},
			settled === undefined ? {number: say(words.never)} : {number: format.time(settled - injected)},
			effect ? {number: format.number(effect.sent)} : {number: '–'},
			effect ? {number: format.number(effect.lost)} : {number: '–'},
			measured,
			prediction ? say(words.predicted(prediction.of, format.time(prediction.seconds * 1000))) : '–',
			effect ? {number: format.time(effect.longestLatency)} : {number: '–'},
			{verdict},
		];
	});
	return {
		kind: 'table',
		caption: say(words.phases),
		rows,
		head: [
			columns.phase,
			columns.at,
			columns.settled,
			columns.sent,
			columns.lost,
			columns.measured,
			columns.predicted,
			columns.latency,
			columns.verdict,
		].map(text => say(text)),
	};
}

function partsTable(phases: readonly PhaseResult[], language: Language, format: Format): Block[] {
	const rows = phases.flatMap(({prediction}, index): Cell[][] => {
		if (!prediction || prediction.of === 'none' || prediction.parts.length === 0) {
			return [];
		}

		const row = (title: string, seconds: number, number = ''): Cell[] => [
			number,
			title,
			{number: format.time(seconds * 1000)},
		];
		return [
			row(words.sum[language], prediction.seconds, String(index + 1)),
			...prediction.parts.map(({title, seconds}) => row(`· ${title[language]}`, seconds)),
		];
	});
	return rows.length === 0
		? []
		: [
				{
					kind: 'table',
					caption: words.parts[language],
					head: [words.columns.phase, words.part, words.time].map(text => text[language]),
					rows,
				},
			];
}

function whoTable(phases: readonly PhaseResult[], language: Language, format: Format): Block[] {
	const seen = phases.flatMap(({effect}, index) => (effect ? [{index, effect}] : []));
	const namesOf = (of: 'servers' | 'directors') =>
		[...new Set(seen.flatMap(({effect}) => Object.keys(effect[of])))].sort((a, b) =>
			a.localeCompare(b, 'en', {numeric: true}),
		);
	const [servers, directors] = [namesOf('servers'), namesOf('directors')];
	if (servers.length + directors.length === 0) {
		return [];
	}

	const row = (name: string, of: 'servers' | 'directors'): Cell[] => [
		of === 'servers' ? name : `${words.lane.director[language]} ${name}`,
		...seen.map(({effect}): Cell => ({number: format.number(effect[of][name] ?? 0)})),
	];
	return [
		{
			kind: 'table',
			caption: words.who[language],
			head: ['', ...seen.map(({index}) => `${words.columns.phase[language]} ${index + 1}`)],
			rows: [...servers.map(name => row(name, 'servers')), ...directors.map(name => row(name, 'directors'))],
		},
	];
}

function heldList(phases: readonly PhaseResult[], language: Language, format: Format): Block[] {
	const items = phases.flatMap(({title, verdict, held = []}, index) =>
		held.map(({kind, survived, longestGap, reason}) => {
			const isAllowed = verdict === 'passed';
			return `${survived ? '✔' : isAllowed ? '×' : '✖'} ${words.phase(index + 1, title[language])[language]}: ${words.heldRow(kind, survived, format.time(longestGap), {reason, isAllowed})[language]}`;
		}),
	);
	return items.length === 0
		? []
		: [
				{kind: 'paragraph', text: `${words.held[language]}:`},
				{kind: 'list', items},
			];
}

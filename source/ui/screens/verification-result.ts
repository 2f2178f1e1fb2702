import type {Language} from '../../languages/text.ts';
import type {HeldConnection, LoadSeries, PhaseResult} from '../../measure/result.ts';
import {withCommandLines} from '../../command-line/options.ts';
import {measured} from '../../measure/judge-phase.ts';
import {verificationMessages as words} from '../verification-messages.ts';
import {verifyMessages} from '../../measure/verify-messages.ts';
import {formatFor} from '../../report/format.ts';
import {loadLines, scalingLines, timelineLines} from '../components/charts.ts';
import {clean, clock, padOrTruncate, wrapHanging, paint, localDateTime, width, wrap} from '../components/text.ts';
import {markSign, markText, type VerificationEntry} from './verification-entries.ts';

export interface PaneSize {
	readonly columns: number;
	readonly height: number;
	readonly language: Language;
	/** Whether a screen reader is in use: no charts then. */
	readonly isRead?: boolean;
}

/** Fewest rows of the timeline of requests, even if the pane must scroll because of it. */
const pictureHeight = 8;

/** A test's title and explanation. */
export function aboutLines(
	{test: {title, chapter, explanation}}: VerificationEntry,
	{columns, language}: PaneSize,
): string[] {
	const name = `${title[language]}${chapter ? ` · ${words.chapter(chapter)[language]}` : ''}`;
	return [
		...wrap(name, columns - 3).map((line, index) => `${paint.dim(index === 0 ? '── ' : '   ')}${paint.bold(line)}`),
		...wrap(explanation[language], columns),
	];
}

/** The predicted outage of each phase, and the verdict of the last run. */
export function planLines(
	{test: {phases}, isBench, mark, result}: VerificationEntry,
	{columns, language}: PaneSize,
): string[] {
	return isBench
		? []
		: [
				...phases.flatMap((phase, index) => phaseLines(phase, index, ' ', {columns, language})),
				result ? `${markText(mark, language)} ${localDateTime(result.began)}` : words.never[language],
			];
}

/** Result of a test: the verdict, each phase against its prediction, the held connections, and the timeline. */
export function resultLines({result}: VerificationEntry, {columns, height, language, isRead}: PaneSize): string[] {
	if (!result) {
		return [];
	}

	const {verdict, began, duration, reason, restored, phases, probe} = result;
	const lines = [
		`${paint.bold(markText(verdict, language))} · ${localDateTime(began)} · ${words.took(clock(duration))[language]}`,
		...(reason
			? wrap(clean(withCommandLines(reason)), columns).map(line =>
					(verdict === 'failed' ? paint.red : paint.yellow)(line),
				)
			: []),
		...(restored ? [] : wrap(words.notRestored[language], columns).map(line => paint.yellow(line))),
		...phases.flatMap((phase, index) => [
			...phaseLines(phase, index, markSign(phase.verdict), {columns, language}),
			...(phase.reason && phase.reason !== reason
				? wrap(clean(withCommandLines(phase.reason)), columns - 4).map(line => `    ${line}`)
				: []),
			...(phase.held
				? wrap(phase.held.map(held => heldText(held, phase.verdict === 'passed', language)).join(' · '), columns - 4)
				: []
			).map(line => paint.dim(`    ${line}`)),
		]),
	];
	return probe && !isRead
		? [
				...lines,
				'',
				...timelineLines(probe, phases, {
					columns,
					height: Math.max(pictureHeight, height - lines.length - 1),
					language,
				}),
			]
		: lines;
}

/** A phase's title and its figures: on the same line if they fit, otherwise below. */
export function phaseLines(
	phase: Partial<PhaseResult> & Pick<PhaseResult, 'title'>,
	index: number,
	sign: string,
	{columns, language}: Pick<PaneSize, 'columns' | 'language'>,
): string[] {
	const title = `${index + 1} ${phase.title[language]}`;
	const facts = factsOf(phase, language);
	const start = sign === '' ? '' : `${sign} `;
	if (facts === '' || width(title) + width(facts) + 4 <= columns) {
		return [`${start}${padOrTruncate(title, columns - 2 - width(facts))}${facts}`];
	}

	return [
		...wrapHanging(title, columns - 2).map((line, index) => `${index === 0 ? start : '  '}${line}`),
		...wrap(facts, columns - 4).map(line => `    ${line}`),
	];
}

/** `outage 4.3 s ≤ 12 s · 17 of 140 lost`; only the prediction before the phase is measured. */
function factsOf({effect, prediction}: Partial<PhaseResult>, language: Language): string {
	const {number} = formatFor(language);
	const seconds = (value: number) => `${number(value, 1)} s`;
	const lost = effect && words.lost(effect.lost, effect.sent)[language];
	if (!prediction || prediction.of === 'none') {
		return lost ?? (prediction ? verifyMessages.of.none[language] : '');
	}

	const of = verifyMessages.of[prediction.of][language];
	if (!effect) {
		return `${of} ≤ ${seconds(prediction.seconds)}`;
	}

	const value = measured(effect, prediction);
	return `${of} ${seconds(value)} ${value > prediction.seconds ? '>' : '≤'} ${seconds(prediction.seconds)} · ${lost}`;
}

function heldText(
	{kind, survived, longestGap, reason}: HeldConnection,
	isAllowed: boolean,
	language: Language,
): string {
	const end = survived
		? `✔ ${words.silent(`${formatFor(language).number(longestGap / 1000, 1)} s`)[language]}`
		: `${isAllowed ? '×' : '✖'} ${clean(reason ?? '')}`;
	return `${verifyMessages.held[kind][language]} ${end}`;
}

/** Requests per second as bars and, if several numbers of servers were measured, as a line chart. */
export function benchLines(load: readonly LoadSeries[], {columns, language, isRead}: PaneSize): string[] {
	const tools = (['ab', 'siege'] as const).filter(tool => load.some(series => series.tool === tool));
	return [
		...tools.map(tool => loadLines(load, tool, {columns, height: Infinity, language})),
		...(isRead
			? []
			: tools.map(tool => scalingLines(load, tool, {columns: Math.min(columns, 60), height: 12, language}))),
	]
		.filter(lines => lines.length > 0)
		.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

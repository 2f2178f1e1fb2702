import {stripVTControlCharacters} from 'node:util';
import type {AskedQuestion} from '../../session/ask-wizard.ts';
import type {Text} from '../../languages/text.ts';
import {machineStateText} from '../../engine/resource-names.ts';
import {uiMessages} from '../../messages/screens.ts';
import {workMessages} from '../../messages/work.ts';
import {filterLine} from '../components/filter-line.ts';
import {logLines, firstVisibleLine} from '../components/log-lines.ts';
import {markdownLines} from '../components/markdown.ts';
import {chapterName, chapterTitle, placeName, unitName} from '../components/names.ts';
import {scrolled} from '../components/scroll.ts';
import {clean, clock, cut, padOrTruncate, paint, width, wrap} from '../components/text.ts';
import {light, nodeIndicator, topologyLines} from '../components/topology.ts';
import {highlighted, matcher} from '../state/filter.ts';
import type {Logs} from '../state/logs.ts';
import {runTime, workTime, type UnitRow} from '../state/run-state.ts';
import type {Pane, State} from '../state/store.ts';

const {run: words} = workMessages;
type Say = (text: Text) => string;

export interface PaneContext {
	readonly state: State;
	readonly logs: Logs;
	readonly chapterText: (step: string) => string | undefined;
	readonly columns: number;
	readonly height: number;
	readonly say: Say;
}

/** The lines of one pane, its title first. */
export function paneLines(pane: Pane | 'guided', context: PaneContext): string[] {
	switch (pane) {
		case 'log': {
			return logPane(context);
		}

		case 'explanation': {
			return explanationPane(context);
		}

		case 'machines': {
			return machinesPane(context);
		}

		case 'guided': {
			return guidedPane(context);
		}
	}
}

function logPane({state, logs, columns, height, say}: PaneContext): string[] {
	const host = shownHost(state, logs);
	const {log, filter} = state;
	const wanted = filter.field.text;
	const lines = logs.of(host ?? '');
	const first = firstVisibleLine(lines, height - 1, log.top);
	const place = log.top === undefined ? say(words.following) : say(words.line(first + 1, lines.end));
	const found = wanted === '' ? 0 : logs.countOf(host ?? '', wanted);
	const shown = logLines(lines, {columns, height: height - 1, top: log.top, search: wanted, say});
	const shownPlace = host === undefined ? say(words.log) : `${placeName(state, host)} · ${place}`;
	const title = host === undefined ? shownPlace : `${say(words.log)}: ${shownPlace}`;
	return [
		filterLine(filter, say(words.lines(found)), columns) ??
			heading(width(title) + 3 <= columns ? title : shownPlace, columns),
		...(shown.length > 0 ? shown : [paint.dim(say(state.job?.isOver ? words.noOutput : words.nothing))]),
	];
}

function explanationPane({state, chapterText, columns, height, say, logs}: PaneContext): string[] {
	const {filter, explanationTop} = state;
	const {step, lines} = explanationOf(state, logs, chapterText, columns, say);
	const wanted = filter.field.text;
	const matches = matcher(wanted);
	const found = wanted === '' ? 0 : lines.filter(line => matches(stripVTControlCharacters(line))).length;
	const {lines: shown} = scrolled(
		lines.map(line => highlighted(line, wanted)),
		explanationTop,
		height - 1,
	);
	return [
		(state.pane === 'explanation' ? filterLine(filter, say(words.lines(found)), columns) : undefined) ??
			heading(`${say(words.explanation)}: ${chapterName(state, step)}`, columns),
		...shown,
	];
}

/** The chapter of the question that waits, or else of the current unit, as lines. */
export function explanationOf(
	state: State,
	logs: Logs,
	chapterText: PaneContext['chapterText'],
	columns: number,
	say: Say,
): {step: string; lines: readonly string[]} {
	const host = shownHost(state, logs);
	const asked = state.questions.find(question => state.log.host === undefined || question.host === host);
	const unit = state.run.units.get(currentUnit(state, host) ?? '');
	const step = asked?.step ?? unit?.step ?? state.overview?.units[0]?.step ?? '';
	const text = chapterText(step);
	return {step, lines: text === undefined ? wrap(say(words.noChapter(step)), columns) : markdownLines(text, columns)};
}

function machinesPane({state, columns, height, say}: PaneContext): string[] {
	const {overview, run, machines, language} = state;
	if (!overview) {
		return [];
	}

	const title = heading(`${say(words.machines)}${machines ? ` · ${machines.source}` : ''}`, columns);
	if (columns >= 62) {
		return [
			title,
			...topologyLines(overview, {run, machines: machines?.states, language, columns, height: height - 1}),
		].slice(0, height);
	}

	const rows = overview.nodes.map(node => {
		const text = `${padOrTruncate(node.name, 14)} ${padOrTruncate(say(machineStateText(machines?.states.get(node.vm) ?? '-')), 9)}`;
		const address = ` ${node.addresses[0]}`;
		return `${light(nodeIndicator(node, run, machines?.states))} ${text}${width(text) + width(address) <= columns - 2 ? address : ''}`;
	});
	return [title, ...scrolled(rows, 0, height - 1).lines];
}

function guidedPane({state, chapterText, columns, height, say}: PaneContext): string[] {
	const asked = state.questions.filter(({type}) => type === 'apply');
	const [question] = asked as [AskedQuestion];
	const more = asked.length > 1 ? ` ${say(words.guidedMore(asked.length - 1))}` : '';
	return [
		heading(`${say(words.guidedNext)} ${placeName(state, question.host)}${more}`, columns),
		...scrolled(guidedText(question, chapterText, columns, say), state.explanationTop, height - 1).lines,
	];
}

/** The task that waits, with its full commands and its chapter. */
export function guidedText(
	{task, commands, step}: AskedQuestion,
	chapterText: PaneContext['chapterText'],
	columns: number,
	say: Say,
): readonly string[] {
	const command = commands
		.flatMap(text => text.split('\n').map((line, index) => `${index === 0 ? '$' : ' '} ${clean(line)}`))
		.flatMap(line => wrap(line, columns));
	const text = chapterText(step);
	return [
		...wrap(clean(task), columns).map(line => paint.bold(line)),
		...command.map(line => paint.cyan(line)),
		'',
		...(text === undefined ? wrap(say(words.noChapter(step)), columns) : markdownLines(text, columns)),
	];
}

/** The running units, each with its task or wait, in at most `height` rows. */
export function currentTasks(state: State, columns: number, height: number): string[] {
	const {run, now, language, overview} = state;
	const running = [...run.units.values()]
		.filter(({status}) => status === 'running')
		.sort((one, other) => (other.waiting ? 1 : 0) - (one.waiting ? 1 : 0));
	const tasks = running.map(unit => {
		const {id, task, waiting, step} = unit;
		const what = waiting
			? words.waiting(clean(waiting.reason), clock((now - waiting.since) / 1000))[language]
			: (task?.title ?? chapterTitle(state, step));
		const time = ` ${clock(workTime(unit, now))}`;
		const [first = '', ...rest] = wrap(`${unitName({overview, language}, id)}: ${what}`, columns - 2 - time.length);
		// A reason is a program's own text and can be long.
		const below = rest.length === 0 ? [] : [cut(rest.join(' '), columns - 2)];
		return [
			`${paint.cyan('▶')} ${padOrTruncate(first, columns - 2 - time.length)}${paint.dim(time)}`,
			...below.map(line => `  ${line}`),
		];
	});
	// A unit that does not fit whole is left out, except the first.
	let taken = 0;
	return tasks
		.filter(({length}, index) => {
			taken += length;
			return index === 0 || taken <= height;
		})
		.flat();
}

/** Progress bar, elapsed time, estimated time left, and a light for each machine. */
export function progressLine({progress, run, now, overview, language, machines}: State, columns: number): string {
	const percent = Math.floor(progress.done * 100);
	const bar = 16;
	const full = Math.round(progress.done * bar);
	const seconds = runTime(run, now);
	const elapsed = seconds === undefined ? '' : ` ${clock(seconds)}`;
	const left =
		run.status !== 'running' || progress.left === undefined
			? ''
			: ` · ${(progress.left < 60 ? uiMessages.soon : uiMessages.minutes(Math.ceil(progress.left / 60)))[language]}`;
	const text = `${'█'.repeat(full)}${'░'.repeat(bar - full)} ${String(percent).padStart(3)} %${elapsed}${left}`;
	const room = columns - text.length - 3;
	const lights = (overview?.nodes ?? []).map(node => nodeIndicator(node, run, machines?.states));
	const alive = lights.filter(state => state === 'on').length;
	const shown =
		lights.length > 0 && room > lights.length + 8
			? `  ${lights.map(state => light(state)).join('')} ${alive}/${lights.length}`
			: '';
	return text + shown;
}

/** The machine whose output is shown: the user's choice, or else the one where something happened last. */
export function shownHost(state: State, logs: Logs): string | undefined {
	const last = recent(state)?.host;
	// At the end that may be a place where nothing was printed.
	const isSilent = state.job?.isOver && last !== undefined && !logs.hosts.includes(last);
	return state.log.host ?? (isSilent ? logs.hosts.at(-1) : undefined) ?? last ?? logs.hosts.at(-1);
}

/** The unit whose log and explanation are shown: failed, running, or last begun; if none has begun, the first. */
export function currentUnit(state: State, host?: string): string | undefined {
	const onHost = [...state.run.units.values()].filter(unit => host === undefined || unit.host === host);
	return (
		onHost.findLast(({status}) => status === 'failed') ??
		onHost.findLast(({status}) => status === 'running') ??
		latest(onHost) ??
		onHost[0]
	)?.id;
}

export function hostsOf({run}: State, logs: Logs): string[] {
	return [...new Set([...[...run.units.values()].map(({host}) => host), ...logs.hosts])];
}

function recent({run}: State): UnitRow | undefined {
	const units = [...run.units.values()];
	return (
		latest(units.filter(({status, task}) => status === 'running' && task)) ??
		latest(units.filter(({status}) => status === 'running')) ??
		latest(units)
	);
}

function latest(units: readonly UnitRow[]): UnitRow | undefined {
	return units.reduce<UnitRow | undefined>(
		(best, unit) => (unit.started !== undefined && unit.started >= (best?.started ?? 0) ? unit : best),
		undefined,
	);
}

/** The heading of a pane. */
export function heading(text: string, columns: number): string {
	const short = cut(text, columns - 3);
	return `${paint.dim('── ')}${paint.bold(short)}`;
}

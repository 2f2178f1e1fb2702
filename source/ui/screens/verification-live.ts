import {measured} from '../../measure/judge-phase.ts';
import {clientImpact} from '../../measure/client-impact.ts';
import type {PhaseResult} from '../../measure/result.ts';
import {verificationMessages as words} from '../verification-messages.ts';
import {timelineLines} from '../components/charts.ts';
import {sign} from '../components/status-signs.ts';
import {clean, clock, cut, padOrTruncate, paint, width, wrap} from '../components/text.ts';
import {hasEnded, type UnitRow} from '../state/run-state.ts';
import type {State} from '../state/store.ts';
import {estimateInterval} from '../state/verification-state.ts';
import type {VerificationEntry} from './verification-entries.ts';
import {benchLines, phaseLines, type PaneSize} from './verification-result.ts';

/** Fewest rows in which everything fits. */
const roomy = 30;

/** Live view of a test: its stages, the current task or wait, and the requests of clients. */
export function liveLines(state: State, entries: readonly VerificationEntry[], room: PaneSize): string[] {
	const {tests, texts} = state;
	const {columns, height, language} = room;
	const entry = entries.find(({test}) => test.id === tests.drill);
	const first = headLines(state, entry, room);
	if (!entry) {
		return [
			...first,
			...texts
				.slice(-3)
				.flatMap(line => wrap(clean(line), columns))
				.map(line => paint.dim(line)),
		];
	}

	const lines = [
		...first,
		...(isMending(state, entry) ? [] : stageLines(state, entry, room)),
		...doingLines(state, room),
	];
	if (entry.isBench) {
		return [...lines, '', ...benchLines(tests.load, room)].slice(0, height);
	}

	if (isMending(state, entry)) {
		return lines.slice(0, height);
	}

	const {sent, lost, servers} = clientImpact(tests.requests);
	const counts =
		sent === 0
			? words.silence[language]
			: [
					words.requests(sent, lost)[language],
					...Object.entries(servers)
						.sort()
						.map(([name, count]) => `${name} ${count}`),
				].join(' · ');
	const all = [...lines, ...wrap(counts, columns).map(line => (lost > 0 ? paint.bold(line) : line))];
	const picture = room.isRead
		? []
		: timelineLines({requests: tests.requests, interval: estimateInterval(tests.requests)}, livePhases(state, entry), {
				columns,
				height: height - all.length,
				language,
			});
	return [...all, ...picture].slice(0, height);
}

/** Whether an earlier, interrupted test is being rolled back; the test itself has not begun then. */
function isMending({job, run}: State, {test, isBench}: VerificationEntry): boolean {
	return isBench ? job?.command === 'verify' : !run.units.has(`${test.id}:before`);
}

function headLines(state: State, entry: VerificationEntry | undefined, {columns, language}: PaneSize): string[] {
	const {tests, run, now} = state;
	const count = [...run.units.keys()].filter(id => id.endsWith(':before')).length;
	const place = count > 1 ? ` · ${words.place(Math.min(count, tests.results.length + 1), count)[language]}` : '';
	const title = !entry
		? ''
		: isMending(state, entry)
			? words.mending(entry.test.id)[language]
			: `${entry.test.id} · ${entry.test.title[language]}${place}`;
	const time = ` ${clock((now - (tests.started ?? run.started ?? now)) / 1000)}`;
	const [firstLine = '', ...rest] = wrap(title, columns - 2 - width(time));
	return [
		`${sign('running')} ${paint.bold(padOrTruncate(firstLine, columns - 2 - width(time)))}${paint.dim(time)}`,
		...rest.map(line => `  ${paint.bold(line)}`),
	];
}

/** Preparation, phases with their figures so far, and restoration. For the benchmarks, the command that is running. */
function stageLines(state: State, {test, isBench}: VerificationEntry, {columns, language}: PaneSize): string[] {
	const {
		run: {units},
		tests: {sending},
		now,
	} = state;
	if (isBench) {
		return sending
			? [
					...wrap(
						`${test.phases[sending.servers]?.title[language] ?? ''} · ${words.sending(sending.tool, sending.repetition, sending.of)[language]} · ${clock((now - sending.since) / 1000)}`,
						columns - 2,
					).map(line => `  ${line}`),
					paint.cyan(cut(`  $ ${clean(sending.command)}`, columns)),
				]
			: [];
	}

	const live = livePhases(state, {test});
	const signOf = (unit: UnitRow | undefined) => sign(unit?.status ?? 'waiting');
	const row = (unit: UnitRow | undefined, title: string) => {
		const time = unit?.started === undefined ? '' : ` ${clock(unit.duration ?? (now - unit.started) / 1000)}`;
		return `${signOf(unit)} ${padOrTruncate(title, columns - 2 - width(time))}${paint.dim(time)}`;
	};

	const before = [units.get(`${test.id}:before`), units.get(`${test.id}:prepare`)];
	return [
		row(before.find(unit => unit && !hasEnded(unit.status)) ?? before[0], words.before[language]),
		...test.phases.flatMap(({title, prediction}, index) =>
			phaseLines(
				live[index] ?? {title, prediction},
				index,
				sign(phaseStatus(units.get(`${test.id}:${index + 1}`), live[index])),
				{columns, language},
			),
		),
		row(units.get(`${test.id}:undo`), words.undo[language]),
	];
}

/** The judgement so far: a limit that is missed cannot be kept any more, and an outage that lasts is not over with the phase's own tasks. */
function phaseStatus(unit: UnitRow | undefined, phase: PhaseResult | undefined): UnitRow['status'] {
	const status = unit?.status ?? 'waiting';
	if (!phase?.effect || status === 'failed') {
		return status;
	}

	const {effect, prediction} = phase;
	const isMissed =
		prediction !== undefined &&
		(prediction.of === 'none' ? effect.lost > 0 : measured(effect, prediction) > prediction.seconds);
	const isLasting = effect.outage !== undefined && effect.outage.to === undefined;
	return isMissed ? 'failed' : hasEnded(status) && isLasting ? 'running' : status;
}

/** The current task, its command, and the wait. */
function doingLines({run, now}: State, {columns, height, language}: PaneSize): string[] {
	const {task, waiting} = [...run.units.values()].findLast(({status}) => status === 'running') ?? {};
	const [line = ''] = task?.command.split('\n').filter(line => line.trim() !== '') ?? [];
	return [
		...(task ? wrap(clean(task.title), columns - 2).map(line => `  ${line}`) : []),
		// With little room the wait is shown instead of the command, because it says more.
		...(!task || (waiting && height < roomy) ? [] : [paint.cyan(cut(`  $ ${clean(line)}`, columns))]),
		...(waiting
			? wrap(
					words.waiting(clock((now - waiting.since) / 1000), clock(waiting.limit), clean(waiting.reason))[language],
					columns - 2,
				).map(line => paint.yellow(`  ${line}`))
			: []),
	];
}

/** The phases that have begun, with their figures so far. Empty until a request has told when the probe began. */
function livePhases(
	{run: {units}, tests: {origin, requests}}: State,
	{test}: Pick<VerificationEntry, 'test'>,
): PhaseResult[] {
	if (origin === undefined) {
		return [];
	}

	const begun = test.phases.flatMap((phase, index) => {
		const unit = units.get(`${test.id}:${index + 1}`);
		return unit?.started === undefined ? [] : [{...phase, unit, injected: unit.started - origin}];
	});
	return begun.map(({title, prediction, unit, injected}, index) => {
		const isSettled = unit.status === 'ok' || unit.status === 'changed';
		return {
			title,
			injected,
			...(isSettled && unit.duration !== undefined && {settled: injected + unit.duration * 1000}),
			effect: clientImpact(requests, {from: injected, to: begun[index + 1]?.injected}),
			...(prediction && {prediction}),
			verdict: 'interrupted',
		};
	});
}

import {stripVTControlCharacters} from 'node:util';
import type {ReactNode} from 'react';
import {Box, useIsScreenReaderEnabled} from 'ink';
import {pageAnswersText} from '../../output/page-text.ts';
import {judgePage} from '../../measure/health/judge-page.ts';
import {uiMessages} from '../../messages/screens.ts';
import {workMessages} from '../../messages/work.ts';
import {chapterLines, chapterRows} from '../components/chapters.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {firstVisibleLine} from '../components/log-lines.ts';
import {scrolled, scrollKey} from '../components/scroll.ts';
import {clean, cut, paint, wrap} from '../components/text.ts';
import {useFilter} from '../components/use-filter.ts';
import {findLine, isFiltering, noFilter} from '../state/filter.ts';
import type {Pane, State} from '../state/store.ts';
import {
	currentTasks,
	currentUnit,
	explanationOf,
	guidedText,
	hostsOf,
	paneLines,
	progressLine,
	shownHost,
} from './run-panes.ts';

const {run: words} = workMessages;
const panes: readonly Pane[] = ['log', 'explanation', 'machines'];

/** Run screen: chapters, current tasks, and one pane (output, explanation or machines); a wide terminal has two panes. */
export function Run(): ReactNode {
	const {state, wizard, say} = useWizard();
	const isRead = useIsScreenReaderEnabled();
	const {columns, rows} = bodySize(state);
	const {overview, run, now, language, questions, log, job} = state;
	const {logs} = wizard.store;
	const isWide = columns >= 110 && rows >= 30;
	const left = isWide ? 40 : columns < 76 ? 22 : 31;
	const right = columns - left - 1;
	const tasks = currentTasks(state, right, isWide ? 8 : 5);
	const guided = state.isGuided ? questions.find(({type}) => type === 'apply') : undefined;
	const failures = questions.filter(({type}) => type === 'failed').length;
	const ending = endLines(state, columns, say);
	const top = [
		cut(progressLine(state, columns), columns),
		...(failures > 0 ? wrap(say(words.questions(failures)), columns).map(line => paint.red(line)) : ending),
	];
	const height = rows - top.length - tasks.length - 1;
	const chapters = chapterRows(overview?.units ?? [], run, now, language);
	const paneHeight = isWide ? Math.floor(height / 2) : height;
	const chapterText = (step: string) => wizard.backend.chapter(step, language);
	useRunKeys(height);
	const context = {state, logs, chapterText, columns: right, say};
	const shown = paneLines(guided ? 'guided' : state.pane, {...context, height: paneHeight});
	// The second pane of a wide terminal: the explanation, or the output if the first one shows the explanation.
	const second = isWide
		? paneLines(!guided && state.pane === 'explanation' ? 'log' : 'explanation', {
				...context,
				height: height - paneHeight - 1,
			})
		: [];
	const keys: KeyHint[] = state.filter.isTyping
		? [
				['Enter', uiMessages.keys.keep],
				['Esc', uiMessages.keys.clear],
			]
		: isFiltering(state.filter)
			? [
					['n N', uiMessages.keys.next],
					['Esc', uiMessages.keys.clear],
					['↑↓', uiMessages.keys.scroll],
				]
			: guided
				? [
						['Enter', uiMessages.keys.run],
						...(guided.skippable ? [['s', uiMessages.keys.skip] as const] : []),
						['g', uiMessages.keys.leaveGuided],
						['v', uiMessages.keys.view],
						['Ctrl-C', uiMessages.keys.stop],
					]
				: [
						...(job?.isOver ? [['Enter', uiMessages.keys.enter] as const] : []),
						['Tab', uiMessages.keys.machine],
						['↑↓', uiMessages.keys.scroll],
						['v', uiMessages.keys.view],
						['/', uiMessages.keys.search],
						['o', uiMessages.keys.fullLog],
						...lastKeys(state),
					];
	const title = `${say(uiMessages.screens.run)}${state.isGuided && !job?.isOver ? ` · ${say(uiMessages.guidedOn)}` : ''}`;
	if (isRead) {
		// A screen reader gets no columns and no live output, which nobody can follow by ear; `o` shows the log.
		return (
			<Frame title={title} keys={keys}>
				<Lines lines={[...top, ...tasks, ...(guided ? shown : [])]} />
			</Frame>
		);
	}

	return (
		<Frame title={title} keys={keys}>
			<Lines lines={top.map(line => line || ' ')} />
			<Box>
				<Box width={left} marginRight={1}>
					<Lines lines={chapterLines(chapters, left, rows - top.length)} />
				</Box>
				<Box flexDirection="column" width={right}>
					<Lines lines={[...tasks, ...shown, ...(second.length > 0 ? ['', ...second] : [])]} />
				</Box>
			</Box>
		</Frame>
	);
	function useRunKeys(height: number): void {
		const isText = guided !== undefined || state.pane === 'explanation';
		const {wanted, take} = useFilter(text => {
			// Each letter repeats the search: from the newest line of the output, or from the first visible line of a text.
			if (text !== '') {
				search(text, isText ? readText().top : newest().end - 1, isText ? 1 : -1);
			}
		});
		useKeys((input, key) => {
			const host = shownHost(state, logs);
			const lines = newest();
			if (take(input, key)) {
				if (input === '/' && wanted === '' && state.pane === 'machines') {
					wizard.store.set({pane: 'log'});
				}

				return;
			}

			const move = key.downArrow ? 1 : key.upArrow ? -1 : key.pageDown ? height - 2 : key.pageUp ? 2 - height : 0;
			const scroll = isText ? scrollKey(readText(), key) : undefined;
			if (scroll !== undefined) {
				wizard.store.set({explanationTop: scroll});
			} else if (!isText && (move !== 0 || key.home)) {
				const next = key.home ? lines.start : firstVisibleLine(lines, height - 1, log.top) + move;
				wizard.store.set({
					log: {...log, top: next >= lines.end - height + 1 ? undefined : Math.max(lines.start, next)},
				});
			} else if (key.end || input === 'f') {
				wizard.store.set({log: {...log, top: undefined}, filter: noFilter});
			} else if (key.tab) {
				const hosts = hostsOf(state, logs);
				const index = hosts.indexOf(host ?? '');
				wizard.store.set({
					pane: 'log',
					log: {host: hosts[(index + (key.shift ? hosts.length - 1 : 1)) % hosts.length]},
				});
			} else if (input === 'v') {
				wizard.store.set({pane: panes[(panes.indexOf(state.pane) + 1) % panes.length], explanationTop: 0});
			} else if ((input === 'n' || input === 'N') && wanted !== '') {
				// `n` searches the output backward, and a text forward.
				const direction = (input === 'n') === isText ? 1 : -1;
				search(wanted, (isText ? readText().top : firstVisibleLine(lines, height - 1, log.top)) + direction, direction);
			} else if (input === 'o') {
				const unit = currentUnit(state, host);
				if (unit !== undefined && state.run.units.get(unit)?.started !== undefined) {
					void wizard.programs.log(unit);
				}
			} else if (input === 'g' && !job?.isOver) {
				wizard.setGuided(!state.isGuided);
			} else if (guided && key.return) {
				wizard.work.answer(guided.id, 'go');
			} else if (guided?.skippable && input === 's') {
				wizard.work.answer(guided.id, 'skip');
			} else if (key.return && failures > 0) {
				wizard.navigation.go('failure');
			} else if (key.return && job?.isOver) {
				wizard.navigation.home(...(job.code === 0 ? ['dashboard' as const] : []));
			}
		});
		function newest() {
			return logs.of(shownHost(state, logs) ?? '');
		}

		/** The text in the pane: the command that waits in guided mode, or the chapter. */
		function readText() {
			const text = guided
				? guidedText(guided, chapterText, right, say)
				: explanationOf(state, logs, chapterText, right, say).lines;
			return {...scrolled(text, state.explanationTop, paneHeight - 1), text};
		}

		function search(text: string, from: number, direction: -1 | 1): void {
			const host = shownHost(state, logs);
			const {text: lines} = readText();
			const found = isText
				? findLine(
						{start: 0, end: lines.length, at: number => stripVTControlCharacters(lines[number]!)},
						text,
						from,
						direction,
					)
				: logs.find(host ?? '', text, from, direction);
			if (found === undefined) {
				wizard.store.set({notice: say(words.notFound(text))});
			} else {
				wizard.store.set({notice: undefined, ...(isText ? {explanationTop: found} : {log: {host, top: found}})});
			}
		}
	}
}

/** The last key hints: to leave the screen and the wizard once the job is over, before that to stop the job. */
function lastKeys({job, isGuided}: State): KeyHint[] {
	return job?.isOver
		? [
				['Esc', uiMessages.keys.back],
				['Ctrl-C', uiMessages.keys.quit],
			]
		: [
				['g', isGuided ? uiMessages.keys.leaveGuided : uiMessages.keys.guided],
				['Ctrl-C', uiMessages.keys.stop],
			];
}

/** How it ended, and why; while it goes on, the last decision of the user, or an empty line. */
function endLines(
	{job, run, overview, texts, decided = ''}: State,
	columns: number,
	say: ReturnType<typeof useWizard>['say'],
): string[] {
	if (!job?.isOver || job.code === undefined) {
		return wrap(clean(decided), columns).map(line => paint.green(line));
	}

	if (job.code === 0) {
		const [fault] = run.page ? judgePage({acceleration: overview?.acceleration ?? 'tcg'}, run.page) : [];
		if (run.page && fault && fault.id !== 'page-slow') {
			return wrap(clean(say(words.pageFails(run.page.url, fault.text))), columns).map(line => paint.red(line));
		}

		const said = run.page ? [pageAnswersText(run.page), ...(overview?.sandbox ? [words.insideSandbox] : [])] : [];
		return [...said, words.done].flatMap(text => wrap(clean(say(text)), columns)).map(line => paint.green(line));
	}

	const last = texts.findLast(line => line.trim() !== '');
	const lines = wrap(`${say(words.ended(job.code))}${last ? ` ${clean(last)}` : ''}`, columns);
	// The whole of it is in the log.
	return [...lines.slice(0, 2), ...(lines.length > 2 ? [cut(lines.slice(2).join(' '), columns)] : [])].map(line =>
		paint.red(line),
	);
}

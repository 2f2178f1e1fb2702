import {useEffect, useRef, useState, type ReactNode} from 'react';
import {Box, useIsScreenReaderEnabled} from 'ink';
import {uiMessages} from '../../messages/screens.ts';
import {verificationMessages as words} from '../verification-messages.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {scrolled, scrollKey} from '../components/scroll.ts';
import {askBench, askTests} from '../harmful-actions.ts';
import {currentUnit} from './run-panes.ts';
import {entriesOf, entryLines} from './verification-entries.ts';
import {headlines, paneLines} from './verification-panes.ts';

/** Most rows of the list on a narrow screen, beside a result or an explanation. */
const listBesideResult = 3;
const listBesideAbout = 8;

/** Verification screen: runs the tests and benchmarks, follows them live, and shows their results. */
export function Verification(): ReactNode {
	const {state, wizard, say} = useWizard();
	const isRead = useIsScreenReaderEnabled();
	const {columns, rows} = bodySize(state);
	const {language, overview, job, tests, explanationTop} = state;
	const [pane, setPane] = useState<'about' | 'result'>('about');
	const entries = entriesOf(state);
	const chosen = Math.max(
		0,
		entries.findIndex(({test}) => test.id === state.chosen.verification),
	);
	const entry = entries[chosen];
	const choose = (index: number) => {
		const {chosen: all} = wizard.store.get();
		wizard.store.set({
			chosen: {...all, verification: entries[Math.max(0, Math.min(entries.length - 1, index))]?.test.id},
			explanationTop: 0,
		});
	};

	const isOurs = job?.command === 'verify' || job?.command === 'bench';
	const isLive = isOurs && !job.isOver;
	const isWide = columns >= 110 && rows >= 30;
	useEffect(() => {
		wizard.readMeasurements();
	}, [wizard]);
	const wasLive = useRef(false);
	useEffect(() => {
		// Moves the cursor to the result once, when the job ends; later only the user moves it.
		const hasEnded = isOurs && !isLive && (wasLive.current || state.chosen.verification === undefined);
		wasLive.current = isLive;
		if (hasEnded) {
			const failed = tests.results.find(({verdict}) => verdict !== 'passed')?.id;
			const shown = entries.findIndex(({test}) => test.id === (failed ?? tests.drill));
			choose(shown);
			setPane(tests.results.length > 1 && !failed ? 'about' : 'result');
		}
	}, [isOurs, isLive]);
	const left = isWide ? 46 : columns;
	const right = isWide ? columns - left - 1 : columns;
	const head = headlines(state, columns, say);
	const listHeight = isWide
		? rows - 1 - head.length
		: Math.min(entries.length, pane === 'result' ? listBesideResult : listBesideAbout);
	const height = isWide ? rows - 1 - head.length : isLive ? rows : rows - 1 - head.length - listHeight;
	const room = {columns: right, height, language, isRead};
	const lines = paneLines(state, {entries, entry, pane: isWide ? 'both' : pane, isLive}, room);
	const view = scrolled(lines, explanationTop, height);
	useKeys((input, key) => {
		// The arrows move in the list; during a test they scroll the pane.
		const scroll = scrollKey(
			view,
			isLive ? key : {pageUp: key.pageUp, pageDown: key.pageDown, home: key.home, end: key.end},
		);
		if (input === 'o') {
			void wizard.programs.log(currentUnit(state) ?? '');
		} else if (scroll !== undefined) {
			wizard.store.set({explanationTop: scroll});
		} else if (wizard.work.isGoingOn || !entry) {
			// Ignores all other keys while a job runs.
		} else if (key.upArrow || key.downArrow) {
			choose(chosen + (key.upArrow ? -1 : 1));
		} else if (key.tab) {
			setPane(pane === 'about' ? 'result' : 'about');
			wizard.store.set({explanationTop: 0});
		} else if (input === 'b' || (key.return && entry.isBench)) {
			askBench(wizard);
		} else if (key.return) {
			askTests(wizard, [entry.test], ['--test', entry.test.id]);
		} else if (input === 'a') {
			askTests(wizard, overview!.drills, []);
		}
	});
	const more: KeyHint[] = view.last > 0 ? [['PgDn', words.more]] : [];
	const log: KeyHint[] = isOurs ? [['o', uiMessages.keys.fullLog]] : [];
	const keys: KeyHint[] = isLive
		? [['Ctrl-C', uiMessages.keys.stop], ...log, ...more]
		: [
				['↑↓', uiMessages.keys.arrows],
				['Enter', uiMessages.keys.run],
				...more,
				['a', words.all],
				['b', words.benchmarks],
				...(isWide ? [] : [['Tab', pane === 'about' ? words.result : words.about] as const]),
				['Esc', uiMessages.keys.back],
				...log,
			];
	const shown = view.lines;
	const title = `${say(uiMessages.screens.verification)}${isLive || !entry ? '' : ` · ${say(entry.isBench ? words.benchmarks : words.test(chosen + 1, entries.length - 1))}`}`;
	const list = entryLines(entries, isWide && isLive ? entries.findIndex(({test}) => test.id === tests.drill) : chosen, {
		columns: left,
		height: listHeight,
		say,
	});
	if (isLive && !isWide) {
		return (
			<Frame title={title} keys={keys}>
				<Lines lines={shown} />
			</Frame>
		);
	}

	return isWide ? (
		<Frame title={title} keys={keys}>
			<Lines lines={[...head, '']} />
			<Box>
				<Box width={left} marginRight={1}>
					<Lines lines={list} />
				</Box>
				<Box flexDirection="column" width={right}>
					<Lines lines={shown} />
				</Box>
			</Box>
		</Frame>
	) : (
		<Frame title={title} keys={keys}>
			<Lines lines={[...head, ...list, '', ...shown]} />
		</Frame>
	);
}

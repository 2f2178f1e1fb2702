import {useEffect, useState, type ReactNode} from 'react';
import {Box, useIsScreenReaderEnabled} from 'ink';
import type {DrillOverview} from '../../commands/drill-overview.ts';
import {isYes} from '../../messages/consent.ts';
import {uiMessages} from '../../messages/ui.ts';
import {verificationMessages as words} from '../../messages/ui-verification.ts';
import {verifyMessages} from '../../messages/verify.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {cut, paint, wrap} from '../components/text.ts';
import {currentUnit} from './run-panes.ts';
import {entriesOf, entryLines} from './verification-entries.ts';
import {headline, paneLines} from './verification-panes.ts';

/** Rows that the list keeps where it shares a narrow screen with a result, or with an explanation. */
const listBesideResult = 3;
const listBesideAbout = 8;

/** The tests and the benchmarks: run from here, followed live, and what they showed. */
export function Verification(): ReactNode {
	const {state, wizard, say} = useWizard();
	const isRead = useIsScreenReaderEnabled();
	const {columns, rows} = bodySize(state);
	const {language, overview, job, tests, explanationTop} = state;
	const [chosen, setChosen] = useState(0);
	const [pane, setPane] = useState<'about' | 'result'>('about');
	const [asking, setAsking] = useState<{words: readonly string[]; harmful: readonly string[]}>();
	const entries = entriesOf(state);
	const entry = entries[chosen];
	const isOurs = job?.command === 'verify' || job?.command === 'bench';
	const isLive = isOurs && !job.isOver;
	const isWide = columns >= 110 && rows >= 30;
	useEffect(() => {
		wizard.readMeasurements();
	}, [wizard]);
	useEffect(() => {
		if (isOurs && !isLive) {
			const failed = tests.results.find(({verdict}) => verdict !== 'passed')?.id;
			const shown = entries.findIndex(({test}) => test.id === (failed ?? tests.drill));
			setChosen(Math.max(0, shown));
			setPane(tests.results.length > 1 && !failed ? 'about' : 'result');
		}
	}, [isOurs, isLive]);
	const verify = (drills: readonly DrillOverview[], more: readonly string[]) => {
		const harmful = drills.filter(({isHarmful}) => isHarmful).map(({id}) => id);
		if (overview!.sandbox || harmful.length === 0) {
			wizard.work.start('verify', more);
		} else {
			// A cluster on a host may have clients who would mind.
			setAsking({words: [...more, '--yes'], harmful});
			wizard.store.set({notice: say(words.ask), explanationTop: 0});
		}
	};

	const left = isWide ? 46 : columns;
	const right = isWide ? columns - left - 1 : columns;
	const listHeight = isWide ? rows - 2 : Math.min(entries.length, pane === 'result' ? listBesideResult : listBesideAbout);
	const height = isWide ? rows - 2 : isLive ? rows : rows - 2 - listHeight;
	const room = {columns: right, height, language, isRead};
	const lines = asking
		? wrap(say(verifyMessages.willDo(asking.harmful)), right).map(line => paint.bold(line))
		: paneLines(state, {entries, entry, pane: isWide ? 'both' : pane, isLive}, room);
	const top = Math.min(explanationTop, Math.max(0, lines.length - height));
	useKeys((input, key) => {
		const move = key.pageDown ? height - 1 : key.pageUp ? 1 - height : 0;
		if (asking) {
			if (isYes(input, language)) {
				wizard.work.start('verify', asking.words);
			}

			setAsking(undefined);
			wizard.store.set({notice: undefined});
		} else if (input === 'o') {
			void wizard.programs.log(currentUnit(state) ?? '');
		} else if (move !== 0) {
			wizard.store.set({explanationTop: Math.max(0, Math.min(top + move, lines.length - height))});
		} else if (wizard.work.isGoingOn || !entry) {
			// Nothing else while something runs.
		} else if (key.upArrow || key.downArrow) {
			setChosen(Math.max(0, Math.min(entries.length - 1, chosen + (key.upArrow ? -1 : 1))));
			wizard.store.set({explanationTop: 0});
		} else if (key.tab) {
			setPane(pane === 'about' ? 'result' : 'about');
			wizard.store.set({explanationTop: 0});
		} else if (input === 'b' || (key.return && entry.isBench)) {
			wizard.work.start('bench');
		} else if (key.return) {
			verify([entry.test], ['--test', entry.test.id]);
		} else if (input === 'a') {
			verify(overview!.drills, []);
		}
	});
	const more: KeyHint[] = lines.length > height ? [['PgDn', words.more]] : [];
	const log: KeyHint[] = isOurs ? [['o', uiMessages.keys.fullLog]] : [];
	const keys: KeyHint[] = isLive
		? [['Ctrl-C', uiMessages.keys.stop], ...log, ...more]
		: [['↑↓', uiMessages.keys.arrows], ['Enter', uiMessages.keys.run], ...more, ['a', words.all], ['b', words.benchmarks], ...(isWide ? [] : [['Tab', pane === 'about' ? words.result : words.about] as const]), ['Esc', uiMessages.keys.back], ...log];
	const shown = lines.slice(top, top + height);
	const title = `${say(uiMessages.screens.verification)}${isLive || !entry ? '' : ` ${chosen + 1}/${entries.length}`}`;
	const list = entryLines(entries, isWide && isLive ? entries.findIndex(({test}) => test.id === tests.drill) : chosen, {columns: left, height: listHeight, say});
	if (isLive && !isWide) {
		return <Frame title={title} keys={keys}><Lines lines={shown}/></Frame>;
	}

	const head = headline(state, text => cut(say(text), columns));
	return isWide
		? (
			<Frame title={title} keys={keys}>
				<Lines lines={[head, '']}/>
				<Box>
					<Box width={left} marginRight={1}><Lines lines={list}/></Box>
					<Box flexDirection="column" width={right}><Lines lines={shown}/></Box>
				</Box>
			</Frame>
		)
		: <Frame title={title} keys={keys}><Lines lines={[head, ...list, '', ...shown]}/></Frame>;
}

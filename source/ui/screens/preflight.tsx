import {useEffect, useState, type ReactNode} from 'react';
import {beginMessages} from '../../messages/begin.ts';
import {uiMessages} from '../../messages/screens.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {hiddenCounts, firstVisibleRow, scrolled, scrollKey} from '../components/scroll.ts';
import {sign} from '../components/status-signs.ts';
import {wrapHanging, paint, wrap} from '../components/text.ts';
import {checkLines, installationOf, installingLines} from './preflight-detail.ts';

const {preflight: words} = beginMessages;

/** Fewest rows of the list, however long the text below is. */
const leastRows = 6;

/** Preflight screen: the checks of the host. For the chosen one the reason, and advice or the commands of the build. */
export function Preflight(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {checks, trouble} = state;
	const [chosen, setChosen] = useState<number>();
	const [top, setTop] = useState(0);
	const installation = installationOf(state);
	const isInstalling = installation?.isOver === false;
	useEffect(() => {
		if (isInstalling) {
			return undefined;
		}

		const controller = new AbortController();
		setChosen(undefined);
		void wizard.preparation.checkHost(controller.signal);
		return () => {
			controller.abort();
		};
	}, [wizard, isInstalling]);
	const obstacle = checks.rows.findIndex(({status}) => status === 'failed' || status === 'unknown');
	const open = checks.rows.findIndex(({status}) => status === 'would-change');
	const marked = obstacle === -1 ? open : obstacle;
	const current = Math.min(chosen ?? Math.max(marked, 0), Math.max(checks.rows.length - 1, 0));
	const isGood = checks.isOver && obstacle === -1 && !isInstalling;
	const canInstall = isGood && open !== -1;

	const end = trouble
		? wrap(trouble, columns).map(line => paint.red(line))
		: isInstalling
			? []
			: !checks.isOver
				? [say(words.checking)]
				: wrap(say(obstacle !== -1 ? words.bad : open === -1 ? words.good : words.open), columns).map(line =>
						paint.bold(line),
					);
	const detail = isInstalling
		? installingLines(state, wizard.store.logs, columns, say)
		: checkLines(checks.rows[current], installation, columns, say);
	const intro = wrap(say(words.intro), columns);
	const room = rows - 1 - intro.length - end.length - (detail.length > 0 ? 2 : 1);
	const rowLines = checks.rows.flatMap(({title, status}, index) =>
		wrapHanging(title, columns - 4).map((line, part) => ({
			index,
			text: part > 0 ? `    ${line}` : `${index === current ? '›' : ' '} ${sign(status)} ${line}`,
		})),
	);
	const listHeight = Math.min(rowLines.length, Math.max(leastRows, room - detail.length));
	const detailHeight = room - listHeight;
	const view = scrolled(detail, isInstalling ? 0 : top, detailHeight);
	useKeys((input, key) => {
		if (isInstalling) {
			return;
		}

		if (key.upArrow || key.downArrow) {
			setChosen(Math.max(0, Math.min(checks.rows.length - 1, current + (key.upArrow ? -1 : 1))));
			setTop(0);
		} else if (key.pageUp || key.pageDown || key.home || key.end) {
			setTop(scrollKey(view, key) ?? view.top);
		} else if (key.return && isGood) {
			wizard.navigation.go('plan');
		} else if (input === 'f' && canInstall) {
			void wizard.install();
		} else if (input === 'a') {
			wizard.navigation.go('answers');
		} else if (input === 'r' && checks.isOver) {
			setChosen(undefined);
			void wizard.preparation.checkHost(new AbortController().signal);
		}
	});

	const shown = rowLines.length > listHeight ? listHeight - 1 : listHeight;
	const first = firstVisibleRow(
		rowLines.findIndex(({index}) => index === current),
		rowLines.length,
		shown,
	);
	const list = rowLines
		.slice(first, first + shown)
		.map(({text, index}) => (index === current ? paint.bold(text) : text));
	const hidden = shown < rowLines.length ? [paint.dim(hiddenCounts(first, rowLines.length - first - shown))] : [];
	const below = view.lines;
	const keys: KeyHint[] = isInstalling
		? [['Ctrl-C', uiMessages.keys.stop]]
		: [
				...(isGood ? [['Enter', uiMessages.keys.enter] as const] : []),
				...(canInstall ? [['f', uiMessages.keys.fix] as const] : []),
				['↑↓', uiMessages.keys.arrows],
				['r', uiMessages.keys.again],
				['a', uiMessages.keys.answers],
				...(view.last > 0 ? [['PgDn', uiMessages.keys.scroll] as const] : []),
				['Esc', uiMessages.keys.back],
			];
	return (
		<Frame title={say(uiMessages.screens.preflight)} keys={keys}>
			<Lines
				lines={[...intro, '', ...list, ...hidden, '', ...below, ...(below.length > 0 ? [''] : []), ...end].slice(
					0,
					rows,
				)}
			/>
		</Frame>
	);
}

import {useState, type ReactNode} from 'react';
import {Box, useIsScreenReaderEnabled} from 'ink';
import {uiMessages} from '../../messages/screens.ts';
import {workMessages} from '../../messages/work.ts';
import type {AskedQuestion} from '../../session/ask-wizard.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {Menu, type MenuItem} from '../components/menu.tsx';
import {placeName, unitName} from '../components/names.ts';
import {scrolled, scrollKey} from '../components/scroll.ts';
import {clean, paint, wrap} from '../components/text.ts';
import {shortened} from '../../text/clean.ts';
import type {State} from '../state/store.ts';

const {failure: words} = workMessages;
type Say = ReturnType<typeof useWizard>['say'];

/** Fewest rows of the text, however long the menu is. */
const leastText = 8;

/** Fewest rows of the menu, however long the text is. */
const leastMenu = 3;

/** Most characters shown of one line of a command or its output; the log has all of them. */
const longestLine = 4000;

/** Failure screen: the first failure that waits for an answer. Units that do not depend on it go on meanwhile. */
export function Failure(): ReactNode {
	const {state} = useWizard();
	const [question] = state.questions.filter(({type}) => type === 'failed');
	return question?.report && <Report key={question.id} question={question} report={question.report} />;
}

/** The whole failure report, scrolled, above the menu of answers. */
function Report({
	question,
	report,
}: {
	readonly question: AskedQuestion;
	readonly report: NonNullable<AskedQuestion['report']>;
}): ReactNode {
	const {state, say} = useWizard();
	const isRead = useIsScreenReaderEnabled();
	const {columns, rows} = bodySize(state);
	const count = state.questions.filter(({type}) => type === 'failed').length;
	const items = useItems(question);
	const lines = reportLines(state, question, report, say);
	const decided = state.decided === undefined ? [] : wrap(clean(state.decided), columns).map(line => paint.green(line));
	const menuHeight = Math.max(leastMenu, Math.min(items.length, rows - leastText - decided.length));
	const height = isRead ? lines.length + 1 : rows - decided.length - menuHeight;
	// Infinity shows the end: the last lines of the output, and the advice.
	const [top, setTop] = useState(Infinity);
	const view = scrolled(lines, top, height);
	useKeys((_, key) => {
		// The arrows choose from the menu.
		const to = scrollKey(view, {...key, upArrow: false, downArrow: false});
		if (to !== undefined) {
			setTop(to >= view.last ? Infinity : to);
		}
	});
	return (
		<Frame
			title={`${say(uiMessages.screens.failure)}${count > 1 ? ` 1/${count}` : ''}`}
			keys={[
				['↑↓', uiMessages.keys.arrows],
				['Enter', uiMessages.keys.enter],
				...(view.last > 0 ? [['PgUp PgDn', uiMessages.keys.scroll] as const] : []),
				['Esc', uiMessages.keys.back],
			]}
		>
			<Box flexDirection="column" flexShrink={0}>
				<Lines lines={[...decided, ...(lines.length < height ? [...lines, ''] : view.lines)]} />
			</Box>
			<Menu items={items} columns={columns} height={isRead ? undefined : menuHeight} isBesideText />
		</Frame>
	);
}

function reportLines(
	state: State,
	{unit, host}: AskedQuestion,
	{attempted, command, exit, lines, advice}: NonNullable<AskedQuestion['report']>,
	say: Say,
): string[] {
	const {columns} = bodySize(state);
	const why = typeof exit === 'number' ? `${say(words.exit)} ${exit}` : say(words.exits[exit]);
	const indented = (text: string) =>
		text
			.split('\n')
			.flatMap(line => wrap(shortened(clean(line), longestLine), columns - 2))
			.map(line => `  ${line}`);
	return [
		...wrap(
			`✖ ${say(words.attempted)}: ${attempted} (${unitName(state, unit)}, ${say(words.on)} ${placeName(state, host)})`,
			columns,
		).map(line => paint.red(line)),
		`${say(words.command)} (${why}):`,
		...indented(command).map(line => paint.cyan(line)),
		`${say(words.lines)}:`,
		...lines.flatMap(line => indented(line)),
		...wrap(`${say(words.advice)}: ${advice}`, columns).map(line => paint.bold(line)),
	];
}

function useItems({id, host, unit, skippable}: AskedQuestion): MenuItem[] {
	const {state, wizard, say} = useWizard();
	const answer = (label: string, decision: 'retry' | 'skip' | 'stop'): MenuItem => ({
		label,
		run: () => {
			wizard.work.answer(id, decision);
		},
	});
	return [
		answer(say(words.retry), 'retry'),
		...(host === 'machine'
			? []
			: [
					{
						label: say(words.shell(placeName(state, host))),
						run: () => {
							void wizard.programs.shell(host);
						},
					},
				]),
		...(skippable ? [answer(say(words.skip), 'skip')] : []),
		{
			label: say(words.log),
			run: () => {
				void wizard.programs.log(unit);
			},
		},
		{
			label: say(words.support),
			run: () => {
				void wizard.work.saveSupport();
			},
		},
		answer(say(words.stop), 'stop'),
		{
			label: say(words.quit),
			run: () => {
				wizard.work.stop();
			},
		},
	];
}

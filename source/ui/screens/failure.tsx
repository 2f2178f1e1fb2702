import type {ReactNode} from 'react';
import {Box} from 'ink';
import {uiMessages} from '../../messages/ui.ts';
import {workMessages} from '../../messages/ui-run.ts';
import {bodySize, useWizard} from '../components/context.tsx';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {Menu, type MenuItem} from '../components/menu.tsx';
import {clean, cut, paint, wrap} from '../components/text.ts';

const {failure: words} = workMessages;

/** What was attempted, what came of it, what it means, and what can be done about it. The rest of the run goes on meanwhile. */
export function Failure(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const failures = state.questions.filter(({type}) => type === 'failed');
	const [question] = failures;
	if (!question?.report) {
		return null;
	}

	const {id, host, unit, skippable, report: {attempted, command, exit, lines, advice}} = question;
	const isShellable = host !== 'machine';
	const answer = (label: string, decision: 'retry' | 'skip' | 'stop'): MenuItem => ({label, run: () => {
		wizard.work.answer(id, decision);
	}});
	const items: MenuItem[] = [
		answer(say(words.retry), 'retry'),
		...(isShellable ? [{label: say(words.shell(host)), run: () => {
			void wizard.programs.shell(host);
		}}] : []),
		...(skippable ? [answer(say(words.skip), 'skip')] : []),
		{label: say(words.log), run: () => {
			void wizard.programs.log(unit);
		}},
		{label: say(words.support), run: () => {
			void wizard.work.saveSupport();
		}},
		answer(say(words.stop), 'stop'),
		{label: say(words.quit), run: () => {
			wizard.work.stop();
		}},
	];
	const why = typeof exit === 'number' ? `${say(words.exit)} ${exit}` : say(words.exits[exit]);
	const commandLines = command.split('\n').map(line => paint.cyan(cut(`  ${clean(line)}`, columns)));
	const meaning = wrap(`${say(words.advice)}: ${advice}`, columns);
	const room = rows - items.length - meaning.length - 6;
	const shownCommand = commandLines.slice(0, Math.max(1, Math.min(commandLines.length, Math.ceil(room / 3))));
	const last = lines.slice(-Math.max(1, room - shownCommand.length)).map(line => cut(`  ${clean(line)}`, columns));
	return (
		<Frame title={`${say(uiMessages.screens.failure)}${failures.length > 1 ? ` 1/${failures.length}` : ''}`} keys={[['↑↓', uiMessages.keys.arrows], ['Enter', uiMessages.keys.enter], ['Esc', uiMessages.keys.back]]}>
			<Box flexDirection="column" flexShrink={0}>
				<Lines lines={[
					paint.red(cut(`✖ ${say(words.attempted)}: ${attempted} (${unit}, ${say(words.on)} ${host})`, columns)),
					`${say(words.command)} (${why}):`, ...shownCommand, ...(shownCommand.length < commandLines.length ? [paint.dim('  …')] : []),
					`${say(words.lines)}:`, ...last,
					...meaning.map(line => paint.bold(line)), '',
				]}/>
			</Box>
			<Menu items={items} columns={columns}/>
		</Frame>
	);
}

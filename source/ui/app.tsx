import type {ReactNode} from 'react';
import {Box, Text, useInput} from 'ink';
import {withCommandLines, type CommonOptions} from '../command-line/options.ts';
import {uiMessages} from '../messages/screens.ts';
import {VisibilityContext, useWizard, WizardContext} from './components/context.tsx';
import {wrap} from './components/text.ts';
import {Answers} from './screens/answers.tsx';
import {ConsentScreen} from './screens/consent.tsx';
import {Dashboard} from './screens/dashboard.tsx';
import {Explanation} from './screens/explanation.tsx';
import {Failure} from './screens/failure.tsx';
import {Help} from './screens/help.tsx';
import {Logs} from './screens/logs.tsx';
import {Plan} from './screens/plan.tsx';
import {Preflight} from './screens/preflight.tsx';
import {Removal} from './screens/removal.tsx';
import {Run} from './screens/run.tsx';
import {Verification} from './screens/verification.tsx';
import {Welcome} from './screens/welcome.tsx';
import {isFiltering} from './state/filter.ts';
import {isTyping, smallest, type Screen} from './state/store.ts';
import type {Wizard} from './wizard.ts';

const screens: Record<Screen, () => ReactNode> = {
	welcome: Welcome,
	answers: Answers,
	preflight: Preflight,
	plan: Plan,
	run: Run,
	failure: Failure,
	verification: Verification,
	dashboard: Dashboard,
	removal: Removal,
	logs: Logs,
	explanation: Explanation,
};

/** @param options of the command line, for the commands that sentences name */
export function App({wizard, options = {}}: {readonly wizard: Wizard; readonly options?: CommonOptions}): ReactNode {
	return (
		<WizardContext value={wizard}>
			<Current options={options} />
		</WizardContext>
	);
}

function Current({options}: {readonly options: CommonOptions}): ReactNode {
	const {state, wizard, say} = useWizard();
	const {screens: open, isHelpOpen, stopping, size, consent, filter} = state;
	const screen = open.at(-1)!;
	const isText = isTyping(state);
	const fits = size.columns >= smallest.columns && size.rows >= smallest.rows;
	useInput((input, key) => {
		if (key.ctrl && input === 'c') {
			wizard.interrupt();
		} else if (stopping === 'asked') {
			wizard.store.set({stopping: 'no'});
		} else if (!fits) {
			// Ignores keys, because the screen is hidden.
		} else if (input === '?' && !isText && !isHelpOpen) {
			wizard.store.set({isHelpOpen: true});
		} else if (key.escape && !isText && !isHelpOpen && !isFiltering(filter)) {
			wizard.navigation.escape();
		}
	});
	const Shown = screens[screen];
	const Cover = consent ? ConsentScreen : isHelpOpen ? Help : undefined;
	const isSeen = fits && !Cover;
	const sentence =
		stopping === 'no'
			? withCommandLines(say(uiMessages.tooSmall(size.columns, size.rows)), options)
			: say(uiMessages.stopping[stopping]);
	// The last column stays free, so a terminal with one shows nothing.
	const small = size.columns < 2 ? [] : wrap(sentence, size.columns - 1).slice(0, Math.max(1, size.rows - 1));
	// A covered screen stays mounted, so that it keeps its state.
	return (
		<>
			{!fits && <Text>{small.join('\n')}</Text>}
			<VisibilityContext value={isSeen}>
				<Box display={isSeen ? 'flex' : 'none'}>
					<Shown key={screen} />
				</Box>
			</VisibilityContext>
			{Cover && (
				<VisibilityContext value={fits}>
					<Box display={fits ? 'flex' : 'none'}>
						<Cover />
					</Box>
				</VisibilityContext>
			)}
		</>
	);
}

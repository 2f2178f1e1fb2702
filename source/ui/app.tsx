import type {ReactNode} from 'react';
import {Text, useInput} from 'ink';
import {uiMessages} from '../messages/ui.ts';
import {useWizard, WizardContext} from './components/context.tsx';
import {wrap} from './components/text.ts';
import {Answers} from './screens/answers.tsx';
import {Dashboard} from './screens/dashboard.tsx';
import {Failure} from './screens/failure.tsx';
import {Help} from './screens/help.tsx';
import {Plan} from './screens/plan.tsx';
import {Preflight} from './screens/preflight.tsx';
import {Removal} from './screens/removal.tsx';
import {Run} from './screens/run.tsx';
import {Verification} from './screens/verification.tsx';
import {Welcome} from './screens/welcome.tsx';
import type {Screen} from './state/store.ts';
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
};

export function App({wizard}: {readonly wizard: Wizard}): ReactNode {
	return <WizardContext value={wizard}><Current/></WizardContext>;
}

function Current(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {screens: open, isHelpOpen, stopping, size, log, isTyping} = state;
	const screen = open.at(-1)!;
	const isText = isTyping || log.typing !== undefined;
	useInput((input, key) => {
		if (key.ctrl && input === 'c') {
			wizard.interrupt();
		} else if (stopping === 'asked') {
			wizard.store.set({stopping: 'no'});
		} else if (input === '?' && !isText && !isHelpOpen) {
			wizard.store.set({isHelpOpen: true});
		} else if (key.escape && !isText && !isHelpOpen) {
			wizard.navigation.escape();
		}
	});
	if (size.columns < 80 || size.rows < 24) {
		return <Text>{wrap(say(uiMessages.tooSmall(size.columns, size.rows)), size.columns - 1).slice(0, size.rows - 1).join('\n')}</Text>;
	}

	const Shown = isHelpOpen ? Help : screens[screen];
	return <Shown key={isHelpOpen ? 'help' : screen}/>;
}

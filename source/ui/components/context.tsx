import {createContext, useContext, useSyncExternalStore} from 'react';
import {useInput} from 'ink';
import type {Text} from '../../languages/text.ts';
import {uiMessages} from '../../messages/screens.ts';
import {smallest, type State} from '../state/store.ts';
import type {Wizard} from '../wizard.ts';
import {cut, wrap} from './text.ts';

export const WizardContext = createContext<Wizard | undefined>(undefined);

/** Whether a screen is seen and gets keys; one that does not fit in the terminal is kept, unseen. */
export const SeenContext = createContext(true);

/** The state of the screens and what can be done from them. */
export function useWizard(): {state: State; wizard: Wizard; say: (text: Text) => string} {
	const wizard = useContext(WizardContext);
	if (!wizard) {
		throw new TypeError('There is no wizard around this screen');
	}

	const state = useSyncExternalStore(wizard.store.subscribe, wizard.store.get);
	return {state, wizard, say: text => text[state.language]};
}

/** Columns and rows between head and foot of a screen. A message of several lines takes rows from it. */
export function bodySize(state: State): {columns: number; rows: number} {
	const {size} = state;
	// A full last column makes some terminals wrap, a full last row makes them scroll. What does not fit is not seen.
	const columns = Math.max(size.columns, smallest.columns) - 1;
	return {columns, rows: Math.max(size.rows, smallest.rows) - 3 - footHeight(state, columns)};
}

/** Rows of a message and the keys below it. A question whether to stop has its own keys. */
export function footHeight(state: State, columns: number): number {
	return messageLines(state, columns).length + (state.stopping === 'no' ? 1 : 0);
}

/** Lines of the longest message that the foot of a screen shows; what is longer is in the log. */
const longestMessage = 5;

/** The message above the keys; empty when there is none. */
export function messageLines({stopping, notice, language}: State, columns: number): string[] {
	const sentence = stopping === 'no' ? notice : uiMessages.stopping[stopping][language];
	const lines = sentence === undefined ? [] : wrap(sentence, columns);
	return lines.length <= longestMessage ? lines : [...lines.slice(0, longestMessage - 1), cut(lines.slice(longestMessage - 1).join(' '), columns)];
}

/** The keys of a screen. While the wizard asks whether to stop, they are the answer to that. */
export function useKeys(handler: Parameters<typeof useInput>[0]): void {
	const {state} = useWizard();
	const isSeen = useContext(SeenContext);
	useInput(handler, {isActive: isSeen && state.stopping === 'no'});
}

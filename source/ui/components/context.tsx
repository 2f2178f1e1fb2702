import {createContext, useContext, useSyncExternalStore} from 'react';
import {useInput} from 'ink';
import type {Text} from '../../languages/text.ts';
import {uiMessages} from '../../messages/screens.ts';
import {smallest, type State} from '../state/store.ts';
import type {Wizard} from '../wizard.ts';
import {cut, wrap} from './text.ts';

export const WizardContext = createContext<Wizard | undefined>(undefined);

/** Whether a screen is visible and gets keys. A hidden one (covered, or too large for the terminal) stays mounted. */
export const VisibilityContext = createContext(true);

/** The shared state, the wizard, and a function that returns a text in the current language. */
export function useWizard(): {state: State; wizard: Wizard; say: (text: Text) => string} {
	const wizard = useContext(WizardContext);
	if (!wizard) {
		throw new TypeError('There is no wizard around this screen');
	}

	const state = useSyncExternalStore(wizard.store.subscribe, wizard.store.get);
	return {state, wizard, say: text => text[state.language]};
}

/** Columns and rows between the head and the foot of a screen. A message of several lines makes the foot higher. */
export function bodySize(state: State): {columns: number; rows: number} {
	const {size} = state;
	// Leaves the last column and row free: a full last column makes some terminals wrap, a full last row makes them scroll.
	const columns = Math.max(size.columns, smallest.columns) - 1;
	return {columns, rows: Math.max(size.rows, smallest.rows) - 3 - footHeight(state, columns)};
}

/** Rows of the message and the key hints below it. The question whether to stop names its own keys, without hints. */
export function footHeight(state: State, columns: number): number {
	return messageLines(state, columns).length + (state.stopping === 'no' ? 1 : 0);
}

/** Most lines of a message in the foot; the last line of a longer message is cut. */
const longestMessage = 5;

/** Lines of the message above the key hints; empty if there is no message. */
export function messageLines({stopping, notice, language}: State, columns: number): string[] {
	const sentence = stopping === 'no' ? notice : uiMessages.stopping[stopping][language];
	const lines = sentence === undefined ? [] : wrap(sentence, columns);
	return lines.length <= longestMessage
		? lines
		: [...lines.slice(0, longestMessage - 1), cut(lines.slice(longestMessage - 1).join(' '), columns)];
}

/** Handles the keys of a screen while it is visible and the wizard does not ask whether to stop. */
export function useKeys(handler: Parameters<typeof useInput>[0]): void {
	const {state} = useWizard();
	const isSeen = useContext(VisibilityContext);
	useInput(handler, {isActive: isSeen && state.stopping === 'no'});
}

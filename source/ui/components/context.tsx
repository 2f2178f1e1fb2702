import {createContext, useContext, useSyncExternalStore} from 'react';
import {useInput} from 'ink';
import type {Text} from '../../messages/text.ts';
import {smallest, type State} from '../state/store.ts';
import type {Wizard} from '../wizard.ts';

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

/** Columns and rows between head and foot of a screen. */
export function bodySize({size}: State): {columns: number; rows: number} {
	// A full last column makes some terminals wrap, a full last row makes them scroll. What does not fit is not seen.
	return {columns: Math.max(size.columns, smallest.columns) - 1, rows: Math.max(size.rows, smallest.rows) - 4};
}

/** The keys of a screen. While the wizard asks whether to stop, they are the answer to that. */
export function useKeys(handler: Parameters<typeof useInput>[0]): void {
	const {state} = useWizard();
	const isSeen = useContext(SeenContext);
	useInput(handler, {isActive: isSeen && state.stopping === 'no'});
}

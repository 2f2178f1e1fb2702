import {noFilter} from './state/filter.ts';
import {hasPanel, panelCommands} from './state/panel.ts';
import type {Screen, Store} from './state/store.ts';
import type {JobRunner} from './job-runner.ts';

/** Discards typed text; applied whenever the screen changes. */
const nothingTyped = {filter: noFilter, form: {}, consent: undefined};

/** Navigation between screens. `screens` in the store is the history; its last one is shown. */
export class Navigation {
	readonly #store: Store;
	readonly #work: () => JobRunner;

	constructor(store: Store, work: () => JobRunner) {
		this.#store = store;
		this.#work = work;
	}

	/** Opens a screen, or goes back to it if it is in the history. */
	go(screen: Screen): void {
		const {screens} = this.#store.get();
		const known = screens.indexOf(screen);
		this.#store.set({
			screens: known === -1 ? [...screens, screen] : screens.slice(0, known + 1),
			notice: undefined,
			explanationTop: 0,
			...nothingTyped,
		});
	}

	/** Esc closes a message or a finished panel; otherwise it goes back a screen, unless this one shows a running job. */
	escape(): void {
		const {screens, job, notice} = this.#store.get();
		if (notice !== undefined) {
			this.#store.set({notice: undefined});
			return;
		}

		if (screens.at(-1) === 'dashboard' && hasPanel(job)) {
			this.#work().forget(...panelCommands);
			return;
		}

		const isShown = ['preflight', 'run', 'verification', 'removal'].includes(screens.at(-1)!);
		// Does not wait for a dry run: the plan screen stops it when the user leaves.
		if (!(this.#work().isGoingOn && isShown && job?.command !== 'plan') && screens.length > 1) {
			this.#store.set({screens: screens.slice(0, -1), notice: undefined, trouble: undefined, ...nothingTyped});
		}
	}

	/** Replaces the history with the welcome screen, followed by `screens`. */
	home(...screens: Screen[]): void {
		this.#store.set({
			isStartingOver: false,
			screens: ['welcome', ...screens],
			notice: undefined,
			trouble: undefined,
			...nothingTyped,
		});
	}
}

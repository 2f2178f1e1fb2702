import {noFilter} from './state/filter.ts';
import {hasPanel, panelCommands} from './state/panel.ts';
import type {Screen, Store} from './state/store.ts';
import type {Work} from './work.ts';

/** Typed text belongs to its screen and goes with it. */
const nothingTyped = {filter: noFilter, form: {}, consent: undefined};

/** Going from screen to screen; the store has the way that was taken. */
export class Navigation {
	readonly #store: Store;
	readonly #work: () => Work;

	constructor(store: Store, work: () => Work) {
		this.#store = store;
		this.#work = work;
	}

	/** To a screen; to one that was passed already, by going back to it. */
	go(screen: Screen): void {
		const {screens} = this.#store.get();
		const known = screens.indexOf(screen);
		this.#store.set({screens: known === -1 ? [...screens, screen] : screens.slice(0, known + 1), notice: undefined, explanationTop: 0, ...nothingTyped});
	}

	/** Esc: closes a message; without one to the screen before, unless this one shows work that is going on. */
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
		// The dry run ends by itself, a moment after its screen was left.
		if (!(this.#work().isGoingOn && isShown && job?.command !== 'plan') && screens.length > 1) {
			this.#store.set({screens: screens.slice(0, -1), notice: undefined, trouble: undefined, ...nothingTyped});
		}
	}

	/** From the first screen on, with nothing behind. */
	home(...screens: Screen[]): void {
		this.#store.set({isStartingOver: false, screens: ['welcome', ...screens], notice: undefined, trouble: undefined, ...nothingTyped});
	}
}

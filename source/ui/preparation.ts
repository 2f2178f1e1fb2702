import type {Backend} from '../commands/wizard-backend.ts';
import {beginMessages} from '../messages/begin.ts';
import {sentenceOf} from './sentence-of.ts';
import type {Store} from './state/store.ts';

export interface PreparationOptions {
	readonly store: Store;
	readonly backend: () => Backend;
	/** The answers are others now: what follows from them is read anew. */
	readonly onChange: () => Promise<void>;
}

/** What is done before anything is built: the answers, and whether the host can carry them. */
export class Preparation {
	readonly #options: PreparationOptions;

	constructor(options: PreparationOptions) {
		this.#options = options;
	}

	/** Looks at the host, check by check. */
	async checkHost(signal: AbortSignal): Promise<void> {
		const {store, backend} = this.#options;
		store.set({checks: {rows: [], isOver: false}, trouble: undefined});
		try {
			await backend().checkHost(check => {
				if (!signal.aborted) {
					store.set({checks: {rows: [...store.get().checks.rows, check], isOver: false}});
				}
			}, signal);
			if (!signal.aborted) {
				store.set({checks: {...store.get().checks, isOver: true}});
			}
		} catch (error) {
			if (!signal.aborted) {
				store.set({trouble: sentenceOf(error, store.get().language)});
			}
		}
	}

	async readFields(): Promise<void> {
		const {store, backend} = this.#options;
		try {
			store.set({fields: await backend().fields()});
		} catch (error) {
			store.set({notice: sentenceOf(error, store.get().language)});
		}
	}

	/** Takes a change in; the list of answers is then as it follows from it. What else follows is read meanwhile. */
	async change(path: readonly string[], value: string | undefined): Promise<void> {
		const {store, backend, onChange} = this.#options;
		try {
			await backend().change(path, value);
			store.set({trouble: undefined});
			await this.readFields();
			void onChange();
		} catch (error) {
			store.set({notice: sentenceOf(error, store.get().language)});
		}
	}

	/** Saves the answers in a new file, and says so. Returns why that cannot be. */
	async saveAnswers(file: string): Promise<string | undefined> {
		const {store, backend} = this.#options;
		const {language} = store.get();
		try {
			store.set({notice: beginMessages.answers.saved(await backend().saveAnswers(file))[language]});
			return undefined;
		} catch (error) {
			return sentenceOf(error, store.get().language);
		}
	}
}

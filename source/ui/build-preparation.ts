import type {Backend} from '../wizard/backend.ts';
import {beginMessages} from '../messages/begin.ts';
import {errorMessage} from './error-message.ts';
import type {Store} from './state/store.ts';

export interface PreparationOptions {
	readonly store: Store;
	readonly backend: () => Backend;
	/** Is called after an answer has changed; reloads the overview that follows from the answers. */
	readonly onChange: () => Promise<void>;
}

/** Prepares a build: edits the answers and checks the host. */
export class BuildPreparation {
	readonly #options: PreparationOptions;

	constructor(options: PreparationOptions) {
		this.#options = options;
	}

	/** Runs the host checks and stores each result as it arrives. Results after an abort are ignored. */
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
				store.set({trouble: errorMessage(error, store.get().language)});
			}
		}
	}

	async readFields(): Promise<void> {
		const {store, backend} = this.#options;
		try {
			store.set({fields: await backend().fields()});
		} catch (error) {
			store.set({notice: errorMessage(error, store.get().language)});
		}
	}

	/** Changes an answer and reloads the fields; undefined restores the default. Does not wait for `onChange`. */
	async change(path: readonly string[], value: string | undefined): Promise<void> {
		const {store, backend, onChange} = this.#options;
		try {
			await backend().change(path, value);
			store.set({trouble: undefined});
			await this.readFields();
			void onChange();
		} catch (error) {
			store.set({notice: errorMessage(error, store.get().language)});
		}
	}

	/** Saves the answers in a new file and shows a notice. On failure returns the reason. */
	async saveAnswers(file: string): Promise<string | undefined> {
		const {store, backend} = this.#options;
		const {language} = store.get();
		try {
			store.set({notice: beginMessages.answers.saved(await backend().saveAnswers(file))[language]});
			return undefined;
		} catch (error) {
			return errorMessage(error, store.get().language);
		}
	}
}

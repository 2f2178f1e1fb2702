import type {AnswerField, Backend} from '../wizard/backend.ts';
import {errorMessage} from './error-message.ts';
import type {Navigation} from './navigation.ts';
import type {BuildPreparation} from './build-preparation.ts';
import {currentRow, dottedKey, moved, shownFields, type Editing} from './state/form.ts';
import type {Store} from './state/store.ts';
import {fieldWith, applyKey, type FieldKey} from './state/text-field.ts';
import type {Text} from '../languages/text.ts';

/**
 * Handles the keys of the answers screen. Applying a change is asynchronous and may alter the rows of the list. So keys
 * are queued, and each is handled only after the one before has taken effect: it acts on the row that the user saw.
 */
export class AnswersForm {
	readonly #store: Store;
	readonly #backend: () => Backend;
	readonly #preparation: BuildPreparation;
	readonly #navigation: Navigation;
	#queue: Promise<void> = Promise.resolve();

	constructor(store: Store, backend: () => Backend, preparation: BuildPreparation, navigation: Navigation) {
		this.#store = store;
		this.#backend = backend;
		this.#preparation = preparation;
		this.#navigation = navigation;
	}

	/** @param page number of visible rows, the distance of PageUp and PageDown */
	press(input: string, key: FieldKey, page: number): Promise<void> {
		this.#queue = this.#queue
			.then(async () => {
				// Drops keys that were still queued when the user left the screen.
				if (this.#store.get().screens.at(-1) === 'answers') {
					await this.#take(input, key, page);
				}
			})
			.catch((error: unknown) => {
				this.#store.set({notice: errorMessage(error, this.#store.get().language)});
			});
		return this.#queue;
	}

	/** Opens the answers with the cursor on the first key that `reasons` name, else on the first one with a problem. */
	async openRefused(reasons: readonly string[]): Promise<void> {
		await this.#preparation.readFields();
		const {fields} = this.#store.get();
		const words = new Set(reasons.join(' ').match(/[\w.-]*\w/g));
		const refused =
			fields.find(field => !field.isGroup && words.has(dottedKey(field))) ?? fields.find(({problem}) => problem);
		this.#navigation.go('answers');
		if (refused) {
			this.#put(refused);
		}
	}

	async #take(input: string, key: FieldKey, page: number): Promise<void> {
		const {form} = this.#store.get();
		if (form.editing) {
			await this.#edit(form.editing, input, key);
		} else if (form.saving) {
			await this.#save(form.saving.field, input, key);
		} else {
			await this.#command(input, key, page);
		}
	}

	async #command(input: string, key: FieldKey, page: number): Promise<void> {
		const field = this.#field();
		const by = key.home
			? -Infinity
			: key.end
				? Infinity
				: key.upArrow
					? -1
					: key.downArrow
						? 1
						: key.pageUp
							? -page
							: key.pageDown
								? page
								: 0;
		if (by !== 0) {
			this.#move(by);
		} else if (input === 's') {
			this.#set({saving: {field: fieldWith(this.#store.get().savedAs ?? 'cluster.yaml')}, editing: undefined});
		} else if (field && key.return) {
			this.#put(field);
			this.#set({editing: {path: field.path, field: fieldWith(field.value)}});
		} else if (field?.isChosen && input === 'x') {
			this.#put(field);
			await this.#preparation.change(field.path, undefined);
		}
	}

	async #edit(editing: Editing, input: string, key: FieldKey): Promise<void> {
		const values = this.#options(editing);
		if (key.escape) {
			this.#set({editing: undefined});
		} else if (key.return) {
			await this.#accept(editing);
		} else if ((key.leftArrow || key.rightArrow) && values.length > 0) {
			const next = values.indexOf(editing.field.text) + (key.leftArrow ? values.length - 1 : 1);
			await this.#type({...editing, field: fieldWith(values[next % values.length]!)});
		} else {
			await this.#type({...editing, field: applyKey(editing.field, input, key)});
		}
	}

	/** Shows the typed text at once, and its problem as soon as the backend has checked it. */
	async #type(editing: Editing): Promise<void> {
		const {path, field} = editing;
		this.#set({editing});
		const problem = await this.#backend().problemWith(path, field.text);
		this.#set({editing: {path, field, ...(problem && {problem})}});
	}

	/** Checks once more: a folder may have been made since the value was typed. */
	async #accept({path, field}: Editing): Promise<void> {
		const {text} = field;
		const known = this.#store.get().fields.find(known => dottedKey(known) === path.join('.'));
		const isSame = known?.value === text;
		// A default that the user leaves as it is becomes no choice, and may be empty.
		const problem = isSame && !known.isChosen ? undefined : await this.#backend().problemWith(path, text);
		if (problem) {
			this.#set({editing: {path, field, problem}});
			return;
		}

		await (isSame ? this.#preparation.readFields() : this.#preparation.change(path, text));

		this.#set({editing: undefined});
	}

	/** Saves the answers. An existing file is never overwritten: the prompt stays, with the reason, for another name. */
	async #save(field: {text: string; cursor: number}, input: string, key: FieldKey): Promise<void> {
		if (key.escape) {
			this.#set({saving: undefined});
		} else if (!key.return) {
			this.#set({saving: {field: applyKey(field, input, key)}});
		} else if (field.text.trim() !== '') {
			const problem = await this.#preparation.saveAnswers(field.text);
			this.#set({saving: problem === undefined ? undefined : {field, problem}});
			if (problem === undefined) {
				this.#store.set({savedAs: field.text});
			}
		}
	}

	#move(by: number): void {
		const rows = this.#rows();
		const row = moved(rows, currentRow(rows, this.#store.get().form), by);
		const field = rows[row];
		if (field) {
			this.#set({current: dottedKey(field), row});
		}
	}

	/** Stores the cursor's key and row, because the list may change. */
	#put(field: AnswerField): void {
		this.#set({current: dottedKey(field), row: currentRow(this.#rows(), this.#store.get().form)});
	}

	#field(): AnswerField | undefined {
		const rows = this.#rows();
		return rows[currentRow(rows, this.#store.get().form)];
	}

	#rows(): readonly AnswerField[] {
		const {fields, filter, language} = this.#store.get();
		return shownFields(fields, filter.field.text, (text: Text) => text[language]);
	}

	#options({path}: Editing): readonly string[] {
		return (
			this.#store
				.get()
				.fields.find(field => dottedKey(field) === path.join('.'))
				?.options?.map(({value}) => value) ?? []
		);
	}

	#set(change: Partial<ReturnType<Store['get']>['form']>): void {
		this.#store.set({form: {...this.#store.get().form, ...change}});
	}
}

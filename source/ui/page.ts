import type {Backend, Job} from '../commands/wizard-backend.ts';
import {sessionMessages} from '../commands/messages.ts';
import {sentenceOf} from './sentence-of.ts';
import {jsonIn} from '../text/json.ts';
import type {Store} from './state/store.ts';

/** The page in the user's browser: `open` runs for as long as it is forwarded. */
export class Page {
	readonly #store: Store;
	readonly #backend: () => Backend;
	#job: Job | undefined;

	constructor(store: Store, backend: () => Backend) {
		this.#store = store;
		this.#backend = backend;
	}

	/** Opens it, or ends the forwarding. */
	async toggle(): Promise<void> {
		if (this.#job) {
			this.#job.stop();
			return;
		}

		let said = '';
		const job = this.#backend().start('open', [], {onEvent() {}, onQuestion() {}, onText: line => {
			const url = line.startsWith('{') ? (jsonIn(line) as {url?: string} | undefined)?.url : undefined;
			said = line;
			if (url !== undefined) {
				this.#store.set({page: url, notice: undefined});
				this.#backend().browse(url);
			}
		}});
		this.#job = job;
		const code = await job.ended.catch((error: unknown) => {
			said = sentenceOf(error, this.#store.get().language);
			return 1;
		});
		this.#job = undefined;
		const {overview, page, language} = this.#store.get();
		// Outside a sandbox nothing is forwarded and the command ends at once; the address is all that one gets without a browser.
		const isDirect = code === 0 && overview?.sandbox === false && page !== undefined;
		this.#store.set({page: undefined, ...(isDirect ? {notice: sessionMessages.openDirect(page)[language]} : code !== 0 && code !== 130 && {notice: said})});
	}

	close(): void {
		this.#job?.stop();
	}
}

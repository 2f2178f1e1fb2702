import type {Backend, Job} from '../wizard/backend.ts';
import {sessionMessages} from '../session/messages.ts';
import {errorMessage} from './error-message.ts';
import {jsonIn} from '../text/json.ts';
import type {Store} from './state/store.ts';

/** Opens the cluster's page in the user's browser. The `open` command runs as long as it forwards the page. */
export class PageForwarding {
	readonly #store: Store;
	readonly #backend: () => Backend;
	#job: Job | undefined;

	constructor(store: Store, backend: () => Backend) {
		this.#store = store;
		this.#backend = backend;
	}

	/** Opens the page, or stops forwarding it. */
	async toggle(): Promise<void> {
		if (this.#job) {
			this.#job.stop();
			return;
		}

		let said = '';
		const job = this.#backend().start('open', [], {
			onEvent() {},
			onQuestion() {},
			onText: line => {
				const url = line.startsWith('{') ? (jsonIn(line) as {url?: string} | undefined)?.url : undefined;
				said = line;
				if (url !== undefined) {
					this.#store.set({page: url, notice: undefined});
					this.#backend().browse(url);
				}
			},
		});
		this.#job = job;
		const code = await job.ended.catch((error: unknown) => {
			said = errorMessage(error, this.#store.get().language);
			return 1;
		});
		this.#job = undefined;
		const {overview, page, language} = this.#store.get();
		// Outside a sandbox `open` forwards nothing and ends at once. The notice shows the address, in case no browser opens.
		const isDirect = code === 0 && overview?.sandbox === false && page !== undefined;
		this.#store.set({
			page: undefined,
			...(isDirect
				? {notice: sessionMessages.openDirect(page)[language]}
				: code !== 0 && code !== 130 && {notice: said}),
		});
	}

	close(): void {
		this.#job?.stop();
	}
}

import type {Backend} from '../commands/wizard-backend.ts';
import type {Store} from './state/store.ts';

/** How many of the newest requests are kept. */
const newest = 12;

/** What is looked at again and again, for as long as a screen shows it. */
export class Watches {
	readonly #store: Store;
	readonly #backend: () => Backend;
	readonly #clock: () => number;
	readonly #onFailed: () => Promise<void>;
	#ends: Array<() => void> = [];

	/** @param onFailed reads anew what is known of the cluster */
	constructor(store: Store, backend: () => Backend, clock: () => number, onFailed: () => Promise<void>) {
		this.#store = store;
		this.#backend = backend;
		this.#clock = clock;
		this.#onFailed = onFailed;
	}

	/** Nodes and machines as they are, and what a client gets. */
	cluster(): void {
		this.end();
		// An earlier look is not the present.
		this.#store.set({requests: [], status: {rows: []}});
		// Ages are shown.
		const ticker = setInterval(() => {
			this.#store.soon();
		}, 1000);
		this.#ends = [
			this.#backend().watchStatus(rows => {
				this.#store.set({status: {rows, at: this.#clock()}});
			}, reason => {
				const {status} = this.#store.get();
				this.#store.set({status: {...status, failed: {at: this.#clock(), reason}}});
				void this.#onFailed();
			}),
			() => {
				clearInterval(ticker);
			},
			this.#watchMachines(),
			this.#backend().watchRequests(request => {
				this.#store.set({requests: [...this.#store.get().requests, request].slice(-newest)});
			}),
		];
	}

	machines(): void {
		this.end();
		this.#ends = [this.#watchMachines()];
	}

	end(): void {
		for (const end of this.#ends) {
			end();
		}

		this.#ends = [];
	}

	#watchMachines(): () => void {
		return this.#backend().watchMachines(machines => {
			this.#store.set({machines});
		});
	}
}

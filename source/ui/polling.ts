import type {Backend} from '../wizard/backend.ts';
import type {Store} from './state/store.ts';

/** Number of newest requests to keep. */
const newest = 12;

/** Polls that run while a screen shows their result. */
export class Polling {
	readonly #store: Store;
	readonly #backend: () => Backend;
	readonly #clock: () => number;
	readonly #onFailed: () => Promise<void>;
	#ends: Array<() => void> = [];

	/** @param onFailed is called when the status poll fails; reloads the overview */
	constructor(store: Store, backend: () => Backend, clock: () => number, onFailed: () => Promise<void>) {
		this.#store = store;
		this.#backend = backend;
		this.#clock = clock;
		this.#onFailed = onFailed;
	}

	/** Polls the status of the nodes, the states of their VMs, and the page as a client. */
	cluster(): void {
		this.end();
		const {status: last, overview} = this.#store.get();
		const asking = this.#clock();
		this.#store.set({
			requests: [],
			status:
				last.at !== undefined && last.cluster === overview?.name
					? {rows: last.rows, at: last.at, cluster: last.cluster, asking}
					: {rows: [], asking},
		});
		// Ages are shown.
		const ticker = setInterval(() => {
			this.#store.soon();
		}, 1000);
		this.#ends = [
			this.#backend().watchStatus(
				rows => {
					this.#store.set({status: {rows, at: this.#clock(), cluster: this.#store.get().overview?.name}});
				},
				reason => {
					const {asking: _, ...status} = this.#store.get().status;
					this.#store.set({status: {...status, failed: {at: this.#clock(), reason}}});
					void this.#onFailed();
				},
			),
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

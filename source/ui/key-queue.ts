import {EventEmitter} from 'node:events';

/**
 * Turns of the event loop that React may take for what follows from a key: it renders in slices of 5 ms, a slice a turn,
 * and connects the components with the keys again in another. Idle turns cost nothing.
 */
const turns = 24;

/**
 * Standard input as Ink sees it: one key at a time, each when the screen has taken in the one before. A component
 * learns of a change only in the next turn, so that of two keys in one chunk (a key held down, a slow line) the second
 * would be taken for one pressed on the screen before.
 */
export class KeyQueue extends EventEmitter {
	readonly isTTY = true;
	readonly #keys: Array<() => string | undefined> = [];
	#current: string | null = null;
	#isBusy = false;

	/** @param key gives the key when its turn comes, or nothing if the screen that is shown then does not take it */
	push(key: () => string | undefined): void {
		this.#keys.push(key);
		if (!this.#isBusy) {
			this.#next();
		}
	}

	/** Keys that nobody has seen yet are of no use to the next screen. */
	clear(): void {
		this.#keys.length = 0;
	}

	read(): string | null {
		const key = this.#current;
		this.#current = null;
		return key;
	}

	// The terminal sets raw mode itself, once.
	setRawMode(): this {
		return this;
	}

	setEncoding(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	#next(): void {
		let key: string | undefined;
		while (key === undefined && this.#keys.length > 0) {
			key = this.#keys.shift()!();
		}

		this.#isBusy = key !== undefined;
		if (key !== undefined) {
			this.#current = key;
			this.emit('readable');
			this.#wait(turns);
		}
	}

	#wait(left: number): void {
		setImmediate(() => {
			if (left > 0) {
				this.#wait(left - 1);
			} else {
				this.#next();
			}
		});
	}
}

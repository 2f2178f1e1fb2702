import {EventEmitter} from 'node:events';

/**
 * Turns of the event loop to wait after each key. React renders in slices of 5 ms, one slice a turn, and subscribes the
 * components to the keys again in a later turn. Idle turns cost nothing.
 */
const turns = 24;

/**
 * The standard input that Ink reads. Delivers one key at a time and gives React the time to render in between: a component
 * sees a change of state only in the next turn, so without the queue the second of two keys in one chunk (key repeat, a
 * slow line) would act on the screen before.
 */
export class KeyQueue extends EventEmitter {
	readonly isTTY = true;
	readonly #keys: Array<() => string | undefined> = [];
	#current: string | null = null;
	#isBusy = false;

	/** @param key is called when the key's turn comes; returns undefined if the current screen does not accept the key */
	push(key: () => string | undefined): void {
		this.#keys.push(key);
		if (!this.#isBusy) {
			this.#next();
		}
	}

	/** Drops all keys that are still waiting. */
	clear(): void {
		this.#keys.length = 0;
	}

	read(): string | null {
		const key = this.#current;
		this.#current = null;
		return key;
	}

	// Terminal and Keyboard set raw mode on the real input.
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

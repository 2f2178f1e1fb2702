import {InputDecoder, type Input} from './input-decoder.ts';
import {KeyQueue} from './key-queue.ts';

export interface KeyboardOptions {
	/** Whether the screen that is shown takes text; pasted text is dropped otherwise. */
	readonly takesText: () => boolean;
	/** Ctrl-L. */
	readonly onRedraw: () => void;
	/** Ctrl-Z. */
	readonly onStop: () => void;
}

/** Milliseconds after which a lone ESC is the key, and not the beginning of a sequence; vim's ttimeoutlen is 100. */
const escapeTime = 50;

/** From the terminal's bytes to the keys that Ink reads from `queue`. */
export class Keyboard {
	readonly queue = new KeyQueue();
	readonly #options: KeyboardOptions;
	readonly #input: NodeJS.ReadStream;
	readonly #decoder = new InputDecoder();
	#escaping: NodeJS.Timeout | undefined;

	constructor(input: NodeJS.ReadStream, options: KeyboardOptions) {
		this.#input = input;
		this.#options = options;
	}

	/** Raw mode, and keys from now on. May be called again, to assert the mode. */
	start(): void {
		// Node does nothing where it believes the mode to be set already; another program may have changed it.
		this.#input.setRawMode(false);
		this.#input.setRawMode(true);
		this.#input.off('data', this.#pressed).on('data', this.#pressed).resume();
	}

	/** The mode as it was. Keys that nobody has seen yet are forgotten. */
	stop(): void {
		this.#input.off('data', this.#pressed);
		clearTimeout(this.#escaping);
		this.queue.clear();
		this.#input.setRawMode(false);
		this.#input.pause();
	}

	readonly #pressed = (text: string): void => {
		clearTimeout(this.#escaping);
		this.#take(this.#decoder.push(text));
		if (this.#decoder.isUnfinished) {
			this.#escaping = setTimeout(() => {
				this.#take(this.#decoder.flush());
			}, escapeTime);
		}
	};

	#take(inputs: readonly Input[]): void {
		const {takesText, onRedraw, onStop} = this.#options;
		for (const input of inputs) {
			if ('paste' in input) {
				// Whether the screen takes it is known when its turn comes.
				this.queue.push(() => input.paste !== '' && takesText() ? input.paste : undefined);
			} else if (input.key === '\u000C') {
				onRedraw();
			} else if (input.key === '\u001A') {
				onStop();
			} else {
				this.queue.push(() => input.key);
			}
		}
	}
}

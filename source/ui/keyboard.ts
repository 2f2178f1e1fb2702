import {InputDecoder, type Input} from './input-decoder.ts';
import {KeyQueue} from './key-queue.ts';

export interface KeyboardOptions {
	/** Whether the current screen accepts text; otherwise pasted text is dropped. */
	readonly takesText: () => boolean;
	/** Is called on Ctrl-L. */
	readonly onRedraw: () => void;
	/** Is called on Ctrl-Z. */
	readonly onStop: () => void;
}

/** Milliseconds after which a lone ESC is the Esc key, not the beginning of a sequence; vim's ttimeoutlen is 100. */
const escapeTime = 50;

/** Decodes the terminal's input into keys, which Ink reads from `queue`. */
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

	/** Sets raw mode and starts reading keys. May be called again to restore the mode. */
	start(): void {
		// Off, then on: Node skips a call for the mode that it believes to be set, but another program may have changed it.
		this.#input.setRawMode(false);
		this.#input.setRawMode(true);
		this.#input.off('data', this.#pressed).on('data', this.#pressed).resume();
	}

	/** Ends raw mode, stops reading, and drops the waiting keys. */
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
				// Decided when the paste's turn comes: keys before it may change the screen.
				this.queue.push(() => (input.paste !== '' && takesText() ? input.paste : undefined));
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

import type {ReactNode} from 'react';
import type {render} from 'ink';
import {KeyQueue} from './key-queue.ts';
import {loadInk} from './load-ink.ts';
import {Painter} from './painter.ts';
import {toAscii, withoutColor} from './plain-terminal.ts';

/** What this terminal can do. */
export interface Abilities {
	readonly color: boolean;
	readonly unicode: boolean;
	readonly screenReader: boolean;
}

export interface TerminalOptions {
	readonly abilities: Abilities;
	readonly stdin?: NodeJS.ReadStream;
	readonly stdout?: NodeJS.WriteStream;
	readonly onResize: (size: {columns: number; rows: number}) => void;
}

const enterScreen = '\u001B[?1049h\u001B[2J\u001B[H\u001B[?25l';
const leaveScreen = '\u001B[?25h\u001B[?1049l';

/** Milliseconds: a window that is being dragged changes its size many times a second. */
const settleTime = 40;

/** All that touches the terminal, and the only place that knows Ink's renderer: a newer Ink changes this file alone. */
export class Terminal {
	readonly #options: TerminalOptions;
	readonly #input: NodeJS.ReadStream;
	readonly #output: NodeJS.WriteStream;
	readonly #keys = new KeyQueue();
	#unmount: (() => void) | undefined;
	#make: (() => ReactNode) | undefined;
	#isOpen = false;
	#resizing: NodeJS.Timeout | undefined;
	#render: typeof render | undefined;
	readonly #painter = new Painter(text => {
		this.#show(text);
	});

	constructor(options: TerminalOptions) {
		this.#options = options;
		this.#input = options.stdin ?? process.stdin;
		this.#output = options.stdout ?? process.stdout;
	}

	get size(): {columns: number; rows: number} {
		return {columns: this.#output.columns || 80, rows: this.#output.rows || 24};
	}

	/** Shows what `make` gives until `close`. */
	async open(make: () => ReactNode): Promise<void> {
		this.#make = make;
		// Keys pressed before the first frame must not be echoed into it.
		this.#input.setRawMode(true);
		this.#render = await loadInk();
		this.#input.setEncoding('utf8');
		// A terminal that is gone is said by a signal; reading from it must not be an error of ours.
		this.#input.on('error', () => {});
		process.on('exit', this.close);
		this.#output.on('resize', this.#resized);
		// Writing to a terminal that is gone must not be an error of ours.
		this.#output.on('error', () => {});
		this.#enter();
	}

	/** Gives the terminal back as it was: normal buffer, cursor, echo. May be called any number of times. */
	readonly close = (): void => {
		if (!this.#isOpen) {
			return;
		}

		this.#leave();
		this.#unmount?.();
		clearTimeout(this.#resizing);
		this.#output.off('resize', this.#resized);
		process.off('exit', this.close);
	};

	/** The screen goes on meanwhile, unseen: what was chosen on it is chosen still. Read aloud it begins anew. */
	async suspend(work: () => Promise<void>): Promise<void> {
		this.#leave();
		if (this.#options.abilities.screenReader) {
			this.#unmount?.();
			this.#unmount = undefined;
		}

		try {
			await work();
		} finally {
			this.#options.onResize(this.size);
			this.#enter();
		}
	}

	#enter(): void {
		this.#isOpen = true;
		this.#input.setRawMode(true);
		this.#input.on('data', this.#pressed).resume();
		this.#write(this.#options.abilities.screenReader ? '' : enterScreen);
		if (this.#unmount) {
			this.#painter.repaint();
		} else {
			this.#mount();
		}
	}

	#leave(): void {
		this.#isOpen = false;
		this.#input.off('data', this.#pressed);
		this.#keys.clear();
		try {
			this.#write(this.#options.abilities.screenReader ? '\n' : leaveScreen);
			this.#input.setRawMode(false);
			this.#input.pause();
		} catch {
			// The terminal is gone; there is nothing to give back.
		}
	}

	/**
	 * Ink is asked for whole frames (`debug`) and draws none itself: its own incremental drawing (6.8) begins one row too
	 * low unless a frame fills the screen, and a frame that does makes it clear everything each time.
	 */
	#mount(): void {
		const {screenReader} = this.#options.abilities;
		const {unmount} = this.#render!(this.#make!(), {
			stdin: this.#keys as unknown as NodeJS.ReadStream,
			stdout: this.#filtered(),
			exitOnCtrlC: false,
			patchConsole: false,
			debug: !screenReader,
			isScreenReaderEnabled: screenReader,
		});
		this.#unmount = unmount;
	}

	/** A terminal may show anything while its size changes: everything is written anew, once it has settled. */
	readonly #resized = (): void => {
		clearTimeout(this.#resizing);
		this.#resizing = setTimeout(() => {
			if (!this.#isOpen) {
				return;
			}

			this.#options.onResize(this.size);
			if (!this.#options.abilities.screenReader) {
				this.#write('\u001B[2J\u001B[H\u001B[?25l');
				this.#painter.repaint();
			}
		}, settleTime);
	};

	readonly #pressed = (text: string): void => {
		this.#keys.push(text);
	};

	/** Not while another program has the terminal, or the user has it back. */
	#show(text: string): void {
		if (this.#isOpen) {
			this.#write(text);
		}
	}

	#write(text: string): void {
		if (text !== '' && !this.#output.destroyed) {
			this.#output.write(text);
		}
	}

	/** The output as Ink sees it. Its own look at the size and its cursor are not needed. */
	#filtered(): NodeJS.WriteStream {
		const {screenReader} = this.#options.abilities;
		const output = this.#output;
		const write = (text: string, done?: () => void) => {
			if (screenReader) {
				this.#show(this.#plain(text));
			} else if (text !== '' && !/^\u001B\[\?25[hl]$/.test(text)) {
				this.#painter.paint(this.#plain(text));
			}

			done?.();
			return true;
		};

		return Object.create(output, {write: {value: write}, on: {value: () => output}, off: {value: () => output}}) as NodeJS.WriteStream;
	}

	/** What this terminal cannot show is put into what it can. */
	#plain(text: string): string {
		const {color, unicode} = this.#options.abilities;
		const shown = color ? text : withoutColor(text);
		return unicode ? shown : toAscii(shown);
	}
}

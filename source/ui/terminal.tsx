import type {ReactNode} from 'react';
import {JobControl} from './job-control.ts';
import {Keyboard} from './keyboard.ts';
import {loadInk, type Mount} from './load-ink.ts';
import {Painter} from './painter.ts';
import {plainText, type Abilities} from './plain-terminal.ts';
import {assertModes, enterReader, enterScreen, leaveReader, leaveScreen} from './screen-modes.ts';
import type {Size} from './state/store.ts';

export interface TerminalOptions {
	readonly abilities: Abilities & {readonly screenReader: boolean};
	readonly stdin?: NodeJS.ReadStream;
	readonly stdout?: NodeJS.WriteStream;
	readonly onResize: (size: Size) => void;
	/** Whether the screen that is shown takes text; pasted text is dropped otherwise. */
	readonly takesText: () => boolean;
	/** A sentence for the shell's screen when Ctrl-Z stops the wizard. */
	readonly onStop: () => string | undefined;
	/** A component threw: Ink shows nothing any more. */
	readonly onCrash: (error: unknown) => void;
}

/** Milliseconds: a window that is being dragged changes its size many times a second. */
const settleTime = 40;

/** All that touches the terminal, and the only place that knows Ink's renderer: a newer Ink changes this file alone. */
export class Terminal {
	readonly #options: TerminalOptions;
	readonly #input: NodeJS.ReadStream;
	readonly #output: NodeJS.WriteStream;
	readonly #keyboard: Keyboard;
	/** `lent`: another program has the terminal; `stopped`: the shell has. */
	#state: 'closed' | 'open' | 'lent' | 'stopped' = 'closed';
	#unmount: (() => void) | undefined;
	#make: (() => ReactNode) | undefined;
	#resizing: NodeJS.Timeout | undefined;
	#ink: Mount | undefined;
	readonly #painter = new Painter(text => {
		this.#show(text);
	}, () => this.size);

	readonly #jobControl = new JobControl(() => this.#stop(), () => {
		this.#continue();
	});

	constructor(options: TerminalOptions) {
		this.#options = options;
		this.#input = options.stdin ?? process.stdin;
		this.#output = options.stdout ?? process.stdout;
		this.#keyboard = new Keyboard(this.#input, {
			takesText: options.takesText,
			onRedraw: () => {
				this.#redraw();
			},
			onStop: this.#jobControl.stop,
		});
	}

	get size(): Size {
		return {columns: this.#output.columns || 80, rows: this.#output.rows || 24};
	}

	/** Shows what `make` gives until `close`. */
	async open(make: () => ReactNode): Promise<void> {
		this.#make = make;
		// Keys pressed before the first frame must not be echoed into it.
		this.#input.setRawMode(true);
		this.#ink = await loadInk();
		this.#input.setEncoding('utf8');
		// A terminal that is gone is said by a signal; reading from it must not be an error of ours.
		this.#input.on('error', () => {});
		// An error is printed after the monitor's turn: on the user's own screen.
		process.on('exit', this.close).on('uncaughtExceptionMonitor', this.close);
		this.#jobControl.listen();
		this.#output.on('resize', this.#resized);
		// Writing to a terminal that is gone must not be an error of ours.
		this.#output.on('error', () => {});
		this.#enter();
	}

	/** Gives the terminal back as it was: normal buffer, cursor, echo. May be called any number of times. */
	readonly close = (): void => {
		if (this.#state === 'closed') {
			return;
		}

		if (this.#state === 'open') {
			this.#leave();
		}

		this.#state = 'closed';
		this.#unmount?.();
		clearTimeout(this.#resizing);
		this.#output.off('resize', this.#resized);
		this.#jobControl.end();
		process.off('exit', this.close).off('uncaughtExceptionMonitor', this.close);
	};

	/** The screen goes on meanwhile, unseen: what was chosen on it is chosen still. Read aloud it begins anew. */
	async suspend(work: () => Promise<void>): Promise<void> {
		this.#leave();
		this.#state = 'lent';
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
		this.#state = 'open';
		this.#keyboard.start();
		this.#write(this.#options.abilities.screenReader ? enterReader : enterScreen);
		if (this.#unmount) {
			this.#painter.forget();
			this.#painter.repaint();
		} else {
			this.#mount();
		}
	}

	#leave(): void {
		try {
			this.#write(this.#options.abilities.screenReader ? leaveReader : leaveScreen);
			this.#keyboard.stop();
		} catch {
			// The terminal is gone; there is nothing to give back.
		}
	}

	#stop(): boolean {
		if (this.#state !== 'open') {
			return false;
		}

		this.#leave();
		this.#state = 'stopped';
		const sentence = this.#options.onStop();
		this.#write(sentence ? `${sentence}\n` : '');
		return true;
	}

	/** After `fg`; also after a SIGSTOP, which nobody could see coming. */
	#continue(): void {
		if (this.#state === 'stopped' || this.#state === 'open') {
			this.#options.onResize(this.size);
			this.#enter();
		}
	}

	#mount(): void {
		const {abilities, onCrash} = this.#options;
		this.#unmount = this.#ink!(this.#make!(), {
			keys: this.#keyboard.queue,
			output: this.#output,
			screenReader: abilities.screenReader,
			onFrame: text => {
				const shown = plainText(text, abilities);
				if (abilities.screenReader) {
					this.#show(shown);
				} else {
					this.#painter.paint(shown);
				}
			},
			onCrash,
		});
	}

	/** A terminal may show anything while its size changes: everything is written anew, once it has settled. */
	readonly #resized = (): void => {
		clearTimeout(this.#resizing);
		this.#resizing = setTimeout(() => {
			if (this.#state !== 'open') {
				return;
			}

			this.#painter.forget();
			this.#options.onResize(this.size);
			// React has made the new frame by then, if it differs.
			setImmediate(() => {
				this.#painter.repaint();
			});
		}, settleTime);
	};

	/** Ctrl-L: everything again, whatever other programs have written. */
	#redraw(): void {
		if (this.#state === 'open' && !this.#options.abilities.screenReader) {
			this.#write(assertModes);
			this.#painter.forget();
			this.#painter.repaint();
		}
	}

	/** Not while another program has the terminal, or the user has it back. */
	#show(text: string): void {
		if (this.#state === 'open') {
			this.#write(text);
		}
	}

	#write(text: string): void {
		if (text !== '' && !this.#output.destroyed) {
			this.#output.write(text);
		}
	}
}

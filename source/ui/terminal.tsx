import type {ReactNode} from 'react';
import {JobControl} from './job-control.ts';
import {Keyboard} from './keyboard.ts';
import {loadInk, type RenderInk} from './load-ink.ts';
import {Painter} from './painter.ts';
import {plainText, type Abilities} from './plain-terminal.ts';
import {assertModes, enterReader, enterScreen, leaveReader, leaveScreen} from './screen-modes.ts';
import type {Size} from './state/store.ts';

export interface TerminalOptions {
	readonly abilities: Abilities & {readonly screenReader: boolean};
	readonly stdin?: NodeJS.ReadStream;
	readonly stdout?: NodeJS.WriteStream;
	readonly onResize: (size: Size) => void;
	/** Whether the current screen accepts text; otherwise pasted text is dropped. */
	readonly takesText: () => boolean;
	/** Returns a sentence to print on the normal screen when Ctrl-Z stops the wizard. */
	readonly onStop: () => string | undefined;
	/** Is called when a component threw; Ink renders nothing from then on. */
	readonly onCrash: (error: unknown) => void;
}

/** Milliseconds from the last resize to the redraw: while a window is dragged, its size changes many times a second. */
const settleTime = 40;

/** Owns the terminal: its modes, input, frames and job control. Only this class and load-ink.ts deal with Ink's renderer. */
export class Terminal {
	readonly #options: TerminalOptions;
	readonly #input: NodeJS.ReadStream;
	readonly #output: NodeJS.WriteStream;
	readonly #keyboard: Keyboard;
	/** `lent`: another program has the terminal; `stopped`: the shell has it, after Ctrl-Z. */
	#state: 'closed' | 'open' | 'lent' | 'stopped' = 'closed';
	#unmount: (() => void) | undefined;
	#make: (() => ReactNode) | undefined;
	#resizing: NodeJS.Timeout | undefined;
	#ink: RenderInk | undefined;
	readonly #painter = new Painter(
		text => {
			this.#show(text);
		},
		() => this.size,
	);

	readonly #jobControl = new JobControl(
		() => this.#stop(),
		() => {
			this.#continue();
		},
	);

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

	/** Takes the terminal and renders the component that `make` returns, until `close`. */
	async open(make: () => ReactNode): Promise<void> {
		this.#make = make;
		// Keys pressed before the first frame must not be echoed into it.
		this.#input.setRawMode(true);
		this.#ink = await loadInk();
		this.#input.setEncoding('utf8');
		// SIGHUP reports a lost terminal, so a read error must not end the program.
		this.#input.on('error', () => {});
		// Node prints an uncaught error after the monitor event, so it appears on the restored normal screen.
		process.on('exit', this.close).on('uncaughtExceptionMonitor', this.close);
		this.#jobControl.listen();
		this.#output.on('resize', this.#resized);
		// A write error of a lost terminal must not end the program either.
		this.#output.on('error', () => {});
		this.#enter();
	}

	/** Restores the terminal: normal buffer, cursor, echo. Idempotent. */
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

	/** Lends the terminal while `work` runs. The screen stays mounted and keeps its state; a screen reader's is remounted. */
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

	/** Takes the terminal back after `fg`, or after a SIGSTOP, which cannot be handled beforehand. */
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

	/** Redraws everything once the size has settled: during a resize, a terminal may show anything. */
	readonly #resized = (): void => {
		clearTimeout(this.#resizing);
		this.#resizing = setTimeout(() => {
			if (this.#state !== 'open') {
				return;
			}

			this.#painter.forget();
			this.#options.onResize(this.size);
			// By then React has rendered the new frame, if it differs.
			setImmediate(() => {
				this.#painter.repaint();
			});
		}, settleTime);
	};

	/** Ctrl-L: redraws everything, over the output of other programs. */
	#redraw(): void {
		if (this.#state === 'open' && !this.#options.abilities.screenReader) {
			this.#write(assertModes);
			this.#painter.forget();
			this.#painter.repaint();
		}
	}

	/** Writes only while the wizard has the terminal. */
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

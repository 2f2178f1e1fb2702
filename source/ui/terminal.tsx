import type {ReactNode} from 'react';
import {type render} from 'ink';
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
	#unmount: (() => void) | undefined;
	#make: (() => ReactNode) | undefined;
	#isOpen = false;
	#resizing: NodeJS.Timeout | undefined;
	#render: typeof render | undefined;

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
		clearTimeout(this.#resizing);
		this.#output.off('resize', this.#resized);
		process.off('exit', this.close);
	};

	async suspend(work: () => Promise<void>): Promise<void> {
		this.#leave();
		try {
			await work();
		} finally {
			this.#enter();
		}
	}

	#enter(): void {
		this.#isOpen = true;
		this.#input.setRawMode(true);
		this.#write(this.#options.abilities.screenReader ? '' : enterScreen);
		this.#mount();
	}

	#leave(): void {
		this.#isOpen = false;
		this.#unmount?.();
		this.#unmount = undefined;
		try {
			this.#write(this.#options.abilities.screenReader ? '\n' : leaveScreen);
			this.#input.setRawMode(false);
			this.#input.pause();
		} catch {
			// The terminal is gone; there is nothing to give back.
		}
	}

	#mount(): void {
		const {screenReader} = this.#options.abilities;
		const {unmount} = this.#render!(this.#make!(), {
			stdin: this.#input,
			stdout: this.#filtered(),
			exitOnCtrlC: false,
			patchConsole: false,
			incrementalRendering: true,
			maxFps: 15,
			isScreenReaderEnabled: screenReader,
		});
		this.#unmount = unmount;
	}

	/** A terminal may show anything while its size changes: everything is drawn anew, once it has settled. */
	readonly #resized = (): void => {
		clearTimeout(this.#resizing);
		this.#resizing = setTimeout(() => {
			if (!this.#isOpen) {
				return;
			}

			this.#unmount?.();
			this.#input.setRawMode(true);
			this.#write(this.#options.abilities.screenReader ? '' : '\u001B[2J\u001B[H\u001B[?25l');
			this.#options.onResize(this.size);
			this.#mount();
		}, settleTime);
	};

	#write(text: string): void {
		if (text !== '' && !this.#output.destroyed) {
			this.#output.write(text);
		}
	}

	/** The output as Ink sees it: what this terminal cannot show is put into what it can. Ink's own look at the size is not needed. */
	#filtered(): NodeJS.WriteStream {
		const {color, unicode} = this.#options.abilities;
		const output = this.#output;
		const put = (text: string) => {
			const shown = color ? text : withoutColor(text);
			return unicode ? shown : toAscii(shown);
		};

		return Object.create(output, {
			write: {value: (text: string | Uint8Array, ...rest: never[]) => output.write(typeof text === 'string' ? put(text) : text, ...rest)},
			on: {value: () => output},
			off: {value: () => output},
		}) as NodeJS.WriteStream;
	}
}

/** Ink stays blank where it believes that nobody is looking; here it has a terminal. */
async function loadInk(): Promise<typeof render> {
	const kept = Object.entries(process.env).filter(([name]) => name === 'CI' || name === 'CONTINUOUS_INTEGRATION' || name.startsWith('CI_'));
	for (const [name] of kept) {
		delete process.env[name];
	}

	const ink = await import('ink');
	Object.assign(process.env, Object.fromEntries(kept));
	return ink.render;
}

import {EventEmitter} from 'node:events';
import {setImmediate as turn, setTimeout as delay} from 'node:timers/promises';
import xterm from '@xterm/headless';
import stringWidth from 'string-width';
import {stripVTControlCharacters} from 'node:util';
import {createElement} from 'react';
import {App} from '../../source/ui/app.tsx';
import {Store, takesText} from '../../source/ui/state/store.ts';
import {Terminal} from '../../source/ui/terminal.tsx';
import {Wizard} from '../../source/ui/wizard.ts';
import type {FakeBackend} from '../screens/fake-backend.ts';

class Input extends EventEmitter {
	isRaw = false;
	setRawMode(isRaw: boolean) {
		this.isRaw = isRaw;
		return this;
	}

	setEncoding() {}
	resume() {}
	pause() {}
}

class Output extends EventEmitter {
	readonly isTTY = true;
	columns: number;
	rows: number;
	readonly destroyed = false;
	readonly #onWrite: (text: string) => void;

	constructor(columns: number, rows: number, onWrite: (text: string) => void) {
		super();
		this.columns = columns;
		this.rows = rows;
		this.#onWrite = onWrite;
	}

	write = (text: string) => {
		this.#onWrite(text);
		return true;
	};
}

/** Milliseconds in which a terminal that is not busy shows what happened. */
const settled = 60;

/** The wizard with all that is between it and a terminal, in this process; xterm.js shows what it writes. */
export class ReferenceTerminal {
	readonly backend: FakeBackend;
	readonly store: Store;
	readonly wizard: Wizard;
	readonly input = new Input();
	readonly screen: xterm.Terminal;
	crash: unknown;
	written = '';
	readonly #output: Output;
	readonly #terminal: Terminal;

	constructor(backend: FakeBackend, {columns = 80, rows = 24}: {columns?: number; rows?: number} = {}) {
		this.backend = backend;
		this.screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
		this.#output = new Output(columns, rows, text => {
			this.written += text;
			this.screen.write(text);
		});
		this.store = new Store({size: {columns, rows}});
		this.#terminal = new Terminal({
			abilities: {color: true, unicode: true, screenReader: false},
			stdin: this.input as unknown as NodeJS.ReadStream,
			stdout: this.#output as unknown as NodeJS.WriteStream,
			onResize: size => {
				this.store.set({size});
			},
			takesText: () => takesText(this.store.get()),
			onStop: () => undefined,
			onCrash: error => {
				this.crash = error;
			},
		});
		this.wizard = new Wizard(this.store, this.#terminal);
		this.wizard.attach(backend);
	}

	async open(): Promise<void> {
		await this.#terminal.open(() => createElement(App, {wizard: this.wizard}));
		await this.wizard.load();
		await this.settle();
	}

	press(text: string): void {
		this.input.emit('data', text);
	}

	/** The window's size changes; the program learns of it at once, and the terminal does what it does to its screen. */
	resize(columns: number, rows: number): void {
		this.screen.resize(columns, rows);
		this.#output.columns = columns;
		this.#output.rows = rows;
		this.#output.emit('resize');
	}

	/** Until keys have been taken, a resize has settled and what came in is shown; with fewer milliseconds, before that. */
	async settle(milliseconds = settled): Promise<void> {
		await delay(milliseconds);
		const isResized = () =>
			this.store.get().size.columns === this.#output.columns && this.store.get().size.rows === this.#output.rows;
		for (let count = 0; milliseconds >= settled && !isResized() && count < 1000; count++) {
			await delay(5);
		}

		for (let count = 0; count < 30; count++) {
			await turn();
		}

		this.store.flush();
		for (let count = 0; count < 5; count++) {
			await turn();
		}
	}

	/** Text of the screen, without colours. */
	async text(): Promise<string> {
		await parsed(this.screen);
		const {active} = this.screen.buffer;
		return Array.from(
			{length: this.screen.rows},
			(_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
		).join('\n');
	}

	/** The screen row by row: each cell with its colours. */
	async cells(): Promise<string[]> {
		return cellsOf(this.screen);
	}

	/** The screen of a fresh terminal of this size after Ctrl-L, without remains of earlier output. */
	async freshCells(): Promise<string[]> {
		const {columns, rows} = this.#output;
		const from = this.written.length;
		this.press('\u000C');
		const text = this.written.slice(from);
		for (const line of text.split(/\u001B\[\d+;1H/)) {
			if (stringWidth(stripVTControlCharacters(line)) > columns - 1) {
				throw new Error(`A line is wider than the ${columns} columns: ${JSON.stringify(line)}`);
			}
		}

		const fresh = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
		try {
			fresh.write(`\u001B[?1049h${text}`);
			return await cellsOf(fresh);
		} finally {
			fresh.dispose();
		}
	}

	close(): void {
		this.wizard.close();
		this.#terminal.close();
		this.screen.dispose();
	}
}

async function parsed(terminal: xterm.Terminal): Promise<void> {
	await new Promise<void>(resolve => {
		terminal.write('', resolve);
	});
}

async function cellsOf(terminal: xterm.Terminal): Promise<string[]> {
	await parsed(terminal);
	const {active} = terminal.buffer;
	return Array.from({length: terminal.rows}, (_, row) => {
		const line = active.getLine(active.viewportY + row);
		let text = '';
		let style = '';
		for (let column = 0; column < terminal.cols; column++) {
			const cell = line?.getCell(column);
			const next = cell ? `${cell.isBold()}${cell.isDim()}${cell.isInverse()}${cell.getFgColor()}` : '';
			const chars = cell?.getChars() || ' ';
			if (next !== style && chars !== ' ') {
				text += `{${next}}`;
				style = next;
			}

			text += chars;
		}

		return text.trimEnd();
	});
}

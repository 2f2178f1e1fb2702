import {setTimeout as delay} from 'node:timers/promises';
import {spawn, type IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** Milliseconds a screen may take to show what is waited for; machines that test are busy. */
const patience = 15_000;

/** A program on a real pseudo-terminal, and what such a terminal would show. */
export class PseudoTerminal {
	readonly pty: IPty;
	readonly screen: xterm.Terminal;
	readonly ended: Promise<number>;
	/** All bytes that were written. */
	written = '';
	#code: number | undefined;

	constructor(
		file: string,
		words: readonly string[],
		{
			columns = 80,
			rows = 24,
			environment = {},
		}: {columns?: number; rows?: number; environment?: Record<string, string>} = {},
	) {
		const {CI: _, NO_COLOR: __, ...inherited} = process.env;
		this.screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
		this.pty = spawn(file, [...words], {
			cols: columns,
			rows,
			name: environment['TERM'] ?? 'xterm-256color',
			env: {...inherited, TERM: 'xterm-256color', LANG: 'C.UTF-8', LC_ALL: '', ...environment},
		});
		this.pty.onData(text => {
			this.written += text;
			this.screen.write(text);
		});
		this.ended = new Promise(resolve => {
			this.pty.onExit(({exitCode}) => {
				this.#code = exitCode;
				resolve(exitCode);
			});
		});
	}

	get text(): string {
		const {active} = this.screen.buffer;
		return Array.from(
			{length: this.screen.rows},
			(_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
		).join('\n');
	}

	/** `normal` or `alternate`. */
	get buffer(): string {
		return this.screen.buffer.active.type;
	}

	/** Waits until the screen shows this text, for so many milliseconds at most. */
	async shows(text: string | RegExp, within = patience): Promise<void> {
		await this.until(
			() => (typeof text === 'string' ? this.text.includes(text) : text.test(this.text)),
			`the screen to show ${String(text)}`,
			within,
		);
	}

	async until(condition: () => boolean, what: string, within = patience): Promise<void> {
		const limit = Date.now() + within;
		while (!condition()) {
			if (this.#code !== undefined) {
				// What it wrote at last may not have been read yet.
				await delay(200);
				if (condition()) {
					return;
				}
			}

			if (Date.now() > limit || this.#code !== undefined) {
				throw new Error(`Waited in vain for ${what}; the screen (exit code ${String(this.#code)}):\n${this.text}`);
			}

			await delay(20);
		}
	}

	async press(...keys: string[]): Promise<void> {
		for (const key of keys) {
			this.pty.write(key);
			await delay(30);
		}
	}

	resize(columns: number, rows: number): void {
		this.screen.resize(columns, rows);
		this.pty.resize(columns, rows);
	}

	end(): void {
		if (this.#code === undefined) {
			this.pty.kill('SIGKILL');
		}

		this.screen.dispose();
	}
}

import {spawn} from 'node:child_process';
import type {Backend} from '../wizard/backend.ts';
import {libraryMessages} from '../messages/library.ts';
import {uiMessages} from '../messages/screens.ts';
import {errorMessage} from './error-message.ts';
import type {Store} from './state/store.ts';

/** A terminal that can be lent to other programs. */
export interface Suspendable {
	/** Lends the terminal while `work` runs. */
	suspend(work: () => Promise<void>): Promise<void>;
}

function ignore(): void {}

/** Runs other programs in the foreground: a shell on a node, a pager with a log. */
export class ForegroundPrograms {
	readonly #store: Store;
	readonly #backend: () => Backend;
	readonly #terminal: Suspendable;

	constructor(store: Store, backend: () => Backend, terminal: Suspendable) {
		this.#store = store;
		this.#backend = backend;
		this.#terminal = terminal;
	}

	async shell(node: string): Promise<void> {
		await this.#run(this.#backend().shellWords(node), uiMessages.shell.entering(node)[this.#store.get().language]);
	}

	/** Shows a file in the user's pager. */
	async file(path: string): Promise<void> {
		await this.#run(this.#backend().pagerWords(path));
	}

	/** Shows a node's journal in the user's pager. */
	async journal(node: string): Promise<void> {
		await this.#run(this.#backend().journalWords(node), libraryMessages.reading(node)[this.#store.get().language]);
	}

	/** Shows the full log file of a unit in the user's pager, by default from the run on the screen. */
	async log(unit: string, run = this.#store.get().run.run): Promise<void> {
		if (run) {
			await this.#run(this.#backend().pagerWords(this.#backend().logFile(run, unit)));
		}
	}

	async #run(words: readonly string[], sentence?: string): Promise<void> {
		const [program = '', ...rest] = words;
		await this.#terminal.suspend(async () => {
			if (sentence) {
				process.stdout.write(`${sentence}\n`);
			}

			// Ctrl-C reaches this process as well, but is meant for the program in the foreground.
			const listeners = process.listeners('SIGINT');
			process.removeAllListeners('SIGINT').on('SIGINT', ignore);
			const child = spawn(program, rest, {stdio: 'inherit'});
			await new Promise<void>(resolve => {
				child.once('error', error => {
					this.#store.set({notice: errorMessage(error, this.#store.get().language)});
					resolve();
				});
				child.once('exit', code => {
					// 255 is ssh's own failure; any other code comes from the command on the node.
					if (code === 255) {
						this.#store.set({notice: uiMessages.shell.failed[this.#store.get().language]});
					}

					resolve();
				});
			});
			process.off('SIGINT', ignore);
			for (const listener of listeners) {
				process.on('SIGINT', listener);
			}
		});
	}
}

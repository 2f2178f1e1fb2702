import {setTimeout as delay} from 'node:timers/promises';
import {PseudoTerminal} from '../pty/pseudo-terminal.ts';
import {keys} from '../screens/screen.tsx';
import type {Program} from './program.ts';

/** Milliseconds: for a screen on a busy machine, and for a whole build or removal. */
const soon = 180_000;
const build = 1_800_000;

/** The wizard on a real terminal of 80×24, used as a newcomer does: Enter on the defaults. */
export class DrivenWizard {
	readonly terminal: PseudoTerminal;

	constructor(program: Program) {
		this.terminal = new PseudoTerminal(process.execPath, program.line(), {environment: program.environment});
	}

	/** From Welcome over the host's checks and the plan to the run: what is not there is built, what was interrupted goes on. */
	async begin(): Promise<void> {
		const {terminal} = this;
		await terminal.shows(/› (Build in a sandbox|Resume where it stopped)/, soon);
		await terminal.press(keys.enter);
		await terminal.shows('Everything fits', soon);
		await terminal.press(keys.enter);
		await terminal.shows('Enter accepts the plan', soon);
		await terminal.press(keys.enter);
		await terminal.shows('· Run', soon);
	}

	/** Until the build is at its end, and on to the dashboard. */
	async toDashboard(): Promise<void> {
		const {terminal} = this;
		await terminal.shows('The cluster is built', build);
		await terminal.press(keys.enter);
		await terminal.shows('· Dashboard', soon);
	}

	/** From Welcome: everything is removed, after the cluster's name was typed. */
	async remove(name: string): Promise<void> {
		const {terminal} = this;
		await this.choose('Remove everything');
		await terminal.shows("Type the cluster's name", soon);
		await terminal.press(...name, keys.enter);
		// The sentence alone is there before the work is over, while Ctrl-C still asks.
		await terminal.shows(/Everything in the list is gone\.[\s\S]*Enter go on/, build);
	}

	/** Goes down the menu to an entry and takes it. */
	async choose(entry: string): Promise<void> {
		const {terminal} = this;
		await terminal.shows(entry, soon);
		for (let step = 0; step < 20 && !terminal.text.includes(`› ${entry}`); step++) {
			const before = terminal.text;
			await terminal.press(keys.down);
			await terminal.until(() => terminal.text !== before, 'the menu to follow', soon);
		}

		await terminal.press(keys.enter);
	}

	/** Leaves it in order, from a screen where nothing runs. Gives its exit code. */
	async quit(): Promise<number> {
		await this.terminal.press(keys.interrupt);
		return Promise.race([
			this.terminal.ended,
			delay(soon, undefined, {ref: false}).then(() => {
				throw new Error(`The wizard does not end; the screen:\n${this.terminal.text}`);
			}),
		]);
	}

	kill(): void {
		this.terminal.end();
	}
}

/**
 * Stops this process and the rest of its process group, as the terminal's own Ctrl-Z would, and calls back when it goes
 * on: after the shell's `fg`, or at once where nobody could continue it (an orphaned process group ignores SIGTSTP).
 */
export class JobControl {
	readonly #leave: () => boolean;
	readonly #enter: () => void;

	/**
	 * @param leave gives the terminal back before the stop. Returns whether the whole group is to be stopped; otherwise
	 *   another program has the terminal, and the signal has reached the group already
	 * @param enter takes the terminal again
	 */
	constructor(leave: () => boolean, enter: () => void) {
		this.#leave = leave;
		this.#enter = enter;
	}

	/** From now on SIGTSTP and SIGCONT, whoever sends them, give the terminal back and take it. */
	listen(): void {
		process.on('SIGTSTP', this.stop).on('SIGCONT', this.#continued);
	}

	end(): void {
		process.off('SIGTSTP', this.stop).off('SIGCONT', this.#continued);
	}

	readonly stop = (): void => {
		const isWhole = this.#leave();
		// Without a listener the signal has its default action.
		this.end();
		process.kill(isWhole ? 0 : process.pid, 'SIGTSTP');
		setImmediate(() => {
			this.listen();
			this.#continued();
		});
	};

	readonly #continued = (): void => {
		// The window's size may have changed while nobody listened; Node asks for it on this signal.
		process.emit('SIGWINCH', 'SIGWINCH');
		this.#enter();
	};
}

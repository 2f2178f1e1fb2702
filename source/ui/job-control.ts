/**
 * Stops this process and its process group, as a terminal does on Ctrl-Z, and calls `enter` when they continue: after
 * the shell's `fg`, or at once in an orphaned process group, which no shell could continue and which ignores SIGTSTP.
 */
export class JobControl {
	readonly #leave: () => boolean;
	readonly #enter: () => void;

	/**
	 * @param leave is called before the stop and gives the terminal back. Returns whether to stop the whole group; false if
	 *   another program has the terminal, because the signal has then reached the whole group already
	 * @param enter is called after the process has continued and takes the terminal back
	 */
	constructor(leave: () => boolean, enter: () => void) {
		this.#leave = leave;
		this.#enter = enter;
	}

	/** Handles SIGTSTP and SIGCONT from any sender, until `end`. */
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
		// The window may have been resized while the process was stopped; SIGWINCH makes Node read its size.
		process.emit('SIGWINCH', 'SIGWINCH');
		this.#enter();
	};
}

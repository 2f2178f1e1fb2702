import {truncate, columnsOf} from '../text/columns.ts';

/** The part of a terminal's stream that a live line needs. */
export interface LineTerminal {
	write(text: string): unknown;
	readonly columns?: number;
}

/** Columns assumed for a terminal that does not report its width. */
const usualColumns = 80;

/**
 * A line below the printed output, redrawn in place. It is narrower than the terminal, and the cursor rests at its
 * beginning. So even if the terminal is made narrower and wraps the line, all of it is after the cursor and can be erased.
 */
export class LiveLine {
	readonly #terminal: LineTerminal;
	/** The line on the screen; empty if there is none. */
	#text = '';

	constructor(terminal: LineTerminal) {
		this.#terminal = terminal;
	}

	/**
	 * Replaces the line.
	 * @param left cut to the room that `right` leaves
	 * @param right omitted if it takes more than half of the line
	 */
	draw(left: string, right: string): void {
		const room = (this.#terminal.columns || usualColumns) - 1;
		const end = columnsOf(right) <= room / 2 ? right : '';
		const text = truncate(left, room - (end === '' ? 0 : columnsOf(end) + 2)) + (end === '' ? '' : `  ${end}`);
		if (text !== this.#text) {
			this.#terminal.write(`${this.#erasing}${text}\r`);
			this.#text = text;
		}
	}

	/** Erases the live line and prints whole lines; the next `draw` goes below them. */
	print(lines: string): void {
		this.#terminal.write(`${this.#erasing}${lines}\n`);
		this.#text = '';
	}

	/** Erases the live line. */
	clear(): void {
		if (this.#text !== '') {
			this.#terminal.write(this.#erasing);
			this.#text = '';
		}
	}

	/** ED (ECMA-48), which erases from the cursor to the end of the screen; empty if there is no line. */
	get #erasing(): string {
		return this.#text === '' ? '' : '\u001B[J';
	}
}

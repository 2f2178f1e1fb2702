import {cut, width} from '../text/columns.ts';

/** The part of a terminal's stream that a live line needs. */
export interface LineTerminal {
	write(text: string): unknown;
	readonly columns?: number;
}

/** Columns of a terminal that does not say how many it has. */
const usualColumns = 80;

/**
 * One line below everything that is printed, redrawn in place. It is narrower than the terminal, and the cursor rests at its
 * beginning: whether or not a terminal that is made narrower wraps it, all of it is from the cursor on and can be erased.
 */
export class LiveLine {
	readonly #terminal: LineTerminal;
	/** Empty when there is none. */
	#text = '';

	constructor(terminal: LineTerminal) {
		this.#terminal = terminal;
	}

	/**
	 * Replaces the line.
	 * @param left cut to the room that `right` leaves
	 */
	draw(left: string, right: string): void {
		const room = (this.#terminal.columns || usualColumns) - 1;
		const end = width(right) <= room / 2 ? right : '';
		const text = cut(left, room - (end === '' ? 0 : width(end) + 2)) + (end === '' ? '' : `  ${end}`);
		if (text !== this.#text) {
			this.#terminal.write(`${this.#erasing}${text}\r`);
			this.#text = text;
		}
	}

	/** Prints whole lines in its place; the next drawing is below them. */
	print(lines: string): void {
		this.#terminal.write(`${this.#erasing}${lines}\n`);
		this.#text = '';
	}

	/** Takes it off the screen. */
	clear(): void {
		if (this.#text !== '') {
			this.#terminal.write(this.#erasing);
			this.#text = '';
		}
	}

	/** ECMA-48 ED: from the cursor to the end of the screen. */
	get #erasing(): string {
		return this.#text === '' ? '' : '\u001B[J';
	}
}

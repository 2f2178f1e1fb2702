/**
 * The last lines of an output of any length: at most so many lines, and so many characters in all. One line is always
 * kept, however long it is.
 */
export class LastLines {
	readonly #most: number;
	readonly #characters: number;
	#lines: string[] = [];
	#length = 0;

	constructor(most: number, characters: number) {
		this.#most = most;
		this.#characters = characters;
	}

	push(line: string): void {
		this.#lines.push(line);
		this.#length += line.length;
		let first = 0;
		while (this.#lines.length - first > 1 && (this.#lines.length - first > this.#most || this.#length > this.#characters)) {
			this.#length -= this.#lines[first++]!.length;
		}

		this.#lines = first === 0 ? this.#lines : this.#lines.slice(first);
	}

	get lines(): readonly string[] {
		return this.#lines;
	}
}

/** The beginning of an output of any length, for a parser. */
export class FirstLines {
	readonly #characters: number;
	#lines: string[] = [];
	#length = 0;
	/** Whether lines were left out. */
	isCut = false;

	constructor(characters: number) {
		this.#characters = characters;
	}

	push(line: string): void {
		this.isCut ||= this.#length + line.length >= this.#characters;
		if (!this.isCut) {
			this.#lines.push(line);
			this.#length += line.length + 1;
		}
	}

	/** The lines, each with its line feed. */
	get text(): string {
		return this.#lines.map(line => `${line}\n`).join('');
	}

	get lines(): readonly string[] {
		return this.#lines;
	}
}

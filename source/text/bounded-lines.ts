/** The last lines of an output. */
export interface Tail {
	readonly lines: readonly string[];
	/** Number of characters in all lines. */
	readonly length: number;
}

/** Maximum number of kept lines, and of characters in all of them. */
export interface TailLimit {
	readonly lines: number;
	readonly characters: number;
}

export const emptyTail: Tail = {lines: [], length: 0};

/** Returns the tail with one more line, which is always kept, however long it is. */
export function appendLine(tail: Tail, line: string, most: TailLimit): Tail {
	const lines = [...tail.lines, line];
	let length = tail.length + line.length;
	let first = 0;
	while (lines.length - first > 1 && (lines.length - first > most.lines || length > most.characters)) {
		length -= lines[first++]!.length;
	}

	return {lines: first === 0 ? lines : lines.slice(first), length};
}

/** Collects the last lines of an output. */
export class LastLines {
	readonly #most: TailLimit;
	#tail = emptyTail;

	constructor(lines: number, characters: number) {
		this.#most = {lines, characters};
	}

	push(line: string): void {
		this.#tail = appendLine(this.#tail, line, this.#most);
	}

	get lines(): readonly string[] {
		return this.#tail.lines;
	}
}

/** Collects the beginning of an output, for a parser: whole lines up to a number of characters. */
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

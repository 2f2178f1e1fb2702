import type {Size} from './state/store.ts';

const moveTo = (row: number) => `\u001B[${row + 1};1H`;
const eraseRest = '\u001B[K';
const eraseScreen = '\u001B[2J\u001B[H';

/**
 * Puts frames on a screen of its own: only the lines that differ from the frame before are written, each at its place.
 * Expects automatic wrapping to be off (DECAWM): a frame made for a wider terminal then loses the ends of its lines,
 * and rows that the terminal does not have are left out, so that no frame can wrap or scroll.
 */
export class Painter {
	readonly #put: (text: string) => void;
	readonly #size: () => Size;
	#frame: readonly string[] = [];
	/** The lines on the screen; nothing: unknown, everything has to be written. */
	#shown: readonly string[] | undefined = [];

	/** @param size the terminal's size at this moment */
	constructor(put: (text: string) => void, size: () => Size) {
		this.#put = put;
		this.#size = size;
	}

	paint(frame: string): void {
		this.#frame = frame.split('\n');
		this.#update();
	}

	/** Nobody knows what the screen shows: the next frame erases it and is written whole. */
	forget(): void {
		this.#shown = undefined;
	}

	/** Writes the last frame whole, unless a newer one was since `forget`. */
	repaint(): void {
		if (this.#shown === undefined && this.#frame.length > 0) {
			this.#update();
		}
	}

	#update(): void {
		const lines = this.#frame.slice(0, this.#size().rows);
		const shown = this.#shown ?? [];
		let text = this.#shown === undefined ? eraseScreen : '';
		for (let row = 0; row < Math.max(lines.length, shown.length); row++) {
			const line = lines[row] ?? '';
			if (line !== shown[row]) {
				text += moveTo(row) + line + eraseRest;
			}
		}

		this.#shown = lines;
		if (text !== '') {
			this.#put(text);
		}
	}
}

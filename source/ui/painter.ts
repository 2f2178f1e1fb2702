import type {Size} from './state/store.ts';

const moveTo = (row: number) => `\u001B[${row + 1};1H`;
const eraseRest = '\u001B[K';
const eraseScreen = '\u001B[2J\u001B[H';

/**
 * Draws frames on the alternate screen: writes only the lines that differ from the frame before, each at its row. No
 * frame can wrap or scroll: automatic wrapping must be off (DECAWM), so that lines for a wider terminal lose their ends,
 * and rows beyond the terminal's height are left out.
 */
export class Painter {
	readonly #put: (text: string) => void;
	readonly #size: () => Size;
	#frame: readonly string[] = [];
	/** The lines on the screen; undefined if unknown, so that the next frame is written whole. */
	#shown: readonly string[] | undefined = [];

	/** @param size returns the terminal's current size */
	constructor(put: (text: string) => void, size: () => Size) {
		this.#put = put;
		this.#size = size;
	}

	paint(frame: string): void {
		this.#frame = frame.split('\n');
		this.#update();
	}

	/** Marks the content of the screen as unknown: the next frame erases it and is written whole. */
	forget(): void {
		this.#shown = undefined;
	}

	/** Writes the last frame whole, unless a frame has been painted since `forget`. */
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

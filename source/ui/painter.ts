const moveTo = (row: number) => `\u001B[${row + 1};1H`;
const eraseRest = '\u001B[K';

/** Puts frames on a screen of its own: only the lines that differ from the frame before are written, each at its place. */
export class Painter {
	readonly #put: (text: string) => void;
	#shown: readonly string[] = [];

	constructor(put: (text: string) => void) {
		this.#put = put;
	}

	paint(frame: string): void {
		const lines = frame.split('\n');
		let text = '';
		for (let row = 0; row < Math.max(lines.length, this.#shown.length); row++) {
			const line = lines[row] ?? '';
			if (line !== this.#shown[row]) {
				text += moveTo(row) + line + eraseRest;
			}
		}

		this.#shown = lines;
		if (text !== '') {
			this.#put(text);
		}
	}

	/** The screen was emptied: all lines are written again. */
	repaint(): void {
		const frame = this.#shown.join('\n');
		this.#shown = [];
		if (frame !== '') {
			this.paint(frame);
		}
	}
}

import stringWidth from 'string-width';

/** A terminal that shows successive frames on its alternate screen. */
export interface FrameTerminal {
	/** Replaces the last frame, cut to the terminal's height. `make` gets the number of columns. */
	draw(make: (columns: number) => readonly string[]): void;
	/** Restores the terminal. */
	end(): void;
}

/**
 * Control sequences of xterm (ctlseqs): alternate screen, cursor, and synchronized output (mode 2026) for terminals
 * that support it.
 */
const sequence = {
	begin: '\u001B[?1049h\u001B[?25l\u001B[2J',
	end: '\u001B[?25h\u001B[?1049l',
	frame: ['\u001B[?2026h\u001B[H', '\u001B[J\u001B[?2026l'],
	endOfLine: '\u001B[K',
} as const;

/** Switches to the alternate screen until `end`. Redraws the last frame when the terminal is resized. */
export function openFrameTerminal(output: NodeJS.WriteStream): FrameTerminal {
	let last: (columns: number) => readonly string[] = () => [];
	const draw = (make: (columns: number) => readonly string[]) => {
		last = make;
		const {columns = 80, rows = 24} = output;
		// A line that fills the last column leaves the cursor on it, and erasing to the end of the line would delete its last
		// character.
		const shown = make(columns)
			.slice(0, rows)
			.map(line => `${cutToWidth(line, columns - 1)}${sequence.endOfLine}`);
		output.write(`${sequence.frame[0]}${shown.join('\r\n')}${sequence.frame[1]}`);
	};

	const drawAgain = () => {
		draw(last);
	};

	output.write(sequence.begin);
	output.on('resize', drawAgain);
	return {
		draw,
		end() {
			output.off('resize', drawAgain);
			output.write(sequence.end);
		},
	};
}

/** Cuts a line, which may contain colour codes, to a number of columns. */
export function cutToWidth(line: string, columns: number): string {
	if (stringWidth(line) <= columns) {
		return line;
	}

	let text = '';
	let width = 0;
	let isFull = false;
	for (const [part] of line.matchAll(/\u001B\[[\d;]*m|[^\u001B]/gu)) {
		const next = part.startsWith('\u001B') ? 0 : stringWidth(part);
		isFull ||= width + next > columns - 1;
		// Later colour codes are kept, so that the last colour is reset.
		if (next === 0 || !isFull) {
			text += isFull && next > 0 ? '' : part;
			width += next;
		}
	}

	return `${text}…`;
}

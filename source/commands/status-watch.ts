import stringWidth from 'string-width';

/** A terminal that shows one frame at a time in its alternate screen. */
export interface Redrawn {
	/** Shows these lines in the place of the last ones, as many as there is room for; made for so many columns. */
	draw(make: (columns: number) => readonly string[]): void;
	/** Gives the terminal back as it was. */
	end(): void;
}

/** Control sequences of xterm (ctlseqs): the alternate screen, the cursor, and frames shown at once where a terminal can (2026). */
const sequence = {
	begin: '\u001B[?1049h\u001B[?25l\u001B[2J',
	end: '\u001B[?25h\u001B[?1049l',
	frame: ['\u001B[?2026h\u001B[H', '\u001B[J\u001B[?2026l'],
	endOfLine: '\u001B[K',
} as const;

/** Takes the terminal until `end`. A change of its size draws the last frame again. */
export function redrawn(output: NodeJS.WriteStream): Redrawn {
	let last: (columns: number) => readonly string[] = () => [];
	const draw = (make: (columns: number) => readonly string[]) => {
		last = make;
		const {columns = 80, rows = 24} = output;
		// A line that reaches the last column would leave the cursor behind it, where erasing takes the last character.
		const shown = make(columns).slice(0, rows).map(line => `${cutTo(line, columns - 1)}${sequence.endOfLine}`);
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

/** A line's beginning in so many columns. The line may hold colours. */
export function cutTo(line: string, columns: number): string {
	if (stringWidth(line) <= columns) {
		return line;
	}

	let text = '';
	let width = 0;
	let isFull = false;
	for (const [part] of line.matchAll(/\u001B\[[\d;]*m|[^\u001B]/gu)) {
		const next = part.startsWith('\u001B') ? 0 : stringWidth(part);
		isFull ||= width + next > columns - 1;
		// Colours that follow are kept, so that the last one is switched off.
		if (next === 0 || !isFull) {
			text += isFull && next > 0 ? '' : part;
			width += next;
		}
	}

	return `${text}…`;
}

import stringWidth from 'string-width';
import {fitText} from './text-timeline.ts';

/** A bar made of letters. `text` says its value, so that the length is not all there is. */
export interface TextBar {
	readonly name: string;
	readonly value: number;
	readonly text: string;
	/** How far the measurements reach above the value. */
	readonly highest?: number;
}

/** The widest name; longer ones are cut. */
const widest = 24;

/** Lying bars, the longest as wide as there is room; `░` goes on to the highest measurement. No line is wider than `columns`. */
export function textBars(bars: readonly TextBar[], columns: number): string[] {
	const name = Math.min(widest, Math.max(0, ...bars.map(bar => stringWidth(bar.name))), Math.floor(columns / 3));
	const text = Math.max(0, ...bars.map(bar => stringWidth(bar.text)));
	const room = columns - name - text - 2;
	const most = Math.max(...bars.map(({value, highest = value}) => highest), 0);
	if (room < 4 || most === 0) {
		return bars.map(bar => fitText(`${bar.name} ${bar.text}`, Math.max(0, columns)).trimEnd());
	}

	const cells = (value: number) => Math.round((value / most) * room);
	return bars.map(({name: title, value, text, highest = value}) => {
		// Whatever is there at all is seen.
		const length = value > 0 ? Math.max(1, cells(value)) : 0;
		return `${fitText(title, name)} ${'█'.repeat(length)}${'░'.repeat(Math.max(0, cells(highest) - length))} ${text}`;
	});
}

import stringWidth from 'string-width';
import {fitText} from './text-timeline.ts';

/** A bar of a text chart; `text` is the formatted value, shown after the bar. */
export interface TextBar {
	readonly name: string;
	readonly value: number;
	readonly text: string;
	/** The highest measurement, if there are several. */
	readonly highest?: number;
}

/** Most columns of a name; longer ones are cut. */
const widest = 24;

/** Horizontal bars scaled to the room; `░` extends each to its highest measurement. No line is wider than `columns`. */
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
		// Every value above 0 is visible.
		const length = value > 0 ? Math.max(1, cells(value)) : 0;
		return `${fitText(title, name)} ${'█'.repeat(length)}${'░'.repeat(Math.max(0, cells(highest) - length))} ${text}`;
	});
}

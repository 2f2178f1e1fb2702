import plot from 'simple-ascii-chart';
import stringWidth from 'string-width';

export interface TextLineOptions {
	/** The most that a line of the picture may be wide, and how many rows there are for the line itself. */
	readonly columns: number;
	readonly rows: number;
	/** Of a value at the upright axis. */
	readonly format: (value: number) => string;
	/** The places on the level axis that get a number; as many as fit if not given. */
	readonly ticks?: readonly number[];
}

/** Signs that every other picture of ours uses too, so that they have a form in ASCII. */
const symbols = {
	axis: {n: '│', ns: '│', y: '┤', nse: '└', x: '┴', we: '─', e: '─'},
	chart: {we: '─', wns: '┐', ns: '│', nse: '└', wsn: '┘', sne: '┌'},
};

/** A value over another as a line, from 0. Where there are fewer than two points, or no room, there are no lines. */
export function textLine(points: ReadonlyArray<readonly [x: number, y: number]>, {columns, rows, format, ticks}: TextLineOptions): string[] {
	const most = Math.max(0, ...points.map(([, y]) => y));
	const draw = (width: number) => plot(points.map(([x, y]): [number, number] => [x, y]), {
		width, height: rows, yRange: [0, most], symbols, showTickLabel: true, formatter: (value, {axis}) => axis === 'y' ? format(value) : value,
		...(ticks && {customXAxisTicks: [...ticks]}),
	}).split('\n').map(line => line.trimEnd()).filter(line => line !== '');
	// How wide the labels of the axis are is known only when they are drawn.
	for (let width = columns - 4; points.length > 1 && most > 0 && width >= 10; width--) {
		const lines = draw(width);
		if (lines.every(line => stringWidth(line) <= columns)) {
			return lines;
		}
	}

	return [];
}

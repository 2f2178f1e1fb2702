import plot from 'simple-ascii-chart';
import stringWidth from 'string-width';

export interface TextLineOptions {
	/** Most columns of the whole picture, and rows of the plot without its axis. */
	readonly columns: number;
	readonly rows: number;
	/** Formats a value on the vertical axis. */
	readonly format: (value: number) => string;
	/** Values on the horizontal axis that get a label; chosen by the library if not given. */
	readonly ticks?: readonly number[];
}

/** The signs of our other text charts, for which `toAscii` has replacements. */
const symbols = {
	axis: {n: '│', ns: '│', y: '┤', nse: '└', x: '┴', we: '─', e: '─'},
	chart: {we: '─', wns: '┐', ns: '│', nse: '└', wsn: '┘', sne: '┌'},
};

/** A line chart as text, with a vertical axis from 0; empty with fewer than two points or too little room. */
export function textLine(
	points: ReadonlyArray<readonly [x: number, y: number]>,
	{columns, rows, format, ticks}: TextLineOptions,
): string[] {
	const most = Math.max(0, ...points.map(([, y]) => y));
	const draw = (width: number) =>
		plot(
			points.map(([x, y]): [number, number] => [x, y]),
			{
				width,
				height: rows,
				yRange: [0, most],
				symbols,
				showTickLabel: true,
				formatter: (value, {axis}) => (axis === 'y' ? format(value) : value),
				...(ticks && {customXAxisTicks: [...ticks]}),
			},
		)
			.split('\n')
			.map(line => line.trimEnd())
			.filter(line => line !== '');
	// The width of the axis labels is known only after drawing, so narrower plots are tried until one fits.
	for (let width = columns - 4; points.length > 1 && most > 0 && width >= 10; width--) {
		const lines = draw(width);
		if (lines.every(line => stringWidth(line) <= columns)) {
			return lines;
		}
	}

	return [];
}

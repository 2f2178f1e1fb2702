/**
 * Quantile by linear interpolation between the two nearest samples in order, at position (n − 1) · `part`: type 7 of
 * Hyndman and Fan (1996), the default of R, NumPy and spreadsheets.
 * @param part 0 to 1
 * @returns NaN when there are no samples
 */
export function quantile(samples: readonly number[], part: number): number {
	const sorted = Float64Array.from(samples).sort();
	const place = (sorted.length - 1) * part;
	const below = sorted[Math.floor(place)] ?? Number.NaN;
	const above = sorted[Math.ceil(place)] ?? Number.NaN;
	return below + (above - below) * (place - Math.floor(place));
}

export function median(samples: readonly number[]): number {
	return quantile(samples, 0.5);
}

/** Summary of several repetitions, in the unit of the samples. */
export interface Distribution {
	readonly count: number;
	readonly best: number;
	readonly median: number;
	readonly p95: number;
	readonly worst: number;
}

/**
 * Summarizes the samples of all runs together, because an average of the percentiles of single runs is no
 * percentile of anything.
 */
export function distribution(...runs: ReadonlyArray<readonly number[]>): Distribution {
	const samples = runs.flat();
	return {
		count: samples.length,
		best: quantile(samples, 0),
		median: median(samples),
		p95: quantile(samples, 0.95),
		worst: quantile(samples, 1),
	};
}

/**
 * The value below which a part of the samples lies: linear between the two nearest ones in order, at (n − 1) · p.
 * Type 7 of Hyndman and Fan (1996), which R, NumPy and spreadsheets give by default.
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

/** What is said of several repetitions, in the samples' own unit. */
export interface Distribution {
	readonly count: number;
	readonly best: number;
	readonly median: number;
	readonly p95: number;
	readonly worst: number;
}

/**
 * Of the samples themselves: what several runs measured is put together first, because an average of their
 * percentiles is no percentile of anything.
 */
export function distribution(...runs: ReadonlyArray<readonly number[]>): Distribution {
	const samples = runs.flat();
	return {count: samples.length, best: quantile(samples, 0), median: median(samples), p95: quantile(samples, 0.95), worst: quantile(samples, 1)};
}

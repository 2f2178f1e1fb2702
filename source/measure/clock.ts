/** Milliseconds of the clock that all processes of a machine share and that nobody sets (CLOCK_MONOTONIC). */
export function monotonic(): number {
	return Number(process.hrtime.bigint()) / 1e6;
}

/** A tenth of a millisecond is finer than timers are, and short to write down. */
export function rounded(milliseconds: number): number {
	return Math.round(milliseconds * 10) / 10;
}

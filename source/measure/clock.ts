/** Milliseconds of CLOCK_MONOTONIC, which all processes of the computer share and nobody can set. */
export function monotonic(): number {
	return Number(process.hrtime.bigint()) / 1e6;
}

/** Rounds to 0.1 ms, which is finer than timers are and short to write down. */
export function toTenths(milliseconds: number): number {
	return Math.round(milliseconds * 10) / 10;
}

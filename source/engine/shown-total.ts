/** Time constant of the smoothing, as a fraction of the estimated total. */
const inertia = 0.04;
/** Relative deviation of the estimate from the shown total above which a new total is shown. */
const tolerance = 0.1;

/**
 * The total duration shown for a run. Every unit that ends changes the estimate; shown directly, the expected end would
 * jump back and forth. The shown total therefore follows the estimate smoothly (like tqdm's moving average), in coarse
 * steps, and ignores small differences.
 */
export class ShownTotal {
	#at = 0;
	#smoothed: number | undefined;
	#shown = 0;

	/**
	 * Returns the total to show now.
	 * @param elapsed seconds since the run started
	 * @param left estimated seconds that the run still takes
	 * @returns seconds of the whole run, never fewer than `elapsed`
	 */
	next(elapsed: number, left: number): number {
		const total = elapsed + left;
		const smoothed = this.#smoothed ?? total;
		this.#smoothed =
			smoothed + (total - smoothed) * (1 - Math.exp(-Math.max(0, elapsed - this.#at) / (inertia * total)));
		this.#at = elapsed;
		if (Math.abs(this.#smoothed - this.#shown) > tolerance * this.#shown) {
			this.#shown = coarse(this.#smoothed);
		}

		return Math.max(this.#shown, elapsed);
	}
}

/** Rounds to 5 s up to a minute, to 10 s up to five minutes, and to 30 s above. */
function coarse(seconds: number): number {
	const step = seconds <= 60 ? 5 : seconds <= 300 ? 10 : 30;
	return Math.max(step, Math.round(seconds / step) * step);
}

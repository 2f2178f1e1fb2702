/** Part of the estimated total in which the shown one has followed most of a change. */
const inertia = 0.04;
/** Part of the shown total by which the estimate has to differ before another one is shown. */
const tolerance = 0.1;

/**
 * Total of a run as it is shown. An estimate changes with every unit that ends; shown as it is, the end would run back and
 * forth. So it is followed slowly (as tqdm's moving average), in coarse steps, and a small difference is not shown at all.
 */
export class ShownTotal {
	#at = 0;
	#smoothed: number | undefined;
	#shown = 0;

	/**
	 * @param elapsed seconds of the run so far
	 * @param left seconds that it is estimated to take still
	 * @returns seconds of the whole run, never fewer than have elapsed
	 */
	next(elapsed: number, left: number): number {
		const total = elapsed + left;
		const smoothed = this.#smoothed ?? total;
		this.#smoothed = smoothed + ((total - smoothed) * (1 - Math.exp(-Math.max(0, elapsed - this.#at) / (inertia * total))));
		this.#at = elapsed;
		if (Math.abs(this.#smoothed - this.#shown) > tolerance * this.#shown) {
			this.#shown = coarse(this.#smoothed);
		}

		return Math.max(this.#shown, elapsed);
	}
}

/** In steps of 5 s up to a minute, of 10 s up to five minutes, of half a minute above. */
function coarse(seconds: number): number {
	const step = seconds <= 60 ? 5 : seconds <= 300 ? 10 : 30;
	return Math.max(step, Math.round(seconds / step) * step);
}

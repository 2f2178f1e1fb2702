import {estimate, type Estimate, type Forecast} from '../../engine/estimate.ts';
import {ShownTotal} from '../../engine/shown-total.ts';
import {runTime, type RunState} from './run-state.ts';

/** Progress of the run on the screen; starts anew with each run. */
export class RunProgress {
	#run: string | undefined;
	#total = new ShownTotal();
	#shown: Estimate = {done: 0};

	/** Returns the progress to show. `done` never decreases within a run. */
	next(forecast: Forecast | undefined, run: RunState, now: number): Estimate {
		if (run.status === 'idle' || (this.#run !== undefined && run.run !== this.#run)) {
			this.#total = new ShownTotal();
			this.#shown = {done: 0};
		}

		this.#run = run.run;
		if (forecast && run.status === 'running') {
			const {done, left} = estimate(forecast, run.units, now);
			const elapsed = runTime(run, now) ?? 0;
			this.#shown = {done: Math.max(done, this.#shown.done), left: this.#total.next(elapsed, left) - elapsed};
		} else if (run.status === 'ok') {
			this.#shown = {...this.#shown, done: 1};
		}

		return this.#shown;
	}
}

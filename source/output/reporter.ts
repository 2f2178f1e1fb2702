import type {Event} from '../engine/event.ts';

/** Receives all events of a run. */
export interface Reporter {
	report(event: Event): void;
	/** Resolves when everything reported has been written. */
	close?(): Promise<void>;
}

import type {Event} from '../engine/event.ts';

/** Something that is told all events of a run. */
export interface Reporter {
	report(event: Event): void;
	/** Resolves when everything told is where it belongs. */
	close?(): Promise<void>;
}

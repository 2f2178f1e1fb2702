import type {Text} from '../languages/text.ts';

/** The worst case by the cluster's settings, and how it adds up. Seconds, scaled where machines are emulated. */
export interface Prediction {
	/** Kind of the figure that is compared with it: the outage, or how long some requests were lost (`affected`); `none`: no request may be lost. */
	readonly of: 'outage' | 'affected' | 'none';
	readonly seconds: number;
	readonly parts: ReadonlyArray<{readonly title: Text; readonly seconds: number}>;
}

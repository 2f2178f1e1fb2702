import type {Text} from '../languages/text.ts';

/** The worst case according to the cluster's settings, and its parts. In seconds, scaled if VMs are emulated. */
export interface Prediction {
	/**
	 * The measured figure to compare with: `outage`, its length; `affected`, how long some requests were lost; `none`, no
	 * request may be lost.
	 */
	readonly of: 'outage' | 'affected' | 'none';
	readonly seconds: number;
	readonly parts: ReadonlyArray<{readonly title: Text; readonly seconds: number}>;
}

import type {Text} from '../languages/text.ts';

/** A conflict between choices. */
export interface ConfigIssue {
	/** Keys involved; the message is shown at the first one that is in the file. */
	readonly keys: readonly string[];
	readonly message: Text;
}

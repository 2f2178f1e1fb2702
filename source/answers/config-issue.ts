import type {Text} from '../languages/text.ts';

/** Choices that do not fit together. */
export interface ConfigIssue {
	/** The keys concerned; the first of them that stands in the file is shown. */
	readonly keys: readonly string[];
	readonly message: Text;
}

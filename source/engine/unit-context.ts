import type {Language} from '../languages/text.ts';
import type {EventBody} from './event.ts';
import type {Decide} from './question.ts';
import type {Resource} from './resource.ts';
import type {ExecContext} from './round-trip.ts';

/** Everything from the run that a unit needs. */
export interface UnitContext extends ExecContext {
	readonly language: Language;
	/**
	 * Whether the unit has succeeded before. Differences are then later changes, by new answers or by hand, and are shown
	 * and backed up.
	 */
	readonly isKnown?: boolean;
	/**
	 * Backs up the content of a file before it is overwritten. Returns the path of the copy, or undefined if there is
	 * none.
	 */
	readonly keep?: ((path: string, content: Buffer) => string | undefined) | undefined;
	/** Is told each file that commands have written: the beginning of its SHA-256, as `contentDigest` has it. */
	readonly wrote?: ((path: string, digest: string) => void) | undefined;
	readonly emit: (event: EventBody) => void;
	/** Without it there are no questions: commands run, and a failure ends the unit. */
	readonly decide?: Decide | undefined;
	/** Durably records that a resource is about to be created. */
	readonly recordIntent: (resource: Resource) => void;
}

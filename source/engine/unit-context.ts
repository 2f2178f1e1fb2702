import type {Language} from '../languages/text.ts';
import type {EventBody} from './event.ts';
import type {Decide} from './question.ts';
import type {Resource} from './resource.ts';
import type {ExecContext} from './round-trip.ts';

/** Everything that a unit's work needs of the run. */
export interface UnitContext extends ExecContext {
	readonly language: Language;
	/** Whether the unit has ended well before: what differs now was changed since, by the answers or by hand, and is shown and kept. */
	readonly isKnown?: boolean;
	/** Keeps the content of a file that is about to be overwritten. Returns the copy's path; nothing if it is not kept. */
	readonly keep?: ((path: string, content: Buffer) => string | undefined) | undefined;
	readonly emit: (event: EventBody) => void;
	/** Without it nobody is asked: commands are run, and what fails ends the unit. */
	readonly decide?: Decide | undefined;
	/** Writes durably that a resource is about to be made. */
	readonly recordIntent: (resource: Resource) => void;
}

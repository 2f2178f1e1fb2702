import type {Text} from '../messages/text.ts';
import type {Command} from './command.ts';
import type {Resource} from './resource.ts';

/**
 * One thing that must hold on a machine.
 * `check`: 0 fulfilled, 1 not (its output says what differs), anything else: cannot tell (its output says why).
 */
export interface Task {
	/** An imperative sentence: a row on the screen, a comment in the script, a line of the handbook. */
	readonly title: Text;
	readonly check: Command;
	/** What makes it hold. Without it the task is an assertion. Each may be run again after it was cut off anywhere. */
	readonly apply?: readonly Command[];
	/** Seconds in which the check must come to hold, after `apply` or for an assertion that waits; scaled where machines are emulated. */
	readonly within?: number;
	/** Resources that `apply` makes and `down` has to remove; written into the journal before `apply` runs. */
	readonly creates?: readonly Resource[];
	/** May be left out by the user without harm to what follows. */
	readonly skippable?: boolean;
	/** What the user can do when it does not hold. */
	readonly advice?: Text;
}

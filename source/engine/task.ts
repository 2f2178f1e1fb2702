import type {Command} from '../shell/command.ts';
import type {Prediction} from './prediction.ts';
import type {Resource} from './resource.ts';
import type {Text} from '../languages/text.ts';

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
	/**
	 * Absolute paths of files that `apply` writes. A task that `reads` one of them on the same machine has to be applied
	 * after it; a regular file that is overwritten is kept in a backup of the run, unless `isSecret`.
	 */
	readonly writes?: readonly string[];
	/**
	 * Files or folders whose change makes the check fail, although it holds now: the configuration that a service reads when
	 * it starts, for instance. The dry run concludes from it.
	 */
	readonly reads?: readonly string[];
	/**
	 * Prints a unified diff between what is there and what `apply` makes; nothing if there is nothing to compare. Its standard
	 * input is that of the first command of `apply` that has one. Runs only after the check has found a difference.
	 */
	readonly compare?: Command;
	/** The content of `writes` is secret: neither compared nor kept. */
	readonly isSecret?: boolean;
	/** Places that cannot be reached before it holds: the node whose machine it starts, for instance. */
	readonly provides?: readonly string[];
	/** Devices that are there only once it holds; a service that it `restarts` is another thing that others use. */
	readonly supplies?: readonly string[];
	/**
	 * Services, devices and places without which the check fails. While one of them is broken and about to be mended, a check that does
	 * not hold tells nothing: it may hold afterwards without `apply`.
	 */
	readonly uses?: readonly string[];
	/** The service that `apply` restarts. */
	readonly restarts?: string;
	/** Requests that clients may lose while `apply` runs, by the cluster's settings; absent where nothing is known. */
	readonly outage?: Prediction;
	/** May be left out by the user without harm to what follows. */
	readonly skippable?: boolean;
	/** What the user can do when it does not hold. */
	readonly advice?: Text;
}

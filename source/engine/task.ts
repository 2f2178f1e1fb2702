import type {Command} from '../shell/command.ts';
import type {Prediction} from './prediction.ts';
import type {Resource} from './resource.ts';
import type {Text} from '../languages/text.ts';

/**
 * A condition that must hold on a host or node. Exit codes of `check`: 0, it holds; 1, it does not (the output says
 * what differs); any other, unknown (the output says why).
 */
export interface Task {
	/** Imperative sentence: shown as a row on the screen, a comment in the script and a line of the handbook. */
	readonly title: Text;
	readonly check: Command;
	/**
	 * Commands that make the condition hold; without them the task is an assertion. Each can be run again after it was cut
	 * off at any point.
	 */
	readonly apply?: readonly Command[];
	/** Seconds within which the check must pass after `apply`, or for an assertion that waits; scaled if VMs are emulated. */
	readonly timeout?: number;
	/** Resources that `apply` creates and `down` has to remove; recorded in the journal before `apply` runs. */
	readonly creates?: readonly Resource[];
	/**
	 * Absolute paths of files that `apply` writes. A task that `reads` one of them on the same machine has to be applied
	 * again afterwards. A regular file is backed up before it is overwritten, unless `isSecret`.
	 */
	readonly writes?: readonly string[];
	/**
	 * Further content to keep before `apply` overwrites it: `content` prints it, as far as it was changed since `apply` wrote it and
	 * is not too large, or nothing. `path` is its name among the copies.
	 */
	readonly keeps?: {readonly path: string; readonly content: Command};
	/**
	 * Files or folders whose change makes a passing check fail, for instance the configuration that a service reads when
	 * it starts. The dry run uses them to predict changes.
	 */
	readonly reads?: readonly string[];
	/**
	 * Prints a unified diff from the current content to what `apply` writes; nothing if there is nothing to compare. Its
	 * standard input is that of the first command of `apply` that has one. Runs only after the check has found a
	 * difference.
	 */
	readonly compare?: Command;
	/** The content of `writes` is secret: it is neither compared nor backed up. */
	readonly isSecret?: boolean;
	/** Places that cannot be reached before the task is done, for instance the node whose VM it starts. */
	readonly provides?: readonly string[];
	/** Devices that exist only once the task is done. A service that it `restarts` counts as a supply as well. */
	readonly supplies?: readonly string[];
	/**
	 * Services, devices and places without which the check fails. While one of them is broken and about to be repaired, a
	 * failing check proves nothing: it may pass later without `apply`.
	 */
	readonly uses?: readonly string[];
	/** The service that `apply` restarts. */
	readonly restarts?: string;
	/** Requests that clients may lose while `apply` runs, according to the cluster's settings; absent if unknown. */
	readonly outage?: Prediction;
	/** Whether the user may skip the task without affecting later ones. */
	readonly skippable?: boolean;
	/** Advice to the user if the task fails. */
	readonly advice?: Text;
}

import type {Text} from '../messages/text.ts';
import type {Command} from './command.ts';

/** Something that comes into being on the host, how to remove it and how to see that it is gone. */
export interface Creation {
	readonly kind: 'machine' | 'pool' | 'network' | 'bridge' | 'namespace' | 'sandbox' | 'process' | 'file' | 'directory' | 'image' | 'group';
	/** Unique among the creations of its kind: a libvirt name, a path. */
	readonly name: string;
	readonly remove: Command;
	/** 0 when nothing of it is left. */
	readonly gone: Command;
	/** Kept by `down`, removed by `down --purge` (the image cache). */
	readonly cache?: boolean;
}

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
	readonly creates?: readonly Creation[];
	/** May be left out by the user without harm to what follows. */
	readonly skippable?: boolean;
	/** What the user can do when it does not hold. */
	readonly advice?: Text;
}

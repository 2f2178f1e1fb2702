import type {Cluster, Node, Role} from '../cluster/cluster.ts';
import type {Task} from './task.ts';
import type {Text} from '../languages/text.ts';

/**
 * Where a step's commands run: `machine` is the computer the program was started on; `host` is where libvirt and
 * the machines live (the same one, or the sandbox on it); a role means every node that has it; `master` is the
 * first director, for what is done once for the whole cluster.
 */
export type Place = 'machine' | 'host' | 'master' | Role | readonly Role[];

/** A chapter of the work, as data: the wizard runs it, the dry run checks it, the script and the handbook print it. */
export interface Step {
	readonly id: string;
	/** The thesis's section. */
	readonly chapter: string;
	readonly title: Text;
	/** At most 15 columns, for narrow lists; the id where there is none. */
	readonly name?: Text;
	readonly on: Place;
	/** For a step on the machine or the host: once for each node, or each role, instead of once. */
	readonly each?: 'node' | 'role';
	/**
	 * Ids of steps. A need is met for the same subject where that step runs for it, else for all its subjects; for a step
	 * on `master`, always for all.
	 */
	readonly needs: readonly string[];
	/** Whether the step is part of this cluster's plan. */
	readonly when?: (cluster: Cluster) => boolean;
	readonly tasks: (cluster: Cluster, subject: Subject) => readonly Task[];
	/** A later step: once its checks hold, this one is done and not run again. */
	readonly supersededBy?: string;
	/** The errata it mends, by their line in the thesis (docs/errata). */
	readonly mends?: readonly number[];
}

/** What a unit is for. Exactly the field that belongs to the step's place is set; see `nodeOf` and `roleOf`. */
export interface Subject {
	readonly node?: Node;
	readonly role?: Role;
}

export function step(definition: Step): Step {
	return definition;
}

/** The node of a step that runs on nodes or for each node. */
export function nodeOf(subject: Subject): Node {
	if (!subject.node) {
		throw new TypeError('This step has no node');
	}

	return subject.node;
}

/** The role of a step that runs for each role. */
export function roleOf(subject: Subject): Role {
	if (!subject.role) {
		throw new TypeError('This step has no role');
	}

	return subject.role;
}

import type {Cluster, Node} from '../cluster/cluster.ts';
import type {Role} from '../roles/index.ts';
import type {Task} from './task.ts';
import type {Text} from '../languages/text.ts';

/**
 * The place on which a step's commands run. `machine`: the computer on which the program was started; `host`: the
 * computer that runs libvirt and the VMs (the same one, or the sandbox on it); a role: every node with that role;
 * `master`: the first director, for work that is done once for the whole cluster.
 */
export type StepScope = 'machine' | 'host' | 'master' | Role | readonly Role[];

/** A chapter of the work, as data: the wizard runs it, the dry run checks it, and the script and the handbook print it. */
export interface Step {
	readonly id: string;
	/** Section of the thesis. */
	readonly chapter: string;
	readonly title: Text;
	/** Short name of at most 15 columns for narrow lists; the default is the id. */
	readonly name?: Text;
	readonly on: StepScope;
	/** For a step on `machine` or `host`: run it once per node or role instead of once. */
	readonly each?: 'node' | 'role';
	/**
	 * Ids of earlier steps. A need is met by that step's unit for the same subject if there is one, otherwise by all its
	 * units; for a step on `master`, always by all of them.
	 */
	readonly needs: readonly string[];
	/** Whether the step is part of this cluster's plan. */
	readonly when?: (cluster: Cluster) => boolean;
	readonly tasks: (cluster: Cluster, subject: Subject) => readonly Task[];
	/** Id of a later step; once its checks pass, this step counts as done and is not run again. */
	readonly supersededBy?: string;
	/** Errata that the step corrects, by their line in the thesis (docs/errata.md). */
	readonly mends?: readonly number[];
}

/**
 * The node or role that a unit works for. Only the field that matches the step's place is set; see `nodeOf` and
 * `roleOf`.
 */
export interface Subject {
	readonly node?: Node;
	readonly role?: Role;
}

export function step(definition: Step): Step {
	return definition;
}

/**
 * Returns the node of a step that runs on nodes or once per node.
 * @throws TypeError if the step has no node
 */
export function nodeOf(subject: Subject): Node {
	if (!subject.node) {
		throw new TypeError('This step has no node');
	}

	return subject.node;
}

/**
 * Returns the role of a step that runs once per role.
 * @throws TypeError if the step has no role
 */
export function roleOf(subject: Subject): Role {
	if (!subject.role) {
		throw new TypeError('This step has no role');
	}

	return subject.role;
}

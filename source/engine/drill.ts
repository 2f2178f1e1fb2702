import type {Cluster} from '../cluster/cluster.ts';
import type {Task} from './task.ts';
import type {Text} from '../languages/text.ts';
import type {Prediction} from './prediction.ts';

/** A task and where it runs: `host` or a node's name. */
export interface PlacedTask {
	readonly on: string;
	readonly task: Task;
}

/** A fault injected into the cluster, and its repair. The check of `undo` passes if the fault was never injected. */
export interface Fault {
	readonly inject: PlacedTask;
	readonly undo: PlacedTask;
}

/** One event of a drill, as clients see it. */
export interface Phase {
	readonly title: Text;
	/** Tasks that cause the event, in order. A task's check passes once its effect is visible. */
	readonly inject: readonly PlacedTask[];
	/** Tasks whose checks must pass within their time limits, in order. */
	readonly expect: readonly PlacedTask[];
	/** Expected cost to clients, derived from the cluster's settings. */
	readonly predict?: Prediction;
}

export interface Scenario {
	/** Preconditions: if one fails, the drill would prove nothing or cause damage. */
	readonly precheck: readonly PlacedTask[];
	/** Temporary setup that exists only during the drill; `undo` removes it. */
	readonly prepare?: readonly PlacedTask[];
	readonly phases: readonly Phase[];
	/**
	 * Restores the cluster's original state, at whatever point the drill was cut off. Tasks whose checks pass are not
	 * applied.
	 */
	readonly undo: readonly PlacedTask[];
}

/** The part of a cluster that drill titles need: the names of its VMs. */
export interface NodeNames {
	readonly directors: readonly [{readonly vm: string}, {readonly vm: string}];
	readonly webs: ReadonlyArray<{readonly vm: string}>;
}

/** A deliberate failure, as data: `verify` runs it, the dry run shows it, the report explains it. */
export interface Drill {
	/** Id, for example `1`, `2-crash` or `nfs`. */
	readonly id: string;
	/** Section and test number in the thesis; empty for a drill that the thesis does not have. */
	readonly chapter: string;
	/** Uses only names, so that the help can list the drills before a cluster exists. */
	readonly title: (cluster: NodeNames) => Text;
	/** Explains what the drill does to this cluster, the expected result and the reason. */
	readonly explanation: (cluster: Cluster) => Text;
	readonly when?: (cluster: Cluster) => boolean;
	readonly scenario: (cluster: Cluster) => Scenario;
}

/**
 * A drill as its author writes it: a text that is the same for every cluster may be given directly instead of as a
 * function.
 */
interface DrillDefinition extends Omit<Drill, 'title' | 'explanation'> {
	readonly title: Text | Drill['title'];
	readonly explanation: Text | Drill['explanation'];
}

export function drill({title, explanation, ...rest}: DrillDefinition): Drill {
	return {...rest, title: asFunction(title), explanation: asFunction(explanation)};
}

function asFunction<Given>(text: Text | ((cluster: Given) => Text)): (cluster: Given) => Text {
	return typeof text === 'function' ? text : () => text;
}

/** Whether the drill breaks something, even temporarily. */
export function isHarmful({phases}: Scenario): boolean {
	return phases.some(({inject}) => inject.length > 0);
}

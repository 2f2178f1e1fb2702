import type {Cluster} from '../cluster/cluster.ts';
import type {Task} from './task.ts';
import type {Text} from '../languages/text.ts';
import type {Prediction} from './prediction.ts';

/** A task and where it runs: `host` or a node's name. */
export interface Placed {
	readonly on: string;
	readonly task: Task;
}

/** Something done to the cluster, and what takes it back: `undo` holds where the harm was never done. */
export interface Harm {
	readonly inject: Placed;
	readonly undo: Placed;
}

/** One event of a drill, as clients see it. */
export interface Phase {
	readonly title: Text;
	/** What is done, in order; each task's check says that it has come to be. */
	readonly inject: readonly Placed[];
	/** What must come to hold within its time, in order. */
	readonly expect: readonly Placed[];
	/** What it costs clients by the cluster's settings. */
	readonly predict?: Prediction;
}

export interface Course {
	/** Without these the drill would prove nothing, or do harm. */
	readonly precheck: readonly Placed[];
	/** What is there for the time of the drill only; `undo` takes it away. */
	readonly prepare?: readonly Placed[];
	readonly phases: readonly Phase[];
	/** Brings the cluster back to how it was found, wherever the drill was cut off; what holds already is not done again. */
	readonly undo: readonly Placed[];
}

/** As much of a cluster as a drill's title names. */
export interface Named {
	readonly directors: readonly [{readonly vm: string}, {readonly vm: string}];
	readonly webs: ReadonlyArray<{readonly vm: string}>;
}

/** A failure on purpose, as data: the verification runs it, the dry run shows it, the report explains it. */
export interface Drill {
	/** `1`, `2-crash`, `nfs`. */
	readonly id: string;
	/** The thesis's section and test, or empty for one of ours. */
	readonly chapter: string;
	/** Only of names, so that help can list the drills before there is a cluster. */
	readonly title: (cluster: Named) => Text;
	/** States what the drill does to this cluster, what is expected and why. */
	readonly explanation: (cluster: Cluster) => Text;
	readonly when?: (cluster: Cluster) => boolean;
	readonly course: (cluster: Cluster) => Course;
}

/** A drill as it is written: texts that are the same for every cluster need no function. */
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

/** Whether it breaks something, if only for a time. */
export function isHarmful({phases}: Course): boolean {
	return phases.some(({inject}) => inject.length > 0);
}

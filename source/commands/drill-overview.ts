import type {Cluster} from '../cluster/cluster.ts';
import {isHarmful, type Drill} from '../engine/drill.ts';
import type {Prediction} from '../engine/prediction.ts';
import {drills} from '../../steps/drills/index.ts';
import type {Text} from '../languages/text.ts';

/** A test as it can be shown and chosen before it runs. */
export interface DrillOverview {
	readonly id: string;
	readonly chapter: string;
	readonly title: Text;
	readonly explanation: Text;
	/** Whether it breaks something, if only for a time. */
	readonly isHarmful: boolean;
	readonly phases: ReadonlyArray<{readonly title: Text; readonly prediction?: Prediction}>;
}

/** Those that this cluster can be put to. */
export function possibleDrills(cluster: Cluster): Drill[] {
	return drills.filter(({when}) => when?.(cluster) ?? true);
}

export function drillOverview({id, chapter, title, explanation, course}: Drill, cluster: Cluster): DrillOverview {
	const made = course(cluster);
	const phases = made.phases.map(({title, predict}) => ({title, ...(predict && {prediction: predict})}));
	return {id, chapter, title: title(cluster), explanation: explanation(cluster), isHarmful: isHarmful(made), phases};
}

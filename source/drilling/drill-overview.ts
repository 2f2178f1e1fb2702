import type {Cluster} from '../cluster/cluster.ts';
import {isHarmful, type Drill} from '../engine/drill.ts';
import type {Prediction} from '../engine/prediction.ts';
import {drills} from '../../steps/drills/index.ts';
import type {Text} from '../languages/text.ts';

/** A drill in plain data, for display and selection before it runs. */
export interface DrillOverview {
	readonly id: string;
	readonly chapter: string;
	readonly title: Text;
	readonly explanation: Text;
	/** Whether the drill breaks something, even temporarily. */
	readonly isHarmful: boolean;
	readonly phases: ReadonlyArray<{readonly title: Text; readonly prediction?: Prediction}>;
}

/** Returns the drills that are possible on this cluster. */
export function applicableDrills(cluster: Cluster): Drill[] {
	return drills.filter(({when}) => when?.(cluster) ?? true);
}

export function drillOverview({id, chapter, title, explanation, scenario}: Drill, cluster: Cluster): DrillOverview {
	const made = scenario(cluster);
	const phases = made.phases.map(({title, predict}) => ({title, ...(predict && {prediction: predict})}));
	return {id, chapter, title: title(cluster), explanation: explanation(cluster), isHarmful: isHarmful(made), phases};
}

import type {Cluster} from '../cluster/cluster.ts';
import {applyDefaults} from '../answers/defaults.ts';
import type {HostFacts} from '../host/host-facts.ts';
import type {Inventory} from '../cluster/inventory.ts';
import {hostDefaults} from '../answers/host-defaults.ts';
import type {Answers} from '../answers/schema.ts';

/** An answer that is scaled to another value because the VMs are emulated. Both values include their units. */
export interface ScaledAnswer {
	readonly key: string;
	readonly chosen: string;
	readonly used: string;
}

type Times = Pick<Cluster, 'ha' | 'check'>;
type Value = (times: {readonly ha: Pick<Times['ha'], 'token' | 'monitor'>; readonly check: Times['check']}) => number;

const scalable: ReadonlyArray<readonly [key: string, unit: string, value: Value]> = [
	['ha.token', 'ms', ({ha}) => ha.token],
	['ha.monitor', 's', ({ha}) => ha.monitor],
	['check.interval', 's', ({check}) => check.interval],
	['check.timeout', 's', ({check}) => check.timeout],
];

/** Returns the answers whose times are scaled in this cluster and differ from the cluster as it was last built. */
export function scaledAnswers(
	{answers, facts, cluster}: {answers: Answers; facts: HostFacts; cluster: Cluster},
	built: Pick<Inventory, 'ha' | 'check'>,
): ScaledAnswer[] {
	const choices = applyDefaults(answers, hostDefaults(facts, cluster.sandbox));
	return scalable.flatMap(([key, unit, value]) => {
		const [chosen, used] = [value(choices), value(cluster)];
		return chosen === used || used === value(built)
			? []
			: [{key, chosen: `${chosen} ${unit}`, used: `${used} ${unit}`}];
	});
}

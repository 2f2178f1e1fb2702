import type {Cluster} from '../cluster/cluster.ts';
import {applyDefaults} from '../answers/defaults.ts';
import type {Setting} from '../cluster/setting.ts';
import {settingGroups, settings} from '../cluster/settings.ts';
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

/** Returns the answers whose times are scaled in this cluster and differ from the cluster as it was last built. */
export function scaledAnswers(
	{answers, facts, cluster}: {answers: Answers; facts: HostFacts; cluster: Cluster},
	built: Pick<Inventory, 'ha' | 'check'>,
): ScaledAnswer[] {
	const choices = applyDefaults(answers, hostDefaults(facts, cluster.sandbox));
	return settingGroups.flatMap(group =>
		Object.entries<Setting>(settings[group]).flatMap(([key, {unit = ''}]) => {
			const valueIn = (values: object) => (values as Record<string, unknown>)[key];
			const [chosen, used] = [valueIn(choices[group]), valueIn(cluster[group])];
			return chosen === used || used === valueIn(built[group])
				? []
				: [{key: `${group}.${key}`, chosen: `${chosen} ${unit}`.trimEnd(), used: `${used} ${unit}`.trimEnd()}];
		}),
	);
}

import type {Cluster} from '../source/cluster/cluster.ts';
import {failures, groupScores} from '../source/cluster/timing.ts';
import {asset} from '../source/assets.ts';
import {sh} from '../source/shell/command.ts';
import {step} from '../source/engine/step.ts';
import type {Task} from '../source/engine/task.ts';
import {phrase, type Text} from '../source/languages/text.ts';
import {expect} from '../source/tasks/expect.ts';
import {file} from '../source/tasks/file.ts';
import {loadedResources} from '../source/tasks/resources.ts';
import {plannedMove} from './drills/predictions.ts';

const path = '/etc/ha.d/cluster.crm';

/** Warning that the cluster, like the thesis, has no fencing. */
const withoutFencing: Text = phrase(
	'There is no fencing, as in the thesis: were both links between the directors cut, each would take the VIPs for itself (split brain).',
);

/** Loads the resources before they may start, so that Pacemaker probes both directors while web servers are being made. */
export const resources = step({
	id: 'resources',
	name: phrase('Resources'),
	chapter: '4.6.2',
	title: phrase('Pacemaker: what it is to keep running'),
	on: 'master',
	needs: ['corosync', 'ldirectord'],
	mends: [1695, 1704, 1705, 1713, 1715, 1720],
	tasks(cluster) {
		return [
			bothLinks(cluster),
			expect(
				phrase('Both directors are online, with quorum'),
				sh`
				status=$(crm_mon --one-shot --output-as=xml 2>&1) || { echo "$status" | head -n 3; exit 1; }
				online=$(echo "$status" | grep -c '<node .* online="true"')
				case $online$status in 2*'with_quorum="true"'*) ;; *) echo "$online of 2 online"; exit 1 ;; esac
			`,
				{timeout: 120},
			),
			file(path, configuration(cluster), {title: phrase('Write down the resources')}),
			// With failback, changed scores can move the group back to the first director.
			{...wantedResources(cluster), advice: withoutFencing, ...(cluster.ha.failback && {outage: plannedMove(cluster)})},
		];
	},
});

/** Exported for the tests, which let Pacemaker's tools validate it. */
export function configuration({ha, vip, networks, directors}: Cluster): string {
	const {each, location} = groupScores({ha});
	return asset('director/etc/ha.d/cluster.crm', {
		internal: vip.internal,
		external: vip.external,
		internalPrefix: networks.internal.prefix,
		externalPrefix: networks.external.prefix,
		startStop: ha.agentLimit.startStop,
		monitor: ha.agentLimit.monitor,
		interval: ha.monitor,
		...failures,
		// The members' stickiness adds up. With a score above the sum, the group returns to the first director; below, it stays.
		stickiness: each,
		score: location,
		master: directors[0].name,
	});
}

/** Loads exactly these resources into Pacemaker, with timeouts, thresholds and locations. */
export function wantedResources(cluster: Cluster): Task {
	return loadedResources(path, configuration(cluster));
}

/** Checks that both Corosync links reach the other director. */
export function bothLinks({directors: [, standby]}: Cluster): Task {
	return expect(
		phrase('Corosync reaches the other director over both links'),
		sh`
		found=$(corosync-cfgtool -s 2>&1) || { echo "$found" | head -n 3; exit 1; }
		connected=$(echo "$found" | grep -cE ${`nodeid: +${standby.corosyncId}:[[:space:]]+connected`})
		[ "$connected" = 2 ] || { echo "$connected of 2 links are connected"; exit 1; }
	`,
		{timeout: 120},
	);
}

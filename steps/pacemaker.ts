import type {Cluster} from '../source/answers/cluster.ts';
import {asset} from '../source/assets.ts';
import {sh} from '../source/engine/command.ts';
import {step} from '../source/engine/step.ts';
import type {Text} from '../source/messages/text.ts';
import {expect} from '../source/tasks/expect.ts';
import {file} from '../source/tasks/file.ts';
import {resources} from '../source/tasks/resources.ts';
import {withoutHandMadeRules} from './lvs.ts';

const path = '/etc/ha.d/cluster.crm';
const members = 3;

/** What the thesis leaves out, said where it matters. */
const withoutFencing: Text = {
	en: 'There is no fencing, as in the thesis: were both links between the directors cut, each would take the VIPs for itself (split brain).',
	es: 'No hay fencing, como en la memoria: si se cortaran los dos enlaces entre los directores, cada uno se quedaría con las VIP (split brain).',
};

export const pacemaker = step({
	id: 'pacemaker',
	chapter: '4.6.2',
	title: {en: 'Pacemaker: the VIPs and ldirectord, on one director or the other', es: 'Pacemaker: las VIP y ldirectord, en un director o en el otro'},
	on: 'master',
	// The proof comes first: here the hand-made rules that it needs are removed.
	needs: ['corosync', 'ldirectord', 'lvs-proof'],
	mends: [1695, 1704, 1705, 1713, 1715, 1720],
	tasks(cluster) {
		const crm = configuration(cluster);
		return [
			bothLinks(cluster),
			expect({en: 'Both directors are online, with quorum', es: 'Los dos directores están en línea, con quorum'}, sh`
				status=$(crm_mon --one-shot --output-as=xml 2>&1) || { echo "$status" | head -n 3; exit 1; }
				online=$(echo "$status" | grep -c '<node .* online="true"')
				case $online$status in 2*'with_quorum="true"'*) ;; *) echo "$online of 2 online"; exit 1 ;; esac
			`, {within: 120}),
			withoutHandMadeRules(cluster),
			file(path, crm, {title: {en: 'Write down the resources', es: 'Escribir los recursos'}}),
			{...resources(path, crm), advice: withoutFencing},
			expect({en: 'The group of VIPs and ldirectord is started', es: 'El grupo de las VIP y ldirectord está en marcha'}, sh`
				status=$(crm_mon --one-shot --output-as=xml --inactive) || exit 1
				started=$(echo "$status" | grep -cE '<resource id="(ip-internal|ldirectord1|ip-external)" .*role="Started".*failed="false"')
				[ "$started" = ${members} ] || { echo ${`of ${members} resources started:`} "$started"; exit 1; }
			`, {within: 120}),
		];
	},
});

/** Public for the tests: Pacemaker's own tools judge it. */
export function configuration({ha, vip, networks, directors}: Cluster): string {
	return asset('director/etc/ha.d/cluster.crm', {
		internal: vip.internal,
		external: vip.external,
		internalPrefix: networks.internal.prefix,
		externalPrefix: networks.external.prefix,
		startStop: ha.agentLimit.startStop,
		monitor: ha.agentLimit.monitor,
		interval: ha.monitor,
		// A group's stickiness adds up over its members, 90: above it the group goes back to the first director, below it stays.
		score: ha.failback ? 100 : 50,
		master: directors[0].name,
	});
}

/** Each of Corosync's two links reaches the other director. */
function bothLinks({directors: [, standby]}: Cluster) {
	return expect({en: 'Corosync reaches the other director over both links', es: 'Corosync llega al otro director por los dos enlaces'}, sh`
		found=$(corosync-cfgtool -s 2>&1) || { echo "$found" | head -n 3; exit 1; }
		connected=$(echo "$found" | grep -cE ${`nodeid: +${standby.corosyncId}:[[:space:]]+connected`})
		[ "$connected" = 2 ] || { echo "$connected of 2 links are connected"; exit 1; }
	`, {within: 120});
}

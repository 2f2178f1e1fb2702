import type {Cluster} from '../source/cluster/cluster.ts';
import {asset} from '../source/assets.ts';
import {sh} from '../source/shell/command.ts';
import {step} from '../source/engine/step.ts';
import type {Task} from '../source/engine/task.ts';
import {phrase} from '../source/languages/text.ts';
import {file} from '../source/tasks/file.ts';
import {service} from '../source/tasks/service.ts';
import {corosyncRestarted, plannedMove} from './drills/predictions.ts';

const settings = '/etc/corosync/corosync.conf';
const authkey = '/etc/corosync/authkey';
const environment = '/etc/systemd/system/pacemaker.service.d/cluster.conf';
/** Folder of Pacemaker's configuration (CIB). */
const cib = '/var/lib/pacemaker/cib';

export const corosync = step({
	id: 'corosync',
	name: phrase('Corosync'),
	chapter: '4.6.2',
	title: phrase('Corosync: the directors hear each other'),
	on: 'director',
	// `forwarding` (the firewall) is not needed, so its step runs in parallel with Pacemaker's first election (20 s).
	needs: ['names'],
	mends: [394, 1572, 1597, 1608, 1615],
	tasks(cluster) {
		return [
			withoutPackagesCluster(cluster),
			file(authkey, cluster.ha.authkey, {
				mode: '0400',
				base64: true,
				title: phrase('Send the key that Corosync encrypts with'),
			}),
			file(settings, configuration(cluster)),
			service('corosync', {reads: [settings, authkey], outage: corosyncRestarted(cluster)}),
			file(environment, asset('director/etc/systemd/system/pacemaker.service.d/cluster.conf')),
			service('pacemaker', {reads: [environment], within: 60, outage: plannedMove(cluster)}),
		];
	},
});

/** Exported for the tests, which let Corosync validate it. */
export function configuration({name, ha, directors}: Cluster): string {
	const nodes = directors.map(node =>
		asset('director/etc/corosync/node', {
			name: node.name,
			id: node.corosyncId!,
			internal: node.internal,
			heartbeat: node.heartbeat!,
		}).trimEnd(),
	);
	return asset('director/etc/corosync/corosync.conf', {name, token: ha.token, nodes: nodes.join('\n')});
}

/**
 * Removes the one-node cluster that the package creates if its services start during the installation: Pacemaker would
 * keep that configuration. It is recognized by a CIB without resources and without our directors. The CIB of a configured
 * cluster is never removed.
 */
function withoutPackagesCluster({directors}: Cluster): Task {
	const configured = `${cib}/cib.xml`;
	const ours = `<primitive |uname="(${directors.map(({name}) => name).join('|')})"`;
	return {
		title: phrase('Remove the one-node cluster that the package made'),
		check: sh`
			! grep -Eqs ${ours} ${configured} || exit 0
			[ ! -f ${configured} ] || { echo ${`${configured}: not this cluster's`}; exit 1; }
			grep -qs ${`ring0_addr: ${directors[0].internal}$`} ${settings} || ! systemctl is-active --quiet corosync || { echo 'the one-node cluster is running'; exit 1; }
		`,
		apply: [sh`systemctl stop pacemaker corosync`, sh`grep -Eqs ${ours} ${configured} || rm -f ${cib}/cib*`],
	};
}

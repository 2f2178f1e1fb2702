import type {Cluster, Node} from '../source/cluster/cluster.ts';
import {reachOrder, startOrder} from '../source/cluster/order.ts';
import {sh} from '../source/shell/command.ts';
import type {PlacedTask} from '../source/engine/drill.ts';
import {phrase, type Text} from '../source/languages/text.ts';
import {expect} from '../source/tasks/expect.ts';
import {groupSettled} from '../source/tasks/group.ts';
import {nodeReachable, shutDown, shutdownMarksRemoved, shutDownTogether} from '../source/tasks/power.ts';
import {rotationIs} from '../source/tasks/rotation-at-vip.ts';
import {startedService, stoppedService} from '../source/tasks/stopped-service.ts';

/** One part of stopping or starting the whole cluster; parts run in order. */
export interface PowerSection {
	/** Unit of the part in events and logs. */
	readonly id: string;
	readonly title: Text;
	readonly tasks: readonly PlacedTask[];
}

/** Timeouts in seconds for a VM to boot, and for a service to settle. */
const booting = 120;
const settling = 60;

/**
 * Stops the cluster: the service first, the storage last. Web servers and directors mount the storage over NFS without a
 * timeout, so without the storage each of them would hang during its own shutdown.
 * @param running nodes whose VMs run
 * @param holder director with the VIPs. Pacemaker stops there last, so that no director is left to take the VIPs over
 */
export function stopSections(cluster: Cluster, running: readonly Node[], holder?: Node): PowerSection[] {
	const directors = running
		.filter(({role}) => role === 'director')
		.toSorted((one, other) => Number(one === holder) - Number(other === holder));
	const users = cluster.nodes.filter(({role}) => role !== cluster.storage.role);
	return [
		{
			id: 'stop:service',
			title: phrase('Take the VIPs and ldirectord out of service'),
			tasks: directors.map(node => stoppedService(node, 'pacemaker').inject),
		},
		{
			id: 'stop:machines',
			title: phrase('Shut down directors and web servers'),
			tasks: [{on: 'host', task: shutDownTogether(cluster, users)}],
		},
		{
			id: 'stop:storage',
			title: phrase('Shut down the storage'),
			tasks: [
				{on: 'host', task: shutDownTogether(cluster, [cluster.storage])},
				{on: 'host', task: shutdownMarksRemoved(cluster)},
			],
		},
	];
}

/** Starts the cluster: storage first, directors last. Ends when the page is answered and all web servers are in rotation. */
export function startSections(cluster: Cluster): PowerSection[] {
	const {directors, webs} = cluster;
	const [master, standby] = directors;
	return [
		{
			id: 'start:machines',
			title: phrase('Start the machines'),
			tasks: startOrder(cluster).map(node => shutDown(cluster, node).undo),
		},
		{
			id: 'start:nodes',
			title: phrase('Wait for the nodes'),
			tasks: reachOrder(cluster).map(node => ({on: node.name, task: nodeReachable(node, booting)})),
		},
		{
			id: 'start:service',
			title: phrase('Bring the VIPs and ldirectord into service'),
			tasks: [
				...[master, standby].map(node => ({on: node.name, task: startedService(node, 'pacemaker')})),
				{on: standby.name, task: groupSettled(cluster)},
			],
		},
		{
			id: 'start:page',
			title: phrase('Wait for the page'),
			tasks: [
				{on: 'host', task: pageAnswered(cluster)},
				...directors.map(({name}) => ({on: name, task: rotationIs(cluster, webs, {within: settling, ifActive: true})})),
			],
		},
	];
}

/** Checks from the host that a web server answers, with any content. The sorry page does not count: a director sends it. */
function pageAnswered({vip}: Cluster) {
	const url = `http://${vip.external}/`;
	return expect(
		phrase('The page is answered'),
		sh`
		answer=$(curl -s -S -o /dev/null -D - --max-time 10 ${url} 2>&1)
		case $answer in *[Xx]-[Ss]erved-[Bb]y:*) ;; *) echo "$answer" | head -n 1; exit 1 ;; esac
	`,
		{timeout: settling},
	);
}

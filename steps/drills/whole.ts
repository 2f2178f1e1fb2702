import type {Cluster} from '../../source/cluster/cluster.ts';
import {reachOrder} from '../../source/cluster/order.ts';
import {sh} from '../../source/shell/command.ts';
import type {PlacedTask} from '../../source/engine/drill.ts';
import {phrase} from '../../source/languages/text.ts';
import {answeredInTurn} from '../../source/tasks/answered-in-turn.ts';
import {expect} from '../../source/tasks/expect.ts';
import {
	bothOnline,
	groupMovedTo,
	groupOn,
	moveConstraintsCleared,
	ldirectordRuns,
	withoutFailures,
} from '../../source/tasks/group.ts';
import {startMachine} from '../../source/tasks/machine.ts';
import {nodeReachable} from '../../source/tasks/power.ts';
import {rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {bothLinks} from '../resources.ts';
import {wholeArray} from '../raid.ts';

/** Timeout in seconds for a VM to boot or a service to settle. */
const settling = 60;

/**
 * Checks common to the start of every drill: all nodes are up, and the group runs on the first director without failures.
 * The tasks only check: a damaged cluster must be repaired by `up`, not by a drill.
 */
export function healthyCluster(cluster: Cluster): PlacedTask[] {
	const {
		directors: [master],
		storage,
	} = cluster;
	return [
		{on: 'host', task: allRunning(cluster)},
		...reachOrder(cluster).map(node => ({on: node.name, task: nodeReachable(node)})),
		{on: master.name, task: bothOnline(cluster)},
		{on: master.name, task: {...bothLinks(cluster), timeout: undefined}},
		{on: master.name, task: groupOn(master)},
		{on: master.name, task: asserted(withoutFailures(phrase('Pacemaker has counted no failure')))},
		{on: master.name, task: asserted(moveConstraintsCleared())},
		{on: storage.name, task: asserted(wholeArray(cluster))},
		{on: master.name, task: rotationIs(cluster, cluster.webs)},
	];
}

/** Steps common to every rollback: repairs the injected faults, then restores the initial state and waits for it. */
export function restoreCluster(cluster: Cluster, ...undo: readonly PlacedTask[]): PlacedTask[] {
	const {
		directors: [master, standby],
		storage,
	} = cluster;
	return [
		...undoChanges(cluster, undo),
		{on: master.name, task: bothOnline(cluster, settling)},
		{on: master.name, task: {...bothLinks(cluster), timeout: settling}},
		// Wait for recoveries under way: their failures would be counted after the cleanup.
		...[master, standby].map(node => ({on: node.name, task: ldirectordRuns(cluster, node, settling)})),
		{on: master.name, task: withoutFailures()},
		{on: master.name, task: groupMovedTo(master)},
		{on: master.name, task: moveConstraintsCleared()},
		{on: storage.name, task: wholeArray(cluster)},
		{on: master.name, task: groupOn(master, settling)},
		{on: master.name, task: rotationIs(cluster, cluster.webs, {within: settling})},
		{on: 'host', task: roundRobin(cluster)},
	];
}

/**
 * Undoes changes on the host first, since a node may be unreachable because of them (a pulled cable). Undoes changes on the
 * nodes when all nodes answer. Starts all VMs, because any of them can fail during a test.
 */
export function undoChanges(cluster: Cluster, undo: readonly PlacedTask[]): PlacedTask[] {
	return [
		...startAll(cluster),
		...undo.filter(({on}) => on === 'host'),
		...reachOrder(cluster).map(node => ({on: node.name, task: nodeReachable(node, settling)})),
		...undo.filter(({on}) => on !== 'host'),
	];
}

export function startAll(cluster: Cluster): PlacedTask[] {
	return reachOrder(cluster).map(node => ({on: 'host', task: startMachine(node)}));
}

/** Checks from the host that exactly these servers answer at the VIP, in any order, because the probe runs meanwhile. */
export function roundRobin(cluster: Cluster, webs = cluster.webs, within = settling) {
	const names = webs.map(({name}) => name).join(', ');
	return answeredInTurn(
		{...cluster, webs},
		cluster.vip.external,
		webs.length === 1 ? phrase('Only {names} answers', {names}) : phrase('{names} answer in turn', {names}),
		within,
		{spread: 'any'},
	);
}

/** Returns only the check of a task, without its commands. */
export function asserted({title, check, advice}: PlacedTask['task']): PlacedTask['task'] {
	return {title, check, ...(advice && {advice})};
}

function allRunning({nodes}: Cluster) {
	return expect(
		phrase('All machines are running'),
		sh`
		running=$(virsh list --state-running --uuid) || { echo 'libvirt does not answer'; exit 2; }
		for uuid in ${nodes.map(({uuid}) => uuid)}; do
			echo "$running" | grep -qx "$uuid" || { echo "$(virsh domname "$uuid") is not running"; exit 1; }
		done
	`,
	);
}

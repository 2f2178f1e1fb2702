import type {Cluster} from '../../source/cluster/cluster.ts';
import {sh} from '../../source/shell/command.ts';
import type {Placed} from '../../source/engine/drill.ts';
import {phrase} from '../../source/languages/text.ts';
import {answeredInTurn} from '../../source/tasks/answered-in-turn.ts';
import {expect} from '../../source/tasks/expect.ts';
import {bothOnline, broughtTo, groupOn, heldByNobody, ldirectordRuns, withoutFailures} from '../../source/tasks/group.ts';
import {startMachine} from '../../source/tasks/machine.ts';
import {answers} from '../../source/tasks/power.ts';
import {servedBy} from '../../source/tasks/served-by.ts';
import {bothLinks} from '../resources.ts';
import {wholeArray} from '../raid.ts';

/** Seconds in which a machine boots, or a service of the cluster settles. */
const settling = 60;

/**
 * What every drill begins with: all nodes are well and the service is on the first director, with no failure counted.
 * Each is only looked at: a cluster that is not whole is for `up` to mend, not for a drill.
 */
export function whole(cluster: Cluster): Placed[] {
	const {directors: [master], storage} = cluster;
	return [
		{on: 'host', task: allRunning(cluster)},
		...inOrder(cluster).map(node => ({on: node.name, task: answers(node)})),
		{on: master.name, task: bothOnline(cluster)},
		{on: master.name, task: {...bothLinks(cluster), within: undefined}},
		{on: master.name, task: groupOn(master)},
		{on: master.name, task: asserted(withoutFailures(phrase('Pacemaker has counted no failure')))},
		{on: master.name, task: asserted(heldByNobody())},
		{on: storage.name, task: asserted(wholeArray(cluster))},
		{on: master.name, task: servedBy(cluster, cluster.webs)},
	];
}

/** What every undo is: what was done is taken back, and then the same as before, brought about where it can be, and waited for. */
export function wholeAgain(cluster: Cluster, ...undo: readonly Placed[]): Placed[] {
	const {directors: [master, standby], storage} = cluster;
	return [
		...takenBack(cluster, undo),
		{on: master.name, task: bothOnline(cluster, settling)},
		{on: master.name, task: {...bothLinks(cluster), within: settling}},
		// A failure that is still being recovered from would be counted after the cleaning.
		...[master, standby].map(node => ({on: node.name, task: ldirectordRuns(cluster, node, settling)})),
		{on: master.name, task: withoutFailures()},
		{on: master.name, task: broughtTo(master)},
		{on: master.name, task: heldByNobody()},
		{on: storage.name, task: wholeArray(cluster)},
		{on: master.name, task: groupOn(master, settling)},
		{on: master.name, task: servedBy(cluster, cluster.webs, {within: settling})},
		{on: 'host', task: inTurn(cluster)},
	];
}

/**
 * What was done on the host is taken back before a node is asked for anything (its cable may be pulled), and on the nodes
 * when all of them answer, also those that nobody meant to switch off: a machine can go while a test lasts.
 */
export function takenBack(cluster: Cluster, undo: readonly Placed[]): Placed[] {
	return [
		...starts(cluster),
		...undo.filter(({on}) => on === 'host'),
		...inOrder(cluster).map(node => ({on: node.name, task: answers(node, settling)})),
		...undo.filter(({on}) => on !== 'host'),
	];
}

export function starts(cluster: Cluster): Placed[] {
	return inOrder(cluster).map(node => ({on: 'host', task: startMachine(node)}));
}

/** Requests to the VIP are answered by each of these servers, and by nobody else; asked on the host. How evenly is the probe's to count: it asks at the same time. */
export function inTurn(cluster: Cluster, webs = cluster.webs, within = settling) {
	const names = webs.map(({name}) => name).join(', ');
	return answeredInTurn({...cluster, webs}, cluster.vip.external, webs.length === 1
		? phrase('Only {names} answers', {names})
		: phrase('{names} answer in turn', {names}), within, {spread: 'any'});
}

/** Looked at, not brought about. */
export function asserted({title, check, advice}: Placed['task']): Placed['task'] {
	return {title, check, ...(advice && {advice})};
}

/** The directors first: the others are reached through them. */
export function inOrder({directors, storage, webs}: Cluster) {
	return [...directors, storage, ...webs];
}

function allRunning({nodes}: Cluster) {
	return expect(phrase('All machines are running'), sh`
		running=$(virsh list --state-running --uuid) || { echo 'libvirt does not answer'; exit 2; }
		for uuid in ${nodes.map(({uuid}) => uuid)}; do
			echo "$running" | grep -qx "$uuid" || { echo "$(virsh domname "$uuid") is not running"; exit 1; }
		done
	`);
}

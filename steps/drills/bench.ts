import type {Cluster} from '../../source/cluster/cluster.ts';
import {sh} from '../../source/shell/command.ts';
import {drill, type PlacedTask} from '../../source/engine/drill.ts';
import {phrase, type Text} from '../../source/languages/text.ts';
import {answeredInTurn} from '../../source/tasks/answered-in-turn.ts';
import {expect} from '../../source/tasks/expect.ts';
import {innerAccess} from '../../source/tasks/inner-access.ts';
import {inRotation} from '../../source/tasks/rotation.ts';
import {undoChanges} from './whole.ts';

/**
 * The changes that `bench` makes to the cluster, as a drill, so that they are rolled back even after an interruption.
 * Phase n has n servers in rotation; phase 0 opens the direct access to one server.
 */
export const benchDrill = drill({
	id: 'bench',
	chapter: '5',
	title: phrase('Load on one server, and on 1, 2 … through the director'),
	explanation: phrase(
		'The same load is sent to one server directly, with no director on the way, and to the VIP with one server in rotation, then two, and so on. Servers are taken out by ldirectord itself (maintenancedir): it removes them from IPVS as if they had failed, without touching them or its configuration. The ratio between the first two is what going through a director costs; between the others, what a server more brings.',
	),
	scenario(cluster) {
		const {webs} = cluster;
		const access = innerAccess(cluster);
		const counts = webs.map((_, index) => index + 1);
		return {
			precheck: [
				...directorsOnline(cluster),
				...rotation(cluster, webs.length).map(placed => asserted(placed)),
				...answered(cluster, webs.length),
			],
			phases: [
				{
					title: phrase('{name} directly', {name: webs[0]!.name}),
					inject: [...rotation(cluster, webs.length), {on: 'host', task: access.open}],
					expect: [],
				},
				...counts.map(count => ({
					title: serversOf(count, webs.length),
					inject: rotation(cluster, count),
					expect: answered(cluster, count),
				})),
			],
			undo: [
				...undoChanges(cluster, [{on: 'host', task: access.close}, ...rotation(cluster, webs.length)]),
				...answered(cluster, webs.length),
			],
		};
	},
});

function serversOf(count: number, all: number): Text {
	return phrase('{count} of {all} servers in rotation', {count, all});
}

function rotation(cluster: Cluster, count: number): PlacedTask[] {
	return cluster.directors.map(({name}) => ({on: name, task: inRotation(cluster, cluster.webs.slice(0, count))}));
}

/** Only the check of a task: if a server was taken out by hand, the benchmark does not start and the server stays out. */
function asserted({on, task: {title, check, timeout, advice}}: PlacedTask): PlacedTask {
	return {on, task: expect(title, check, {timeout: timeout, advice})};
}

/** Checks as a client that exactly the first `count` servers answer, in turn. */
function answered(cluster: Cluster, count: number): PlacedTask[] {
	const webs = cluster.webs.slice(0, count);
	const names = webs.map(({name}) => name).join(', ');
	const title = phrase('{external} is answered by {names} in turn, and by no other', {
		external: cluster.vip.external,
		names,
	});
	return [{on: 'host', task: answeredInTurn({...cluster, webs}, cluster.vip.external, title, 60)}];
}

/** Checks that both directors are online, because both must know which servers are out of rotation. */
function directorsOnline({directors}: Cluster): PlacedTask[] {
	const names = directors.map(({name}) => name);
	return [
		{
			on: names[0]!,
			task: expect(
				phrase('Both directors are online: {names}', {names: names.join(', ')}),
				sh`
			nodes=$(crm_mon -1 --output-as=xml) || { echo 'Pacemaker does not answer'; exit 1; }
			for name in ${names}; do
				echo "$nodes" | grep -q "<node name=\\"$name\\".* online=\\"true\\"" || { echo "$name is not online"; exit 1; }
			done
		`,
			),
		},
	];
}

import {drill} from '../../source/engine/drill.ts';
import {listed, phrase} from '../../source/languages/text.ts';
import {nodeReachable, powerCutNode} from '../../source/tasks/power.ts';
import {rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {nothingLost, serversSilent} from './predictions.ts';
import {roundRobin, healthyCluster, restoreCluster} from './whole.ts';

export const serversCrash = drill({
	id: '3',
	chapter: '5, 3',
	title(cluster) {
		const {survivor, lost} = divided(cluster);
		return lost.length > mostNamed
			? phrase('All web servers but {vm} fail', {vm: survivor.vm})
			: phrase('{map} {lost, plural, one {fails} other {fail}}; {vm} carries on', {
					map: listed(lost.map(({vm}) => vm)),
					lost: lost.length,
					vm: survivor.vm,
				});
	},
	explanation: cluster =>
		phrase(
			'All web servers but {divided} are switched off at once. Until ldirectord notices, the director goes on sending them their share of the requests, which are lost; those for {divided} are answered. ldirectord asks one server after the other, and waits for each dead one until its time is up (checktimeout), so the worst case grows with their number. From then on only {divided} answers. Started again, each comes back into rotation once its health page is right, without a request being lost.',
			{divided: divided(cluster).survivor.name},
		),
	when: ({webs}) => webs.length > 1,
	scenario(cluster) {
		const {
			directors: [master],
		} = cluster;
		const {survivor, lost} = divided(cluster);
		const harms = lost.map(node => powerCutNode(node));
		const names = lost.map(({vm}) => vm).join(', ');
		return {
			precheck: healthyCluster(cluster),
			phases: [
				{
					title: phrase('Switched off: {names}', {names}),
					inject: harms.map(({inject}) => inject),
					expect: [
						{on: master.name, task: rotationIs(cluster, [survivor], {within: 60})},
						{on: 'host', task: roundRobin(cluster, [survivor])},
					],
					predict: serversSilent(cluster, lost.length),
				},
				{
					title: phrase('Started again: {names}', {names}),
					inject: harms.map(({undo}) => undo),
					expect: [
						...lost.map(node => ({on: node.name, task: nodeReachable(node, 60)})),
						{on: master.name, task: rotationIs(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: nothingLost,
				},
			],
			undo: restoreCluster(cluster),
		};
	},
});

/** Maximum number of servers that a title names; for more, it says that all but one fail. */
const mostNamed = 3;

/** In the thesis, the second server survives. */
function divided<Web extends {readonly vm: string}>({
	webs,
}: {
	readonly webs: readonly Web[];
}): {survivor: Web; lost: readonly Web[]} {
	const survivor = webs[1]!;
	return {survivor, lost: webs.filter(web => web !== survivor)};
}

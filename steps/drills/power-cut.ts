import {drill} from '../../source/engine/drill.ts';
import {reachOrder} from '../../source/cluster/order.ts';
import {phrase} from '../../source/languages/text.ts';
import {bothOnline, groupOn} from '../../source/tasks/group.ts';
import {nodeReachable, powerCutAll} from '../../source/tasks/power.ts';
import {vipUnanswered, rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {wholeArray} from '../raid.ts';
import {powerReturns} from './predictions.ts';
import {asserted, roundRobin, startAll, healthyCluster, restoreCluster} from './whole.ts';

export const powerCut = drill({
	id: 'power',
	chapter: '',
	title: phrase('Power cut: everything goes off and on again'),
	explanation: phrase(
		'All machines are switched off at once and started again together, in no order. Nobody helps: the array assembles itself with every member, web servers that boot before the storage wait for it instead of giving up, Corosync and Pacemaker start at boot, take the VIPs and start ldirectord, and every server comes into rotation.',
	),
	scenario(cluster) {
		const {
			directors: [master],
			nodes,
			storage,
		} = cluster;
		return {
			precheck: healthyCluster(cluster),
			phases: [
				{
					title: phrase('All machines are switched off'),
					inject: [powerCutAll(nodes)],
					expect: [{on: 'host', task: vipUnanswered(cluster, 10)}],
				},
				{
					title: phrase('All machines are switched on again'),
					inject: startAll(cluster),
					expect: [
						...reachOrder(cluster).map(node => ({on: node.name, task: nodeReachable(node, 60)})),
						{on: storage.name, task: {...asserted(wholeArray(cluster)), timeout: 60}},
						{on: master.name, task: bothOnline(cluster, 60)},
						{on: master.name, task: groupOn(master, 60)},
						{on: master.name, task: rotationIs(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: powerReturns(cluster),
				},
			],
			undo: restoreCluster(cluster),
		};
	},
});

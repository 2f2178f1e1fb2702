import {drill} from '../../source/engine/drill.ts';
import {reachOrder} from '../../source/cluster/order.ts';
import {phrase} from '../../source/languages/text.ts';
import {groupOnOne} from '../../source/tasks/group.ts';
import {nodeReachable} from '../../source/tasks/power.ts';
import {rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {healthy} from '../apache.ts';
import {defaultRouteViaVip} from '../gateways.ts';
import {ldirectordConfig} from '../ldirectord.ts';
import {nothingLost} from './predictions.ts';
import {asserted, roundRobin} from './whole.ts';

export const allServers = drill({
	id: '1',
	chapter: '5, 1',
	title: phrase('All nodes work: requests are spread evenly'),
	explanation: phrase(
		'Nothing is broken. Requests to the external VIP must be answered by every web server in turn, because the director divides them round robin (rr) and all servers are well: the counts of any two servers differ by one at most. For that each answer must leave through the director that has the VIPs, ldirectord must have found every server well, and each must read its pages from the storage.',
	),
	scenario(cluster) {
		const {directors, webs, vip} = cluster;
		return {
			precheck: reachOrder(cluster).map(node => ({on: node.name, task: nodeReachable(node)})),
			phases: [
				{
					title: phrase('Every server answers in turn'),
					inject: [],
					expect: [
						...directors.map(({name}) => ({on: name, task: asserted(ldirectordConfig(cluster))})),
						// Check the health pages first: if all fail, later checks only see the sorry page, which names no cause.
						...webs.map(web => ({on: web.name, task: healthy(web, 5)})),
						{on: directors[0].name, task: groupOnOne(cluster)},
						...directors.map(({name}) => ({on: name, task: rotationIs(cluster, webs, {ifActive: true})})),
						...webs.map(({name}) => ({on: name, task: asserted(defaultRouteViaVip(vip.internal))})),
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: nothingLost,
				},
			],
			undo: [],
		};
	},
});

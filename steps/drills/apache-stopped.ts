import {drill} from '../../source/engine/drill.ts';
import {phrase} from '../../source/languages/text.ts';
import {rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {stoppedService} from '../../source/tasks/stopped-service.ts';
import {nothingLost, serversRefusing} from './predictions.ts';
import {roundRobin, healthyCluster, restoreCluster} from './whole.ts';

export const apacheStopped = drill({
	id: 'apache',
	chapter: '',
	title: phrase('Apache stops on one server'),
	explanation: phrase(
		"The machine is well, but nothing listens there: it refuses each connection at once. So ldirectord notices with its next look, without waiting for a time limit; until then this server's share of the requests is refused. The thesis only switched whole machines off.",
	),
	when: ({webs}) => webs.length > 1,
	scenario(cluster) {
		const {
			directors: [master],
			webs: [server, ...others],
		} = cluster;
		const {inject, undo} = stoppedService(server!, 'apache2');
		return {
			precheck: healthyCluster(cluster),
			phases: [
				{
					title: phrase('Apache is stopped on {name}', {name: server!.name}),
					inject: [inject],
					expect: [
						{on: master.name, task: rotationIs(cluster, others, {within: 60})},
						{on: 'host', task: roundRobin(cluster, others)},
					],
					predict: serversRefusing(cluster, 1),
				},
				{
					title: phrase('Apache is started again'),
					inject: [undo],
					expect: [
						{on: master.name, task: rotationIs(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: nothingLost,
				},
			],
			undo: restoreCluster(cluster, undo),
		};
	},
});

import {drill} from '../../source/engine/drill.ts';
import {phrase} from '../../source/languages/text.ts';
import {nodeReachable} from '../../source/tasks/power.ts';
import {reboot} from '../../source/tasks/reboot.ts';
import {rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {serverReboots} from './predictions.ts';
import {roundRobin, healthyCluster, restoreCluster} from './whole.ts';

export const serverReboot = drill({
	id: 'reboot',
	chapter: '',
	title: phrase('A web server is rebooted'),
	explanation: phrase(
		"One web server starts anew, as after an update of its kernel. It refuses connections and is then silent until ldirectord takes it out; if it is back before that, it was never missed. It mounts the storage by itself and returns into rotation without anybody's help.",
	),
	when: ({webs}) => webs.length > 1,
	scenario(cluster) {
		const {
			directors: [master],
			webs: [server],
		} = cluster;
		const {inject, undo} = reboot(server!);
		return {
			precheck: healthyCluster(cluster),
			phases: [
				{
					title: phrase('{name} is rebooted', {name: server!.name}),
					inject,
					expect: [
						{on: server!.name, task: nodeReachable(server!, 60)},
						{on: master.name, task: rotationIs(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: serverReboots(cluster),
				},
			],
			undo: restoreCluster(cluster, ...undo),
		};
	},
});

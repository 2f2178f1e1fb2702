import {directorDetection} from '../../source/cluster/timing.ts';
import {phrase} from '../../source/languages/text.ts';
import {spokenDuration} from '../../source/languages/quantity.ts';
import {drill} from '../../source/engine/drill.ts';
import {groupOn, stillTogether} from '../../source/tasks/group.ts';
import {linkLost} from '../../source/tasks/corosync-links.ts';
import {unpluggedCable} from '../../source/tasks/network-cable.ts';
import {bothLinks} from '../resources.ts';
import {nothingLost} from './predictions.ts';
import {roundRobin, healthyCluster, restoreCluster} from './whole.ts';

export const heartbeatCut = drill({
	id: 'heartbeat',
	chapter: '',
	title: phrase('The heartbeat link is cut'),
	explanation: cluster =>
		phrase(
			'The cable of the heartbeat network is pulled on {vm}. Corosync has a second link, over the internal network: the directors go on hearing each other, nobody is taken for lost and nothing moves, even after longer than it takes to lose a director ({directorDetection}). With one link, as in the thesis, this would have been a split brain. Meanwhile the directors cannot tell each other of their connections: a move just then would break them.',
			{vm: cluster.directors[0].vm, directorDetection: spokenDuration(directorDetection(cluster).total)},
		),
	scenario(cluster) {
		const {
			directors: [master, standby],
		} = cluster;
		const {inject, undo} = unpluggedCable(master, 'hb0');
		return {
			precheck: healthyCluster(cluster),
			phases: [
				{
					title: phrase('The heartbeat cable is pulled'),
					inject: [inject],
					expect: [
						{on: master.name, task: linkLost(standby, 1, 30)},
						{on: master.name, task: stillTogether(cluster)},
						{on: master.name, task: groupOn(master)},
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: nothingLost,
				},
				{
					title: phrase('The cable is put back'),
					inject: [undo],
					expect: [
						{on: master.name, task: {...bothLinks(cluster), timeout: 60}},
						{on: master.name, task: groupOn(master)},
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: nothingLost,
				},
			],
			undo: restoreCluster(cluster, undo),
		};
	},
});

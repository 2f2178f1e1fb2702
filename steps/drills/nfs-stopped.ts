import type {Cluster} from '../../source/cluster/cluster.ts';
import {healthPageLimit} from '../../source/cluster/timing.ts';
import {phrase} from '../../source/languages/text.ts';
import {spokenDuration} from '../../source/languages/quantity.ts';
import {drill} from '../../source/engine/drill.ts';
import type {Prediction} from '../../source/engine/prediction.ts';
import {sorryOrSilence, rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {stoppedService} from '../../source/tasks/stopped-service.ts';
import {graceTime, serversReturn, storageSilent} from './predictions.ts';
import {roundRobin, healthyCluster, restoreCluster} from './whole.ts';

export const nfsStopped = drill({
	id: 'nfs',
	chapter: '',
	title: phrase('The storage stops serving'),
	explanation: ({ha: {sorryPage}, check, storage}) =>
		phrase(
			'NFS is stopped on {name}, the single point of failure that the thesis names. Apache runs on every server and would accept connections, but no page can be read: a check that only connects would notice nothing. The health page reads a file from the storage and gives up by itself after {healthPageLimit}, so ldirectord takes all servers out, and clients get {sorryPage, select, true {the sorry page} other {an error}} instead of waiting. Mounts are hard: started again, NFS is used again by itself, and all servers come back.',
			{name: storage.name, healthPageLimit: spokenDuration(healthPageLimit({check})), sorryPage},
		),
	scenario(cluster) {
		const {
			directors: [master],
			storage,
		} = cluster;
		const {inject, undo} = stoppedService(storage, 'nfs-server');
		return {
			precheck: healthyCluster(cluster),
			phases: [
				{
					title: phrase('NFS is stopped'),
					inject: [inject],
					expect: [
						{on: master.name, task: rotationIs(cluster, [], {within: 60})},
						{on: 'host', task: sorryOrSilence(cluster, 30)},
					],
					...onlyWithSorryPage(cluster, storageSilent(cluster)),
				},
				{
					title: phrase('NFS is started again'),
					inject: [undo],
					expect: [
						{on: master.name, task: rotationIs(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: serversReturn(cluster, [graceTime]),
				},
			],
			undo: restoreCluster(cluster, undo),
		};
	},
});

/** No prediction without a sorry page: every request is lost until the storage returns. */
export function onlyWithSorryPage({ha}: Cluster, predict: Prediction): {predict?: Prediction} {
	return ha.sorryPage ? {predict} : {};
}

import {drill} from '../../source/engine/drill.ts';
import {phrase} from '../../source/languages/text.ts';
import {sorryOrSilence, rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {stoppedService} from '../../source/tasks/stopped-service.ts';
import {onlyWithSorryPage} from './nfs-stopped.ts';
import {serversRefusing, serversReturn} from './predictions.ts';
import {roundRobin, healthyCluster, restoreCluster} from './whole.ts';

export const allServersDown = drill({
	id: 'sorry',
	chapter: '',
	title: phrase('No web server is left'),
	explanation: ({ha: {sorryPage}}) =>
		phrase(
			'Apache is stopped on every server. ldirectord takes them out one after the other, {sorryPage, select, true {and with the last one puts its fallback in: the active director answers with a sorry page (status 503), which says what is the matter and lets clients come back later. The thesis names a fallback but has nothing that answers there. With the first server that is well again the fallback goes.} other {and with the last one connections fail, because this cluster has no sorry page (ha.sorryPage: false). The thesis names a fallback but has nothing that answers there. With the first server that is well again the service is back.}}',
			{sorryPage},
		),
	scenario(cluster) {
		const {
			directors: [master],
			webs,
		} = cluster;
		const harms = webs.map(node => stoppedService(node, 'apache2'));
		return {
			precheck: healthyCluster(cluster),
			phases: [
				{
					title: phrase('Apache is stopped on every server'),
					inject: harms.map(({inject}) => inject),
					expect: [
						{on: master.name, task: rotationIs(cluster, [], {within: 60})},
						{on: 'host', task: sorryOrSilence(cluster, 30)},
					],
					...onlyWithSorryPage(cluster, serversRefusing(cluster, webs.length)),
				},
				{
					title: phrase('Apache is started again on every server'),
					inject: harms.map(({undo}) => undo),
					expect: [
						{on: master.name, task: rotationIs(cluster, webs, {within: 60})},
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: serversReturn(cluster),
				},
			],
			undo: restoreCluster(cluster, ...harms.map(({undo}) => undo)),
		};
	},
});

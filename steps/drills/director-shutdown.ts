import {drill} from '../../source/engine/drill.ts';
import {phrase} from '../../source/languages/text.ts';
import {shutDown} from '../../source/tasks/power.ts';
import {directorLost} from './director-lost.ts';
import {plannedMove} from './predictions.ts';

export const directorShutdown = drill({
	id: '2-shutdown',
	chapter: '5, 2',
	title: ({directors: [{vm}]}) => phrase('{vm} is shut down', {vm}),
	explanation: ({ha: {failback}}) =>
		phrase(
			'The active director is switched off in an orderly way, as the thesis did. Before it goes, Pacemaker stops the group there and starts it on the other director: this is a planned move, and clients are out only for as long as it takes to stop and start the group. Established connections should survive, because the directors tell each other of them (IPVS sync daemon). Then it is started again: the group {failback, select, true {goes back to it} other {stays where it is}} (ha.failback).',
			{failback},
		),
	scenario(cluster) {
		const {vm} = cluster.directors[0];
		const title = phrase('{vm} is shut down in an orderly way', {vm});
		return directorLost(cluster, shutDown(cluster, cluster.directors[0]), title, plannedMove(cluster));
	},
});

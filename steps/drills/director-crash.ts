import {directorDetection} from '../../source/cluster/timing.ts';
import {phrase} from '../../source/languages/text.ts';
import {spokenDuration} from '../../source/languages/quantity.ts';
import {drill} from '../../source/engine/drill.ts';
import {powerCutNode} from '../../source/tasks/power.ts';
import {directorLost} from './director-lost.ts';
import {directorLost as predicted} from './predictions.ts';

export const directorCrash = drill({
	id: '2-crash',
	chapter: '5, 2',
	title: ({directors: [{vm}]}) => phrase('{vm} crashes', {vm}),
	explanation: cluster =>
		phrase(
			'The active director is gone from one moment to the next, which the thesis calls a failure but did not try: it shut the machine down. Nobody tells the other director. It waits until the token has not come for {directorDetection}, agrees on a new membership within {directorDetection2} more (consensus, 1.2 × token), and starts the group: {directorDetection3}, and the start of the group. There is no fencing, so nobody makes sure that the lost director is really off. Then it is started again.',
			{
				directorDetection: spokenDuration(directorDetection(cluster).token),
				directorDetection2: spokenDuration(directorDetection(cluster).consensus),
				directorDetection3: spokenDuration(directorDetection(cluster).total),
			},
		),
	scenario(cluster) {
		const {vm} = cluster.directors[0];
		const title = phrase('{vm} is switched off as by a power cut', {vm});
		return directorLost(cluster, powerCutNode(cluster.directors[0]), title, predicted(cluster));
	},
});

import {directorDetection} from '../../source/answers/timing.ts';
import {spokenDuration} from '../../source/messages/quantity.ts';
import {drill} from '../../source/engine/drill.ts';
import {groupOn, stillTogether} from '../../source/tasks/group.ts';
import {linkLost} from '../../source/tasks/corosync-links.ts';
import {pulledCable} from '../../source/tasks/network-cable.ts';
import {bothLinks} from '../resources.ts';
import {nothingLost} from './predictions.ts';
import {inTurn, whole, wholeAgain} from './whole.ts';

export const heartbeatCut = drill({
	id: 'heartbeat',
	chapter: '',
	title: {en: 'The heartbeat link is cut', es: 'Se corta el enlace de latido'},
	explanation: cluster => ({
		en: `The cable of the heartbeat network is pulled on ${cluster.directors[0].vm}. Corosync has a second link, over the internal network: the directors go on hearing each other, nobody is taken for lost and nothing moves, even after longer than it takes to lose a director (${spokenDuration(directorDetection(cluster).total, 'en')}). With one link, as in the thesis, this would have been a split brain. Meanwhile the directors cannot tell each other of their connections: a move just then would break them.`,
		es: `Se desenchufa en ${cluster.directors[0].vm} el cable de la red de latido. Corosync tiene un segundo enlace, por la red interna: los directores se siguen oyendo, a nadie se le da por perdido y nada se mueve, ni siquiera pasado más tiempo del que se tarda en perder un director (${spokenDuration(directorDetection(cluster).total, 'es')}). Con un solo enlace, como en el TFG, habría sido un split brain. Mientras tanto los directores no pueden contarse sus conexiones: un traslado en ese momento las rompería.`,
	}),
	course(cluster) {
		const {directors: [master, standby]} = cluster;
		const {inject, undo} = pulledCable(master, 'hb0');
		return {
			precheck: whole(cluster),
			phases: [
				{
					title: {en: 'The heartbeat cable is pulled', es: 'Se desenchufa el cable de latido'},
					inject: [inject],
					expect: [
						{on: master.name, task: linkLost(standby, 1, 30)},
						{on: master.name, task: stillTogether(cluster)},
						{on: master.name, task: groupOn(master)},
						{on: 'host', task: inTurn(cluster)},
					],
					predict: nothingLost,
				},
				{
					title: {en: 'The cable is put back', es: 'Se vuelve a enchufar el cable'},
					inject: [undo],
					expect: [
						{on: master.name, task: {...bothLinks(cluster), within: 60}},
						{on: master.name, task: groupOn(master)},
						{on: 'host', task: inTurn(cluster)},
					],
					predict: nothingLost,
				},
			],
			undo: wholeAgain(cluster, undo),
		};
	},
});

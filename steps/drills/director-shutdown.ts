import {drill} from '../../source/engine/drill.ts';
import {shutDown} from '../../source/tasks/power.ts';
import {directorLost} from './director-lost.ts';
import {plannedMove} from './predictions.ts';

export const directorShutdown = drill({
	id: '2-shutdown',
	chapter: '5, 2',
	title: ({directors: [{vm}]}) => ({en: `${vm} is shut down`, es: `Se apaga ${vm}`}),
	explanation: ({ha: {failback}}) => ({
		en: `The active director is switched off in an orderly way, as the thesis did. Before it goes, Pacemaker stops the group there and starts it on the other director: this is a planned move, and clients are out only for as long as it takes to stop and start the group. Established connections should survive, because the directors tell each other of them (IPVS sync daemon). Then it is started again: the group ${failback ? 'goes back to it' : 'stays where it is'} (ha.failback).`,
		es: `El director activo se apaga de forma ordenada, como hizo el TFG. Antes de irse, Pacemaker para allí el grupo y lo arranca en el otro director: es un traslado planificado, y los clientes solo se quedan sin servicio lo que se tarda en parar y arrancar el grupo. Las conexiones establecidas deberían sobrevivir, porque los directores se las cuentan (demonio de sincronización de IPVS). Después se arranca de nuevo: el grupo ${failback ? 'vuelve a él' : 'se queda donde está'} (ha.failback).`,
	}),
	course(cluster) {
		const {vm} = cluster.directors[0];
		const title = {en: `${vm} is shut down in an orderly way`, es: `${vm} se apaga de forma ordenada`};
		return directorLost(cluster, shutDown(cluster, cluster.directors[0]), title, plannedMove(cluster));
	},
});

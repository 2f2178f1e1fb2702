import type {Cluster} from '../../source/answers/cluster.ts';
import {healthPageLimit} from '../../source/answers/timing.ts';
import {spokenDuration} from '../../source/messages/quantity.ts';
import {drill, type Prediction} from '../../source/engine/drill.ts';
import {noServerLeft, servedBy} from '../../source/tasks/served-by.ts';
import {stoppedService} from '../../source/tasks/stopped-service.ts';
import {graceTime, serversReturn, storageSilent} from './predictions.ts';
import {inTurn, whole, wholeAgain} from './whole.ts';

export const nfsStopped = drill({
	id: 'nfs',
	chapter: '',
	title: {en: 'The storage stops serving', es: 'El almacenamiento deja de servir'},
	explanation: ({ha: {sorryPage}, check, storage}) => ({
		en: `NFS is stopped on ${storage.name}, the single point of failure that the thesis names. Apache runs on every server and would accept connections, but no page can be read: a check that only connects would notice nothing. The health page reads a file from the storage and gives up by itself after ${spokenDuration(healthPageLimit({check}), 'en')}, so ldirectord takes all servers out, and clients get ${sorryPage ? 'the sorry page' : 'an error'} instead of waiting. Mounts are hard: started again, NFS is used again by itself, and all servers come back.`,
		es: `Se para NFS en ${storage.name}, el punto único de fallo que señala el TFG. Apache funciona en todos los servidores y aceptaría conexiones, pero no se puede leer ninguna página: una comprobación que solo conecta no notaría nada. La página de salud lee un fichero del almacenamiento y desiste por sí sola a los ${spokenDuration(healthPageLimit({check}), 'es')}, así que ldirectord retira todos los servidores y los clientes reciben ${sorryPage ? 'la página de disculpa' : 'un error'} en lugar de esperar. Los montajes son «hard»: al arrancarlo de nuevo, NFS se vuelve a usar sin más y regresan todos los servidores.`,
	}),
	course(cluster) {
		const {directors: [master], storage} = cluster;
		const {inject, undo} = stoppedService(storage, 'nfs-server');
		return {
			precheck: whole(cluster),
			phases: [
				{
					title: {en: 'NFS is stopped', es: 'Se para NFS'},
					inject: [inject],
					expect: [
						{on: master.name, task: servedBy(cluster, [], {within: 60})},
						{on: 'host', task: noServerLeft(cluster, 30)},
					],
					...untilSorry(cluster, storageSilent(cluster)),
				},
				{
					title: {en: 'NFS is started again', es: 'Se arranca de nuevo NFS'},
					inject: [undo],
					expect: [
						{on: master.name, task: servedBy(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: inTurn(cluster)},
					],
					predict: serversReturn(cluster, [graceTime]),
				},
			],
			undo: wholeAgain(cluster, undo),
		};
	},
});

/** Without a sorry page every request is lost for as long as it lasts, which is nothing to predict. */
export function untilSorry({ha}: Cluster, predict: Prediction): {predict?: Prediction} {
	return ha.sorryPage ? {predict} : {};
}

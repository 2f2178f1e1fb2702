import {drill} from '../../source/engine/drill.ts';
import {noServerLeft, servedBy} from '../../source/tasks/served-by.ts';
import {stoppedService} from '../../source/tasks/stopped-service.ts';
import {untilSorry} from './nfs-stopped.ts';
import {serversRefusing, serversReturn} from './predictions.ts';
import {inTurn, whole, wholeAgain} from './whole.ts';

export const allServersDown = drill({
	id: 'sorry',
	chapter: '',
	title: {en: 'No web server is left', es: 'No queda ningún servidor web'},
	explanation: ({ha: {sorryPage}}) => ({
		en: `Apache is stopped on every server. ldirectord takes them out one after the other, ${sorryPage ? 'and with the last one puts its fallback in: the active director answers with a sorry page (status 503), which says what is the matter and lets clients come back later. The thesis names a fallback but has nothing that answers there. With the first server that is well again the fallback goes.' : 'and with the last one connections fail, because this cluster has no sorry page (ha.sorryPage: false). The thesis names a fallback but has nothing that answers there. With the first server that is well again the service is back.'}`,
		es: `Se para Apache en todos los servidores. ldirectord los retira uno tras otro ${sorryPage ? 'y con el último pone su «fallback»: el director activo contesta con una página de disculpa (estado 503), que dice lo que ocurre y permite a los clientes volver más tarde. El TFG indica un «fallback», pero allí no hay nada que conteste. Con el primer servidor que vuelve a estar bien, desaparece.' : 'y con el último las conexiones fallan, porque este clúster no tiene página de disculpa (ha.sorryPage: false). El TFG indica un «fallback», pero allí no hay nada que conteste. Con el primer servidor que vuelve a estar bien, vuelve el servicio.'}`,
	}),
	course(cluster) {
		const {directors: [master], webs} = cluster;
		const harms = webs.map(node => stoppedService(node, 'apache2'));
		return {
			precheck: whole(cluster),
			phases: [
				{
					title: {en: 'Apache is stopped on every server', es: 'Se para Apache en todos los servidores'},
					inject: harms.map(({inject}) => inject),
					expect: [
						{on: master.name, task: servedBy(cluster, [], {within: 60})},
						{on: 'host', task: noServerLeft(cluster, 30)},
					],
					...untilSorry(cluster, serversRefusing(cluster, webs.length)),
				},
				{
					title: {en: 'Apache is started again on every server', es: 'Se arranca de nuevo Apache en todos los servidores'},
					inject: harms.map(({undo}) => undo),
					expect: [
						{on: master.name, task: servedBy(cluster, webs, {within: 60})},
						{on: 'host', task: inTurn(cluster)},
					],
					predict: serversReturn(cluster),
				},
			],
			undo: wholeAgain(cluster, ...harms.map(({undo}) => undo)),
		};
	},
});

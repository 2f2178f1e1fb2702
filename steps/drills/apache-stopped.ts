import {drill} from '../../source/engine/drill.ts';
import {servedBy} from '../../source/tasks/served-by.ts';
import {stoppedService} from '../../source/tasks/stopped-service.ts';
import {nothingLost, serversRefusing} from './predictions.ts';
import {inTurn, whole, wholeAgain} from './whole.ts';

export const apacheStopped = drill({
	id: 'apache',
	chapter: '',
	title: {en: 'Apache stops on one server', es: 'Se para Apache en un servidor'},
	explanation: {
		en: 'The machine is well, but nothing listens there: it refuses each connection at once. So ldirectord notices with its next look, without waiting for a time limit; until then this server\'s share of the requests is refused. The thesis only switched whole machines off.',
		es: 'La máquina está bien, pero nadie escucha en ella: rechaza cada conexión al instante. Por eso ldirectord lo nota en su siguiente comprobación, sin esperar a que se agote ningún tiempo; hasta entonces se rechaza la parte de las peticiones que toca a este servidor. El TFG solo apagó máquinas enteras.',
	},
	when: ({webs}) => webs.length > 1,
	course(cluster) {
		const {directors: [master], webs: [server, ...others]} = cluster;
		const {inject, undo} = stoppedService(server!, 'apache2');
		return {
			precheck: whole(cluster),
			phases: [
				{
					title: {en: `Apache is stopped on ${server!.name}`, es: `Se para Apache en ${server!.name}`},
					inject: [inject],
					expect: [
						{on: master.name, task: servedBy(cluster, others, {within: 60})},
						{on: 'host', task: inTurn(cluster, others)},
					],
					predict: serversRefusing(cluster, 1),
				},
				{
					title: {en: 'Apache is started again', es: 'Se arranca de nuevo Apache'},
					inject: [undo],
					expect: [
						{on: master.name, task: servedBy(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: inTurn(cluster)},
					],
					predict: nothingLost,
				},
			],
			undo: wholeAgain(cluster, undo),
		};
	},
});

import {step} from '../source/engine/step.ts';
import {answeredInTurn} from '../source/tasks/answered-in-turn.ts';

export const verification = step({
	id: 'verification',
	chapter: '5',
	title: {en: 'The cluster is verified', es: 'Se verifica el clúster'},
	on: 'host',
	needs: ['apache', 'pacemaker', 'gateways'],
	mends: [1786],
	tasks(cluster) {
		return [answeredInTurn(cluster, cluster.vip.external, {
			en: `Test 1: requests to ${cluster.vip.external} are answered by every web server in turn`,
			es: `Prueba 1: las peticiones a ${cluster.vip.external} las responden por turno todos los servidores web`,
		}, 30)];
	},
});

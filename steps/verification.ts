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
		// Turns cannot be counted on a cluster in use, where others ask meanwhile: the test 1 of `verify` does that.
		return [answeredInTurn(cluster, cluster.vip.external, {
			en: `Requests to ${cluster.vip.external} are answered by every web server, and by no other`,
			es: `Las peticiones a ${cluster.vip.external} las responden todos los servidores web, y ningún otro`,
		}, 30, 'any')];
	},
});

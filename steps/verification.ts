import {step} from '../source/engine/step.ts';
import {answeredInTurn} from '../source/tasks/answered-in-turn.ts';

/** The failure of a cluster that is built, but whose users get an error. */
const pagesAdvice = {
	en: 'If a web server answers with an error (5xx), the cluster is built and the fault is in your pages: look at /var/log/apache2/error.log on that server, correct the pages, and run the same command again. Otherwise `cluster-wizard status` says what is missing.',
	es: 'Si un servidor web responde con un error (5xx), el clúster está construido y el fallo está en sus páginas: mire /var/log/apache2/error.log en ese servidor, corrija las páginas y repita la misma orden. Si no, `cluster-wizard status` dice qué falta.',
};

export const verification = step({
	id: 'verification',
	name: {en: 'Verification', es: 'Verificación'},
	chapter: '5',
	title: {en: 'The cluster is verified', es: 'Se verifica el clúster'},
	on: 'host',
	needs: ['apache', 'pacemaker', 'gateways'],
	mends: [1786],
	tasks(cluster) {
		// Turns cannot be counted on a cluster in use, where others ask meanwhile: the test 1 of `verify` does that.
		return [{
			...answeredInTurn(cluster, cluster.vip.external, {
				en: `Requests to ${cluster.vip.external} are answered by every web server, and by no other`,
				es: `Las peticiones a ${cluster.vip.external} las responden todos los servidores web, y ningún otro`,
			}, 30, {spread: 'any'}),
			...(cluster.content.kind === 'own' && {advice: pagesAdvice}),
		}];
	},
});

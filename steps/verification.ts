import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {answeredInTurn} from '../source/tasks/answered-in-turn.ts';

/** Advice if the cluster is built, but its pages answer with an error. */
const pagesAdvice = phrase(
	'If a web server answers with an error (5xx), the cluster is built and the fault is in your pages: look at /var/log/apache2/error.log on that server, correct the pages, and run the same command again. Otherwise `cluster-wizard status` says what is missing.',
);

export const verification = step({
	id: 'verification',
	name: phrase('Verification'),
	chapter: '5',
	title: phrase('The cluster is verified'),
	on: 'host',
	needs: ['apache', 'pacemaker', 'gateways'],
	mends: [1786],
	tasks(cluster) {
		// The order of servers is not checked, because other clients may send requests meanwhile: test 1 of `verify` does that.
		return [
			{
				...answeredInTurn(
					cluster,
					cluster.vip.external,
					phrase('Requests to {external} are answered by every web server, and by no other', {
						external: cluster.vip.external,
					}),
					30,
					{spread: 'any'},
				),
				...(cluster.content.kind === 'own' && {advice: pagesAdvice}),
			},
		];
	},
});

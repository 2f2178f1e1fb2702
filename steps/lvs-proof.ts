import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {answeredInTurn} from '../source/tasks/answered-in-turn.ts';

export const lvsProof = step({
	id: 'lvs-proof',
	name: phrase('LVS proof'),
	chapter: '4.6.1',
	title: phrase('Requests to the director reach every web server'),
	on: 'host',
	needs: ['lvs', 'apache'],
	supersededBy: 'pacemaker',
	tasks(cluster) {
		const {name, external = ''} = cluster.directors[0];
		// Pages that answer 500 do not stop the build: the step `verification` judges them.
		return [
			answeredInTurn(
				cluster,
				external,
				phrase('Requests to {name} ({external}) are answered by every web server in turn', {name, external}),
				15,
				{errors: 'count'},
			),
		];
	},
});

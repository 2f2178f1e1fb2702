import {step} from '../source/engine/step.ts';
import {answeredInTurn} from '../source/tasks/answered-in-turn.ts';

export const lvsProof = step({
	id: 'lvs-proof',
	name: {en: 'LVS proof', es: 'Prueba de LVS'},
	chapter: '4.6.1',
	title: {en: 'Requests to the director reach every web server', es: 'Las peticiones al director llegan a todos los servidores web'},
	on: 'host',
	needs: ['lvs', 'apache'],
	supersededBy: 'pacemaker',
	tasks(cluster) {
		const {name, external} = cluster.directors[0];
		// Pages that answer 500 do not keep the cluster from being built: the last chapter judges them.
		return [answeredInTurn(cluster, external!, {
			en: `Requests to ${name} (${external}) are answered by every web server in turn`,
			es: `Las peticiones a ${name} (${external}) las responden por turno todos los servidores web`,
		}, 15, {errors: 'count'})];
	},
});

import {drill} from '../../source/engine/drill.ts';
import {cutOff} from '../../source/tasks/power.ts';
import {directorLost} from './director-lost.ts';
import {directorLost as predicted} from './predictions.ts';

export const directorCrash = drill({
	id: '2-crash',
	chapter: '5, 2',
	title: {en: 'MASTER crashes', es: 'MASTER se cae'},
	explanation: {
		en: 'The active director is gone from one moment to the next, which the thesis calls a failure but did not try: it shut the machine down. Nobody tells the other director. It waits until the token has not come for long enough, forms a cluster of its own (consensus), and starts the group. That is 2.2 times the token, and the start of the group. There is no fencing, so nobody makes sure that the lost director is really off. Then it is started again.',
		es: 'El director activo desaparece de un momento a otro; la memoria lo llama caída, pero lo que hizo fue apagar la máquina. Nadie avisa al otro director. Este espera hasta que el testigo (token) lleve bastante tiempo sin llegar, forma un clúster propio (consensus) y arranca el grupo. Son 2,2 veces el token más el arranque del grupo. No hay fencing, así que nadie se asegura de que el director perdido esté de verdad apagado. Después se arranca de nuevo.',
	},
	course(cluster) {
		const {vm} = cluster.directors[0];
		const title = {en: `${vm} is switched off as by a power cut`, es: `${vm} se apaga como en un corte de luz`};
		return directorLost(cluster, cutOff(cluster.directors[0]), title, predicted(cluster));
	},
});

import {directorDetection} from '../../source/answers/timing.ts';
import {spokenDuration} from '../../source/messages/quantity.ts';
import {drill} from '../../source/engine/drill.ts';
import {cutOff} from '../../source/tasks/power.ts';
import {directorLost} from './director-lost.ts';
import {directorLost as predicted} from './predictions.ts';

export const directorCrash = drill({
	id: '2-crash',
	chapter: '5, 2',
	title: ({directors: [{vm}]}) => ({en: `${vm} crashes`, es: `${vm} se cae`}),
	explanation: cluster => ({
		en: `The active director is gone from one moment to the next, which the thesis calls a failure but did not try: it shut the machine down. Nobody tells the other director. It waits until the token has not come for ${spokenDuration(directorDetection(cluster).token, 'en')}, agrees on a new membership within ${spokenDuration(directorDetection(cluster).consensus, 'en')} more (consensus, 1.2 × token), and starts the group: ${spokenDuration(directorDetection(cluster).total, 'en')}, and the start of the group. There is no fencing, so nobody makes sure that the lost director is really off. Then it is started again.`,
		es: `El director activo desaparece de un momento a otro; el TFG lo llama caída, pero lo que hizo fue apagar la máquina. Nadie avisa al otro director. Este espera hasta que el testigo (token) lleve ${spokenDuration(directorDetection(cluster).token, 'es')} sin llegar, acuerda en otros ${spokenDuration(directorDetection(cluster).consensus, 'es')} quién sigue (consensus, 1,2 × token) y arranca el grupo: ${spokenDuration(directorDetection(cluster).total, 'es')} más el arranque del grupo. No hay fencing, así que nadie se asegura de que el director perdido esté de verdad apagado. Después se arranca de nuevo.`,
	}),
	course(cluster) {
		const {vm} = cluster.directors[0];
		const title = {en: `${vm} is switched off as by a power cut`, es: `${vm} se apaga como en un corte de luz`};
		return directorLost(cluster, cutOff(cluster.directors[0]), title, predicted(cluster));
	},
});

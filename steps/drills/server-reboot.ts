import {drill} from '../../source/engine/drill.ts';
import {answers} from '../../source/tasks/power.ts';
import {reboot} from '../../source/tasks/reboot.ts';
import {servedBy} from '../../source/tasks/served-by.ts';
import {serverReboots} from './predictions.ts';
import {inTurn, whole, wholeAgain} from './whole.ts';

export const serverReboot = drill({
	id: 'reboot',
	chapter: '',
	title: {en: 'A web server is rebooted', es: 'Se reinicia un servidor web'},
	explanation: {
		en: 'One web server starts anew, as after an update of its kernel. It refuses connections and is then silent until ldirectord takes it out; if it is back before that, it was never missed. It mounts the storage by itself and returns into rotation without anybody\'s help.',
		es: 'Un servidor web se reinicia, como tras actualizar su núcleo. Rechaza conexiones y después calla hasta que ldirectord lo retira; si vuelve antes, nadie lo ha echado en falta. Monta el almacenamiento por sí solo y regresa a la rotación sin ayuda de nadie.',
	},
	when: ({webs}) => webs.length > 1,
	course(cluster) {
		const {directors: [master], webs: [server]} = cluster;
		const {inject, undo} = reboot(server!);
		return {
			precheck: whole(cluster),
			phases: [{
				title: {en: `${server!.name} is rebooted`, es: `Se reinicia ${server!.name}`},
				inject,
				expect: [
					{on: server!.name, task: answers(server!, 60)},
					{on: master.name, task: servedBy(cluster, cluster.webs, {within: 60})},
					{on: 'host', task: inTurn(cluster)},
				],
				predict: serverReboots(cluster),
			}],
			undo: wholeAgain(cluster, ...undo),
		};
	},
});

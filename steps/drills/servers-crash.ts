import type {Cluster, Node} from '../../source/answers/cluster.ts';
import {drill} from '../../source/engine/drill.ts';
import {answers, cutOff} from '../../source/tasks/power.ts';
import {servedBy} from '../../source/tasks/served-by.ts';
import {nothingLost, serversSilent} from './predictions.ts';
import {inTurn, whole, wholeAgain} from './whole.ts';

export const serversCrash = drill({
	id: '3',
	chapter: '5, 3',
	title: {en: 'SERVER1 and SERVER3 fail; SERVER2 carries on', es: 'Se caen SERVER1 y SERVER3; SERVER2 sigue'},
	explanation: {
		en: 'All web servers but the second are switched off at once. Until ldirectord notices, the director goes on sending them their share of the requests, which are lost; those for the second server are answered. ldirectord asks one server after the other, and waits for each dead one until its time is up (checktimeout), so the worst case grows with their number. From then on only the second server answers. Started again, each comes back into rotation once its health page is right, without a request being lost.',
		es: 'Se apagan a la vez todos los servidores web menos el segundo. Hasta que ldirectord se da cuenta, el director les sigue enviando su parte de las peticiones, que se pierden; las del segundo servidor se responden. ldirectord pregunta a un servidor tras otro y espera a cada uno de los caídos hasta que se agota el tiempo (checktimeout), así que el peor caso crece con su número. A partir de ahí solo responde el segundo. Al arrancarlos de nuevo, cada uno vuelve a la rotación cuando su página de salud es correcta, sin que se pierda ninguna petición.',
	},
	when: ({webs}) => webs.length > 1,
	course(cluster) {
		const {directors: [master]} = cluster;
		const {survivor, lost} = divided(cluster);
		const harms = lost.map(node => cutOff(node));
		const names = lost.map(({vm}) => vm).join(', ');
		return {
			precheck: whole(cluster),
			phases: [
				{
					title: {en: `Switched off: ${names}`, es: `Apagados: ${names}`},
					inject: harms.map(({inject}) => inject),
					expect: [
						{on: master.name, task: servedBy(cluster, [survivor], {within: 60})},
						{on: 'host', task: inTurn(cluster, [survivor])},
					],
					predict: serversSilent(cluster, lost.length),
				},
				{
					title: {en: `Started again: ${names}`, es: `Arrancados de nuevo: ${names}`},
					inject: harms.map(({undo}) => undo),
					expect: [
						...lost.map(node => ({on: node.name, task: answers(node, 60)})),
						{on: master.name, task: servedBy(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: inTurn(cluster)},
					],
					predict: nothingLost,
				},
			],
			undo: wholeAgain(cluster),
		};
	},
});

/** The thesis leaves the second server. */
function divided({webs}: Cluster): {survivor: Node; lost: readonly Node[]} {
	const survivor = webs[1]!;
	return {survivor, lost: webs.filter(web => web !== survivor)};
}

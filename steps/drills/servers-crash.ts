import type {Language} from '../../source/messages/text.ts';
import {drill} from '../../source/engine/drill.ts';
import {answers, cutOff} from '../../source/tasks/power.ts';
import {servedBy} from '../../source/tasks/served-by.ts';
import {nothingLost, serversSilent} from './predictions.ts';
import {inTurn, whole, wholeAgain} from './whole.ts';

export const serversCrash = drill({
	id: '3',
	chapter: '5, 3',
	title(cluster) {
		const {survivor, lost} = divided(cluster);
		return lost.length > mostNamed
			? {en: `All web servers but ${survivor.vm} fail`, es: `Se caen todos los servidores web menos ${survivor.vm}`}
			: {
				en: `${listed(lost, 'en')} ${lost.length === 1 ? 'fails' : 'fail'}; ${survivor.vm} carries on`,
				es: `${lost.length === 1 ? 'Se cae' : 'Se caen'} ${listed(lost, 'es')}; ${survivor.vm} sigue`,
			};
	},
	explanation: cluster => ({
		en: `All web servers but ${divided(cluster).survivor.name} are switched off at once. Until ldirectord notices, the director goes on sending them their share of the requests, which are lost; those for ${divided(cluster).survivor.name} are answered. ldirectord asks one server after the other, and waits for each dead one until its time is up (checktimeout), so the worst case grows with their number. From then on only ${divided(cluster).survivor.name} answers. Started again, each comes back into rotation once its health page is right, without a request being lost.`,
		es: `Se apagan a la vez todos los servidores web menos ${divided(cluster).survivor.name}. Hasta que ldirectord se da cuenta, el director les sigue enviando su parte de las peticiones, que se pierden; las de ${divided(cluster).survivor.name} se responden. ldirectord pregunta a un servidor tras otro y espera a cada uno de los caídos hasta que se agota el tiempo (checktimeout), así que el peor caso crece con su número. A partir de ahí solo responde ${divided(cluster).survivor.name}. Al arrancarlos de nuevo, cada uno vuelve a la rotación cuando su página de salud es correcta, sin que se pierda ninguna petición.`,
	}),
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

/** Servers that a title names; beyond, it says that all but one fail. */
const mostNamed = 3;

function listed(nodes: ReadonlyArray<{readonly vm: string}>, language: Language): string {
	return new Intl.ListFormat(language).format(nodes.map(({vm}) => vm));
}

/** The thesis leaves the second server. */
function divided<Web extends {readonly vm: string}>({webs}: {readonly webs: readonly Web[]}): {survivor: Web; lost: readonly Web[]} {
	const survivor = webs[1]!;
	return {survivor, lost: webs.filter(web => web !== survivor)};
}

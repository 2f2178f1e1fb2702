import {failures} from '../../source/answers/timing.ts';
import {spokenDuration} from '../../source/messages/quantity.ts';
import {drill, type Phase} from '../../source/engine/drill.ts';
import type {Cluster} from '../../source/answers/cluster.ts';
import {groupOn, ldirectordKilled, ldirectordRuns, withoutFailures} from '../../source/tasks/group.ts';
import {servedBy} from '../../source/tasks/served-by.ts';
import {returned} from './director-lost.ts';
import {ldirectordRestarted, nothingLost, plannedMove} from './predictions.ts';
import {inTurn, whole, wholeAgain} from './whole.ts';

/** How many failures move the group: the migration-threshold of ldirectord1. */
const {threshold} = failures;

export const ldirectordKilledThrice = drill({
	id: '4',
	chapter: '5, 4',
	title: ({directors: [{vm}]}) => ({en: `ldirectord is killed three times on ${vm}`, es: `Se mata ldirectord tres veces en ${vm}`}),
	explanation: ({ha: {failback, monitor}}) => ({
		en: `ldirectord is killed (kill -9) three times, each time only after Pacemaker has noticed the last one and counted it: kills within one monitor interval (${spokenDuration(monitor, 'en')}) would count once. While it is dead the kernel goes on dividing requests by its table. Twice Pacemaker starts it again on the same director; what comes after it in the group, the external VIP, stops for that moment. The third failure reaches the migration-threshold, and the whole group moves to the other director. Then the fail count is cleaned, and the group ${failback ? 'goes back' : 'stays'}. Nobody waits for failure-timeout, which would do the same ${spokenDuration(failures.forgottenAfter * 60, 'en')} later.`,
		es: `Se mata ldirectord (kill -9) tres veces, cada vez solo después de que Pacemaker haya notado la anterior y la haya contado: varias dentro de un mismo intervalo de monitorización (${spokenDuration(monitor, 'es')}) contarían como una. Mientras está muerto, el núcleo sigue repartiendo peticiones según su tabla. Dos veces Pacemaker lo vuelve a arrancar en el mismo director; lo que va detrás en el grupo, la VIP externa, se para ese momento. El tercer fallo alcanza el migration-threshold y todo el grupo se traslada al otro director. Después se limpia el contador de fallos y el grupo ${failback ? 'vuelve' : 'se queda'}. No se espera al failure-timeout, que haría lo mismo ${spokenDuration(failures.forgottenAfter * 60, 'es')} más tarde.`,
	}),
	course(cluster) {
		const {directors: [master, standby], ha: {failback}} = cluster;
		return {
			precheck: whole(cluster),
			phases: [
				...[1, 2].map(times => killedAndRestarted(cluster, times)),
				{
					title: {en: `Killed for the third time: the group moves to ${standby.vm}`, es: `Muerto por tercera vez: el grupo se traslada a ${standby.vm}`},
					inject: [{on: master.name, task: ldirectordKilled(master, threshold)}],
					expect: [
						{on: master.name, task: groupOn(standby, 60)},
						{on: standby.name, task: servedBy(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: inTurn(cluster)},
					],
					predict: plannedMove(cluster),
				},
				{
					title: failback
						? {en: `The fail count is cleaned, and the group goes back to ${master.vm}`, es: `Se limpia el contador de fallos y el grupo vuelve a ${master.vm}`}
						: {en: `The fail count is cleaned, and the group stays on ${standby.vm}`, es: `Se limpia el contador de fallos y el grupo se queda en ${standby.vm}`},
					inject: [{on: master.name, task: withoutFailures()}],
					expect: [...returned(cluster), {on: 'host', task: inTurn(cluster)}],
					predict: failback ? plannedMove(cluster) : nothingLost,
				},
			],
			undo: wholeAgain(cluster),
		};
	},
});

function killedAndRestarted(cluster: Cluster, times: number): Phase {
	const [master] = cluster.directors;
	return {
		title: times === 1
			? {en: 'Killed once: Pacemaker starts it again', es: 'Muerto una vez: Pacemaker lo vuelve a arrancar'}
			: {en: 'Killed twice: Pacemaker starts it again', es: 'Muerto dos veces: Pacemaker lo vuelve a arrancar'},
		inject: [{on: master.name, task: ldirectordKilled(master, times)}],
		expect: [
			{on: master.name, task: groupOn(master, 60)},
			{on: master.name, task: ldirectordRuns(cluster, master, 60)},
			{on: master.name, task: servedBy(cluster, cluster.webs, {within: 60})},
		],
		predict: ldirectordRestarted(cluster),
	};
}

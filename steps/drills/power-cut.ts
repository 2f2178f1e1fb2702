import {drill} from '../../source/engine/drill.ts';
import {bothOnline, groupOn} from '../../source/tasks/group.ts';
import {answers, cutOffAll} from '../../source/tasks/power.ts';
import {nobodyAnswers, servedBy} from '../../source/tasks/served-by.ts';
import {wholeArray} from '../raid.ts';
import {powerReturns} from './predictions.ts';
import {asserted, inOrder, inTurn, starts, whole, wholeAgain} from './whole.ts';

export const powerCut = drill({
	id: 'power',
	chapter: '',
	title: {en: 'Power cut: everything goes off and on again', es: 'Corte de luz: todo se apaga y se vuelve a encender'},
	explanation: {
		en: 'All machines are switched off at once and started again together, in no order. Nobody helps: the array assembles itself with every member, web servers that boot before the storage wait for it instead of giving up, Corosync and Pacemaker start at boot, take the VIPs and start ldirectord, and every server comes into rotation.',
		es: 'Se apagan a la vez todas las máquinas y se vuelven a arrancar juntas, sin orden. Nadie ayuda: el RAID se ensambla solo con todos sus miembros, los servidores web que arrancan antes que el almacenamiento lo esperan en lugar de desistir, Corosync y Pacemaker se inician al arrancar, toman las VIP y ponen en marcha ldirectord, y todos los servidores entran en rotación.',
	},
	course(cluster) {
		const {directors: [master], nodes, storage} = cluster;
		return {
			precheck: whole(cluster),
			phases: [
				{
					title: {en: 'All machines are switched off', es: 'Se apagan todas las máquinas'},
					inject: [cutOffAll(nodes)],
					expect: [{on: 'host', task: nobodyAnswers(cluster, 10)}],
				},
				{
					title: {en: 'All machines are switched on again', es: 'Se encienden de nuevo todas las máquinas'},
					inject: starts(cluster),
					expect: [
						...inOrder(cluster).map(node => ({on: node.name, task: answers(node, 60)})),
						{on: storage.name, task: {...asserted(wholeArray(cluster)), within: 60}},
						{on: master.name, task: bothOnline(cluster, 60)},
						{on: master.name, task: groupOn(master, 60)},
						{on: master.name, task: servedBy(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: inTurn(cluster)},
					],
					predict: powerReturns(cluster),
				},
			],
			undo: wholeAgain(cluster),
		};
	},
});

import {drill} from '../../source/engine/drill.ts';
import {bothOnline, groupOn, groupOnOne, holdsVips, vipsFollowGroup} from '../../source/tasks/group.ts';
import {pulledCable} from '../../source/tasks/network-cable.ts';
import {bothLinks} from '../resources.ts';
import {halvesJoin} from './predictions.ts';
import {inTurn, whole, wholeAgain} from './whole.ts';

export const splitBrain = drill({
	id: 'split-brain',
	chapter: '',
	title: {en: 'Both links between the directors are cut: split brain', es: 'Se cortan los dos enlaces entre los directores: split brain'},
	explanation: ({directors: [{vm}], ha: {sorryPage}}) => ({
		en: `Both cables by which the directors hear each other are pulled on ${vm}; the external one stays in. Each director takes the other for lost and, without fencing, keeps or takes the group: both have the VIPs. That is what is expected here, and why fencing exists. Which director a client reaches is decided by whose ARP answer it heard last; the one that was cut off reaches no web server, so its clients get ${sorryPage ? 'a sorry page or nothing' : 'no answer'}. Nobody can predict what this costs. Put back, the two halves find each other, Pacemaker sees the group active twice, stops it on both and starts it on one.`,
		es: `Se desenchufan en ${vm} los dos cables por los que se oyen los directores; el externo se deja. Cada director da al otro por perdido y, sin fencing, se queda con el grupo o lo toma: los dos tienen las VIP. Eso es lo que se espera aquí, y por eso existe el fencing. A qué director llega un cliente lo decide de quién oyó la última respuesta ARP; el que quedó aislado no llega a ningún servidor web, así que sus clientes ${sorryPage ? 'reciben una página de disculpa o nada' : 'no reciben respuesta'}. Nadie puede predecir lo que cuesta. Al volver a enchufarlos, las dos mitades se encuentran, Pacemaker ve el grupo activo dos veces, lo para en ambos y lo arranca en uno.`,
	}),
	course(cluster) {
		const {directors: [master, standby]} = cluster;
		const cables = [pulledCable(master, 'hb0'), pulledCable(master, 'int0')];
		return {
			precheck: whole(cluster),
			phases: [
				{
					title: {en: 'Both cables are pulled, and both directors have the VIPs', es: 'Se desenchufan los dos cables y los dos directores tienen las VIP'},
					inject: cables.map(({inject}) => inject),
					expect: [
						{on: standby.name, task: groupOn(standby, 60)},
						{on: standby.name, task: holdsVips(cluster, standby, 30)},
						// With its cable out, int0 may have lost its addresses: Pacemaker notices at its next look, and puts the VIP back.
						{on: master.name, task: groupOn(master, 90)},
						{on: master.name, task: holdsVips(cluster, master, 90)},
					],
				},
				{
					title: {en: 'The cables are put back, and one director has the VIPs', es: 'Se vuelven a enchufar los cables y un solo director tiene las VIP'},
					inject: cables.map(({undo}) => undo),
					expect: [
						{on: master.name, task: {...bothLinks(cluster), within: 60}},
						{on: master.name, task: bothOnline(cluster, 60)},
						{on: master.name, task: groupOnOne(cluster, 90)},
						...cluster.directors.map(node => ({on: node.name, task: vipsFollowGroup(cluster, node, 60)})),
						{on: 'host', task: inTurn(cluster)},
					],
					predict: halvesJoin(cluster),
				},
			],
			undo: wholeAgain(cluster, ...cables.map(({undo}) => undo)),
		};
	},
});

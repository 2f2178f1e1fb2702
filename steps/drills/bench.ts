import type {Cluster} from '../../source/answers/cluster.ts';
import {sh} from '../../source/engine/command.ts';
import {drill, type Placed} from '../../source/engine/drill.ts';
import type {Text} from '../../source/messages/text.ts';
import {answeredInTurn} from '../../source/tasks/answered-in-turn.ts';
import {expect} from '../../source/tasks/expect.ts';
import {innerAccess} from '../../source/tasks/inner-access.ts';
import {inRotation} from '../../source/tasks/rotation.ts';
import {takenBack} from './whole.ts';

/**
 * What the benchmarks change of the cluster, so that it is undone like a failure on purpose, wherever it was cut off.
 * The phase with the number n has n servers in rotation; number 0 opens the way that leads to one server directly.
 */
export const benchDrill = drill({
	id: 'bench',
	chapter: '5',
	title: {en: 'Load on one server, and on 1, 2 … through the director', es: 'Carga sobre un servidor, y sobre 1, 2 … a través del director'},
	explanation: {
		en: 'The same load is sent to one server directly, with no director on the way, and to the VIP with one server in rotation, then two, and so on. Servers are taken out by ldirectord itself (maintenancedir): it removes them from IPVS as if they had failed, without touching them or its configuration. The ratio between the first two is what going through a director costs; between the others, what a server more brings.',
		es: 'Se envía la misma carga a un servidor directamente, sin ningún director en el camino, y a la VIP con un servidor en la rotación, luego dos, etc. Los servidores los saca el propio ldirectord (maintenancedir): los quita de IPVS como si hubieran fallado, sin tocarlos y sin tocar su configuración. La relación entre los dos primeros es lo que cuesta pasar por un director; entre los demás, lo que aporta un servidor más.',
	},
	course(cluster) {
		const {webs} = cluster;
		const access = innerAccess(cluster);
		const counts = webs.map((_, index) => index + 1);
		return {
			precheck: [...directorsOnline(cluster), ...rotation(cluster, webs.length).map(placed => asserted(placed)), ...answered(cluster, webs.length)],
			phases: [
				{
					title: {en: `${webs[0]!.name} directly`, es: `${webs[0]!.name} directamente`},
					inject: [...rotation(cluster, webs.length), {on: 'host', task: access.open}],
					expect: [],
				},
				...counts.map(count => ({
					title: serversOf(count, webs.length),
					inject: rotation(cluster, count),
					expect: answered(cluster, count),
				})),
			],
			undo: [...takenBack(cluster, [{on: 'host', task: access.close}, ...rotation(cluster, webs.length)]), ...answered(cluster, webs.length)],
		};
	},
});

function serversOf(count: number, all: number): Text {
	return {en: `${count} of ${all} servers in rotation`, es: `${count} de ${all} servidores en la rotación`};
}

function rotation(cluster: Cluster, count: number): Placed[] {
	return cluster.directors.map(({name}) => ({on: name, task: inRotation(cluster, cluster.webs.slice(0, count))}));
}

/** Looked at only: a server that somebody else has taken out stays out, and nothing begins. */
function asserted({on, task: {title, check, within, advice}}: Placed): Placed {
	return {on, task: expect(title, check, {within, advice})};
}

/** As a client sees it: exactly these answer, in turn. */
function answered(cluster: Cluster, count: number): Placed[] {
	const webs = cluster.webs.slice(0, count);
	const names = webs.map(({name}) => name).join(', ');
	const title = {en: `${cluster.vip.external} is answered by ${names} in turn, and by no other`, es: `En ${cluster.vip.external} responden por turno ${names}, y ningún otro`};
	return [{on: 'host', task: answeredInTurn({...cluster, webs}, cluster.vip.external, title, 60)}];
}

/** Servers are taken out on both directors: one that is away would not know. */
function directorsOnline({directors}: Cluster): Placed[] {
	const names = directors.map(({name}) => name);
	return [{
		on: names[0]!,
		task: expect({en: `Both directors are online: ${names.join(', ')}`, es: `Los dos directores están en línea: ${names.join(', ')}`}, sh`
			nodes=$(crm_mon -1 --output-as=xml) || { echo 'Pacemaker does not answer'; exit 1; }
			for name in ${names}; do
				echo "$nodes" | grep -q "<node name=\\"$name\\".* online=\\"true\\"" || { echo "$name is not online"; exit 1; }
			done
		`),
	}];
}

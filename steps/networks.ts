import {step} from '../source/engine/step.ts';
import {bridgedUntracked} from '../source/tasks/host-untracked.ts';
import {isolatedNetwork} from '../source/tasks/network.ts';
import {networkPorts} from '../source/tasks/network-ports.ts';

export const networks = step({
	id: 'networks',
	name: {en: 'Inner networks', es: 'Redes internas'},
	chapter: '4.4',
	title: {en: 'The internal network and the directors\' heartbeat', es: 'La red interna y el latido de los directores'},
	on: 'host',
	needs: ['packages', 'sandbox'],
	mends: [394, 460],
	tasks(cluster) {
		const {internal, heartbeat} = cluster.networks;
		return [
			isolatedNetwork(internal),
			isolatedNetwork(heartbeat),
			// A sandbox has a packet filter of its own.
			...(cluster.sandbox ? [] : [bridgedUntracked(internal)]),
			networkPorts(cluster, internal),
			networkPorts(cluster, heartbeat),
		];
	},
});

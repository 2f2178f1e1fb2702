import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {bridgeWithoutConntrack} from '../source/tasks/host-untracked.ts';
import {isolatedNetwork} from '../source/tasks/network.ts';
import {networkPorts} from '../source/tasks/network-ports.ts';

export const networks = step({
	id: 'networks',
	name: phrase('Inner networks'),
	chapter: '4.4',
	title: phrase("The internal network and the directors' heartbeat"),
	on: 'host',
	needs: ['packages', 'sandbox'],
	mends: [394, 460],
	tasks(cluster) {
		const {internal, heartbeat} = cluster.networks;
		return [
			isolatedNetwork(internal),
			isolatedNetwork(heartbeat),
			// Not needed in a sandbox, which has a packet filter of its own.
			...(cluster.sandbox ? [] : [bridgeWithoutConntrack(internal)]),
			networkPorts(cluster, internal),
			networkPorts(cluster, heartbeat),
		];
	},
});

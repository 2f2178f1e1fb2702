import {step} from '../source/engine/step.ts';
import {bridgeTask} from '../source/tasks/bridge.ts';
import {sandboxBridge} from '../source/tasks/bridge-in-sandbox.ts';
import {bridgedThroughFilter, bridgedThroughTables} from '../source/tasks/host-forward.ts';
import {natNetwork} from '../source/tasks/network.ts';
import {networkPorts} from '../source/tasks/network-ports.ts';
import {sandboxHostAddress} from './sandbox.ts';

export const externalNetwork = step({
	id: 'external-network',
	name: {en: 'Outer network', es: 'Red externa'},
	chapter: '4.2',
	title: {en: 'The external network', es: 'La red externa'},
	on: 'host',
	needs: ['packages', 'sandbox'],
	mends: [311],
	tasks(cluster) {
		const make = {
			bridge: () => [bridgedThroughTables(cluster), bridgeTask(cluster), bridgedThroughFilter(cluster)],
			nat: () => [natNetwork(cluster)],
			sandbox: () => sandboxBridge(cluster, sandboxHostAddress(cluster)),
		}[cluster.host.external];
		return [...make(), networkPorts(cluster, cluster.networks.external)];
	},
});

import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {bridgeTask} from '../source/tasks/bridge.ts';
import {sandboxBridge} from '../source/tasks/bridge-in-sandbox.ts';
import {iptablesAcceptsBridge, nftablesAcceptsBridge} from '../source/tasks/host-forward.ts';
import {natNetwork} from '../source/tasks/network.ts';
import {networkPorts} from '../source/tasks/network-ports.ts';
import {sandboxHostAddress} from './sandbox.ts';

export const externalNetwork = step({
	id: 'external-network',
	name: phrase('Outer network'),
	chapter: '4.2',
	title: phrase('The external network'),
	on: 'host',
	needs: ['packages', 'sandbox'],
	mends: [311],
	tasks(cluster) {
		const make = {
			bridge: () => [nftablesAcceptsBridge(cluster), bridgeTask(cluster), iptablesAcceptsBridge(cluster)],
			nat: () => [natNetwork(cluster)],
			sandbox: () => sandboxBridge(cluster, sandboxHostAddress(cluster)),
		}[cluster.host.external];
		return [...make(), networkPorts(cluster, cluster.networks.external)];
	},
});

import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {bridgePossible} from '../source/tasks/bridge.ts';
import {freeAddresses, freeRanges} from '../source/tasks/host-addresses.ts';
import {nftablesAcceptsBridge} from '../source/tasks/host-forward.ts';
import {archiveKeys} from '../source/tasks/host-packages.ts';
import {processorFlags} from '../source/tasks/host-processor.ts';
import {isRoot, supportedProcessor, supportedRelease} from '../source/tasks/host-release.ts';
import {enoughDisk, enoughMemory} from '../source/tasks/host-resources.ts';

/** Checks, before any change, whether this computer can run the cluster. The thesis starts with a new installation. */
export const host = step({
	id: 'host',
	name: phrase('Host'),
	chapter: '4.1',
	title: phrase('The host'),
	on: 'machine',
	needs: [],
	tasks: cluster => [
		isRoot(),
		supportedRelease(),
		supportedProcessor(),
		processorFlags(),
		enoughMemory(cluster),
		enoughDisk(cluster),
		archiveKeys(cluster.guest.distribution),
		...(cluster.sandbox ? [] : [freeRanges(cluster)]),
		...(cluster.host.external === 'bridge'
			? [bridgePossible(cluster), nftablesAcceptsBridge(cluster), freeAddresses(cluster)]
			: []),
	],
});

import {formatAddress, parseAddress, parseCidr} from '../answers/cidr.ts';
import type {Cluster} from '../answers/cluster.ts';

/** The host's own address on the external network of a sandbox: the last one that nothing else of the cluster has. */
export function hostAddress({networks, gateway, vip, nodes}: Cluster): string {
	const {base, size} = parseCidr(networks.external.cidr)!;
	const taken = new Set([gateway, vip.external, ...nodes.flatMap(({external}) => external ?? [])].map(address => parseAddress(address)));
	let address = base + size - 2;
	while (taken.has(address)) {
		address--;
	}

	return formatAddress(address);
}

import {contains, parseCidr} from '../text/cidr.ts';
import type {Cluster, Network} from '../cluster/cluster.ts';

/** Ranges that are not used on the public Internet (RFC 6890). */
const special = [
	'10.0.0.0/8',
	'172.16.0.0/12',
	'192.168.0.0/16',
	'100.64.0.0/10',
	'198.18.0.0/15',
	'192.0.2.0/24',
	'198.51.100.0/24',
	'203.0.113.0/24',
].map(range => parseCidr(range)!);

/** Returns the cluster's own networks that use a public range. The range of a bridged NIC is the host's own. */
export function publicNetworks({networks, host, sandbox}: Pick<Cluster, 'networks' | 'host' | 'sandbox'>): Network[] {
	const made =
		!sandbox && host.external === 'bridge' ? [networks.internal, networks.heartbeat] : Object.values(networks);
	return made.filter(({cidr}) => {
		const range = parseCidr(cidr)!;
		return !special.some(other => other.prefix <= range.prefix && contains(other, range.base));
	});
}

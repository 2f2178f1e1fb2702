import {asset} from '../assets.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {file} from './file.ts';
import {phrase} from '../languages/text.ts';

/** The sandbox's NIC, a veth whose other end is the sandbox's router. */
export const sandboxNic = 'eno1';

const script = '/etc/cluster-wizard/network';

/**
 * Makes the bridge inside a sandbox, by a script that the sandbox runs at every start.
 * @param host the sandbox's own address on the external network
 */
export function sandboxBridge(cluster: Cluster, host: string): Task[] {
	const {
		networks: {external},
		gateway,
	} = cluster;
	const bridge = external.label;
	const nic = sandboxNic;
	const address = `${host}/${external.prefix}`;
	const link = `/sys/class/net/${bridge}`;
	return [
		file(script, asset('host/etc/cluster-wizard/network', {nic, bridge, address, gateway}), {
			mode: '0755',
			title: phrase('Write how {bridge} is made when the host starts', {bridge}),
		}),
		{
			title: phrase('Make {nic} a port of the bridge {bridge}', {nic, bridge}),
			check: sh`
				[ -d ${`${link}/bridge`} ] || { echo ${`${bridge}: missing`}; exit 1; }
				[ -e ${`${link}/brif/${nic}`} ] || { echo ${`${nic} is not a port of ${bridge}`}; exit 1; }
				[ "$(cat ${`${link}/bridge/stp_state`})" = 0 ] || { echo ${`${bridge}: STP is on`}; exit 1; }
				[ "$(cat ${`${link}/operstate`})" = up ] || { echo ${`${bridge} is down`}; exit 1; }
				found=$(ip -4 -o address show scope global dev ${bridge} | awk '{print $4}'); [ "$found" = ${address} ] || { echo ${`${bridge}: address ${address} wanted, found`} "\${found:-none}"; exit 1; }
				ip -4 route show default | grep -qF ${`via ${gateway} dev ${bridge}`} || { echo ${`the default route does not go via ${gateway} and ${bridge}`}; exit 1; }
			`,
			apply: [sh`${script}`],
			timeout: 5,
		},
	];
}

import {asset} from '../assets.ts';
import type {Cluster, Network} from '../cluster/cluster.ts';
import {sh, withInput} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {compareVariables} from './file-diff.ts';
import {phrase} from '../languages/text.ts';

/** A libvirt network between the VMs only: no host address, no STP, no DHCP. */
export function isolatedNetwork(network: Network): Task {
	const {label, uuid} = network;
	return networkTask(network, asset('host/networks/isolated.xml', {name: label, uuid}));
}

/** A libvirt network with NAT, for a host whose NIC cannot be a bridge's port (Wi-Fi). */
export function natNetwork({networks, gateway}: Cluster): Task {
	const {label, uuid, prefix} = networks.external;
	return networkTask(networks.external, asset('host/networks/nat.xml', {name: label, uuid, gateway, prefix}));
}

/** @param xml definition in libvirt's own format, without the elements that libvirt adds */
function networkTask({label, uuid}: Network, xml: string): Task {
	// libvirt adds a MAC address and the number of attached VMs.
	const stripped = sh`sed "s/^<network connections='[0-9]*'>/<network>/; /^  <mac address=/d; /^$/d"`;
	return {
		title: phrase('Define the network {label} and start it, now and with the host', {label}),
		check: sh`
			known=$(virsh net-list --all --uuid) || { echo 'libvirt does not answer'; exit 2; }
			found=$(virsh net-uuid ${label} 2>/dev/null) || {
				echo "$known" | grep -qx ${uuid} && { echo ${`${label} is there under another name:`} "$(virsh net-name ${uuid})"; exit 2; }
				[ ! -e ${`/sys/class/net/${label}`} ] || { echo ${`an interface ${label} is there that is not libvirt's`}; exit 2; }
				echo ${`${label}: missing`}; exit 1
			}
			[ "$found" = ${uuid} ] || { echo ${`a network ${label} is there that is not ours (its UUID is`} "$found)"; exit 2; }
			for which in '' --inactive; do
				is=$(virsh net-dumpxml ${label} $which | ${stripped})
				[ "$is" = ${xml.trimEnd()} ] || {
					echo ${`${label}: its definition differs:`} "$(echo "$is" | grep -vxF ${xml.trimEnd()} | head -n 1 || :)"
					exit 1
				}
			done
			virsh net-info ${label} | grep -q '^Active: *yes' || { echo ${`${label} is not started`}; exit 1; }
			virsh net-info ${label} | grep -q '^Autostart: *yes' || { echo ${`${label} does not start with the host`}; exit 1; }
		`,
		apply: [
			withInput(sh`virsh net-define /dev/stdin`, xml),
			sh`virsh net-autostart ${label}`,
			sh`
				if virsh net-info ${label} | grep -q '^Active: *yes'; then
					[ "$(virsh net-dumpxml ${label} | ${stripped})" = ${xml.trimEnd()} ] || virsh net-destroy ${label}
				fi
				virsh net-info ${label} | grep -q '^Active: *yes' || virsh net-start ${label}
			`,
		],
		compare: sh`
			wanted=${xml.trimEnd()}
			for which in --inactive ''; do
				found=$(virsh net-dumpxml ${label} $which 2> /dev/null | ${stripped})
				[ -z "$found" ] || [ "$found" = "$wanted" ] || {
				${compareVariables(label)}
				exit 0
				}
			done
		`,
		creates: [{kind: 'network', name: label, uuid}],
		advice: phrase(
			'If {label} belongs to something else, give the network another name in the answers (networks.….label); if it is a leftover: virsh net-destroy {label}; virsh net-undefine {label}',
			{label},
		),
	};
}

/** Removes the network with this UUID; another network with the same name is kept. */
export function removeNetwork({name, uuid}: ResourceOf<'network'>): Removal {
	return {
		shown: name,
		remove: sh`
			known=$(virsh net-list --all --uuid) || exit 2
			echo "$known" | grep -qx ${uuid} || exit 0
			! virsh net-list --uuid | grep -qx ${uuid} || virsh net-destroy ${uuid}
			virsh net-undefine ${uuid}
		`,
		gone: sh`
			known=$(virsh net-list --all --uuid) || { echo 'libvirt does not answer'; exit 2; }
			! echo "$known" | grep -qx ${uuid} || { echo ${`${name} is still there`}; exit 1; }
		`,
	};
}

import type {Cluster, Network} from '../cluster/cluster.ts';
import {sh, type Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/** Attaches the interfaces of running VMs to the network's bridge, if they were detached by hand. */
export function networkPorts({nodes}: Cluster, {name, label}: Network): Task {
	const machines = nodes.filter(({nics}) => nics.some(({network}) => network === name)).map(({vm}) => vm);
	// A VM that does not exist yet prints nothing; one that is off has no interface (`-`).
	const detached: Command = sh`
		virsh -q ${machines.map(vm => `domiflist ${vm}`).join('; ')} 2>/dev/null | while read -r interface kind source rest; do
			[ "$source" != ${label} ] || [ "$interface" = - ] || [ -e ${`/sys/class/net/${label}/brif/`}"$interface" ] || echo "$interface"
		done
	`;
	return {
		title: phrase('Attach the machines to {label}', {label}),
		check: sh`
			detached=$(${detached})
			[ -z "$detached" ] || { echo $detached ${`not attached to ${label}`}; exit 1; }
		`,
		apply: [sh`${detached} | while read -r interface; do ip link set "$interface" master ${label} up; done`],
	};
}

import {formatAddress, parseAddress, parseCidr} from '../text/cidr.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {sh} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/** Access from the host to the inner nodes past the directors: a network namespace attached to the inner network's bridge. */
export interface InnerAccess {
	/** Name of the namespace and of its port on the host. Derived from the network's UUID, so it is unique. */
	readonly name: string;
	/** Words in front of a command that run it in the namespace. */
	readonly prefix: readonly string[];
	readonly open: Task;
	readonly close: Task;
}

/**
 * The host itself gets neither an address nor a route on the inner network, so only commands in the namespace can use this
 * access. Removing the namespace removes its interfaces and addresses as well.
 */
export function innerAccess(cluster: Cluster): InnerAccess {
	const {
		networks: {internal},
		webs: [server],
	} = cluster;
	const name = `bench-${internal.uuid.slice(0, 8)}`;
	const path = `/run/netns/${name}`;
	const prefix = ['nsenter', `--net=${path}`];
	const address = `${freeAddress(cluster)}/${internal.prefix}`;
	const {remove, gone} = removeNamespace({kind: 'namespace', name});
	return {
		name,
		prefix,
		open: {
			title: phrase('Open a way from the host to {label} that leads through no director, for the load alone', {
				label: internal.label,
			}),
			check: sh`
				[ -e ${path} ] || { echo ${`${name}: missing`}; exit 1; }
				${prefix} ip -4 -o address show dev int0 2>&1 | grep -qwF ${address} || { echo ${`${name}: has no address ${address}`}; exit 1; }
				${prefix} curl -s -S -o /dev/null --noproxy '*' --max-time 5 ${`http://${server!.internal}/`} 2>&1 || exit 1
			`,
			apply: [
				sh`
				bridge=$(virsh net-info ${internal.uuid} | sed -n 's/^Bridge: *//p')
				[ -n "$bridge" ] || { echo ${`${internal.label}: libvirt knows no bridge of it`}; exit 1; }
				${remove}
				ip netns add ${name} &&
				ip link add ${name} type veth peer name int0 netns ${name} &&
				ip link set ${name} master "$bridge" up &&
				ip -n ${name} address add ${address} dev int0 && ip -n ${name} link set int0 up
			`,
			],
			timeout: 15,
			creates: [{kind: 'namespace', name}],
		},
		close: {
			title: phrase('Close the way from the host to {label}', {label: internal.label}),
			check: gone,
			apply: [remove],
		},
	};
}

/** Removes the namespace with its interfaces. */
export function removeNamespace({name}: ResourceOf<'namespace'>): Removal {
	const path = `/run/netns/${name}`;
	return {
		shown: name,
		remove: sh`
			! ip link show dev ${name} > /dev/null 2>&1 || ip link del ${name}
			[ ! -e ${path} ] || ip netns del ${name}
		`,
		gone: sh`[ ! -e ${path} ] && [ ! -e ${`/sys/class/net/${name}`} ] || { echo ${`${name}: still there`}; exit 1; }`,
	};
}

/** Returns the highest address of the inner network that the cluster does not use. @throws RangeError if there is none */
function freeAddress({networks: {internal}, nodes, vip}: Cluster): string {
	const {base, size} = parseCidr(internal.cidr)!;
	const taken = new Set([...nodes.map(node => node.internal), vip.internal].map(text => parseAddress(text)));
	for (let address = base + size - 2; address > base; address--) {
		if (!taken.has(address)) {
			return formatAddress(address);
		}
	}

	throw new RangeError(`${internal.cidr} has no address left`);
}

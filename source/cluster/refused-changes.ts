import type {Cluster} from './cluster.ts';
import {inventoryOf, type Inventory, type InventoryNode} from './inventory.ts';
import {phrase, type Text} from '../languages/text.ts';

/** A choice whose value differs from the built cluster. */
interface Change {
	/** The key in the answers, for instance `nodes.master.internal`. */
	readonly key: string;
	readonly built: string;
	readonly wanted: string;
}

export interface RefusedChange extends Change {
	/** A sentence with both values, the reason for the refusal, and possible actions. */
	readonly reason: Text;
}

/**
 * Returns the changed answers that `up` refuses, because the existing cluster cannot take them over. `up` applies all other
 * changes: added or removed nodes, and values in configuration files.
 * @param built inventory (`inventoryOf`) of the cluster as it was built
 */
export function refusedChanges(built: Inventory, wanted: Cluster): RefusedChange[] {
	const now = inventoryOf(wanted);
	const known = new Map(built.nodes.map(node => [node.id, node]));
	// The default number of processors depends on the acceleration, which is no choice of the user.
	const isSameKind = built.acceleration === now.acceleration;
	const fixedOf = (node: InventoryNode) => fixedOfNode(isSameKind ? node : {...node, vcpus: 0});
	const changes = [
		...differences(fixed(built), fixed(now)),
		...now.nodes.flatMap(node => (known.has(node.id) ? differences(fixedOf(known.get(node.id)!), fixedOf(node)) : [])),
	];
	return changes.map(change => ({...change, reason: reasonFor(change)}));
}

type Values = ReadonlyArray<readonly [key: string, value: string | number | boolean | undefined]>;

/** Values that are written into every VM or determine stored data; changing them requires a new build. */
function fixed({name, sandbox, host, guest, networks, gateway, vip, raid}: Inventory): Values {
	return [
		['name', name],
		['--sandbox', sandbox],
		['host.external', host.external],
		['host.nic', host.nic],
		['guest.distribution', guest.distribution],
		['guest.release', guest.release],
		...(['external', 'internal', 'heartbeat'] as const).flatMap(
			network =>
				[
					[`networks.${network}.cidr`, networks[network].cidr],
					[`networks.${network}.label`, networks[network].label],
					[`networks.${network}.uuid`, networks[network].uuid],
				] as const,
		),
		['networks.external.gateway', gateway],
		['vip.external', vip.external],
		['vip.internal', vip.internal],
		['raid.level', raid.level],
		['raid.disks', raid.disks],
		['raid.size', `${raid.size}M`],
		['raid.uuid', raid.uuid],
	];
}

function fixedOfNode(node: InventoryNode): Values {
	const values: Values = [
		['name', node.name],
		['vm', node.vm],
		['role', node.role],
		['memory', `${node.memory}M`],
		['vcpus', node.vcpus],
		['disk', `${node.disk}G`],
		...node.nics.map(nic => [nic.network, nic.address] as const),
		...node.nics.map(nic => [`${nic.network} MAC`, nic.mac] as const),
		['uuid', node.uuid],
		['host key', node.hostKey],
	];
	return values.map(([key, value]) => [`nodes.${node.id}.${key}`, value]);
}

function differences(built: Values, wanted: Values): Change[] {
	const before = new Map(built);
	const after = new Map(wanted);
	return [...new Set([...before.keys(), ...after.keys()])]
		.filter(key => before.get(key) !== after.get(key))
		.map(key => ({key, built: String(before.get(key) ?? '–'), wanted: String(after.get(key) ?? '–')}));
}

function reasonFor({key, built, wanted}: Change): Text {
	const [area, node = ''] = key.split('.');
	const reason =
		area === 'nodes'
			? phrase('{node} exists already and keeps what it was made with', {node})
			: area === 'raid'
				? phrase('the array that exists holds the pages')
				: phrase('it is written into the machines that exist');
	return phrase(
		'{key} cannot change from {built} to {wanted}: {reason}. Put {built} back, or run "cluster-wizard down" and build again.',
		{key, built, wanted, reason},
	);
}

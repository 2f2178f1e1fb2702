import {roles, type Role} from '../roles/index.ts';
import type {AddressPlace, RoleDefinition} from '../roles/role.ts';
import {web} from '../roles/web.ts';
import {formatAddress, parseAddress} from '../text/cidr.ts';
import {place} from './address-places.ts';
import {parseMebibytes} from './quantities.ts';
import type {Answers, MachineAnswers} from './schema.ts';

/** A machine with everything chosen. Memory in MiB, disk in GiB; no `vcpus` where acceleration decides. */
export interface ChosenNode {
	/** Its key in the answers: `nas`, `master`, `standby`, `server1` …; it stays when the name changes. */
	readonly id: string;
	readonly role: Role;
	readonly name: string;
	readonly vm: string;
	readonly memory: number;
	readonly vcpus?: number;
	readonly disk: number;
	readonly internal: string;
	readonly external?: string;
	readonly heartbeat?: string;
}

/** The thesis's three web servers. */
const defaultCount = 3;

interface Ranges {
	/** The VIP's address, and those of the nodes on the external network. */
	readonly external: readonly string[];
	readonly internal: string;
	readonly heartbeat: string;
}

/** The thesis's VIPs. */
const vipPlace: AddressPlace = {wide: 200, narrow: -1};

/** The external VIP, and the directors on the external network. */
export const externalPlaces: readonly AddressPlace[] = [vipPlace, {wide: 135, narrow: 2}, {wide: 139, narrow: 3}];

export function chooseNodes(
	answers: Answers,
	ranges: Ranges,
): {vip: {external: string; internal: string}; nodes: ChosenNode[]} {
	const {count = defaultCount, first, memory, vcpus, disk} = answers.web ?? {};
	const [internalVip, nextFree, addresses] = fixedAddresses(ranges, count);
	const firstWeb = parseAddress(first ?? nextFree)!;
	return {
		vip: {external: answers.vip?.external ?? ranges.external[0]!, internal: answers.vip?.internal ?? internalVip},
		nodes: roles.flatMap(role =>
			role.pool
				? Array.from({length: count}, (_, index) => {
						const id = `server${index + 1}`;
						return chooseNode(
							id,
							role,
							{memory, vcpus, disk, internal: formatAddress(firstWeb + index)},
							answers.nodes?.[id],
						);
					})
				: role.nodes.map(({id, vm}) => chooseNode(id, role, {vm, ...addresses.get(id)}, answers.nodes?.[id])),
		),
	};
}

/** Addresses of the internal VIP, of the first web server, and of the nodes that every cluster has, by their keys. */
function fixedAddresses(
	ranges: Ranges,
	count: number,
): [vip: string, first: string, nodes: ReadonlyMap<string, MachineAnswers>] {
	const fixed = roles.flatMap(({networks, nodes}) => nodes.map(node => ({...node, networks})));
	const internal = place(ranges.internal, [vipPlace, ...fixed.map(node => node.internal), web.pool!.internal], count);
	const heartbeat = place(
		ranges.heartbeat,
		fixed.flatMap(node => node.heartbeat ?? []),
	);
	const next = {internal: 1, external: 1, heartbeat: 0};
	return [
		internal[0]!,
		internal.at(-1)!,
		new Map(
			fixed.map(({id, networks}) => [
				id,
				{
					internal: internal[next.internal++]!,
					...(networks.includes('external') && {external: ranges.external[next.external++]!}),
					...(networks.includes('heartbeat') && {heartbeat: heartbeat[next.heartbeat++]!}),
				},
			]),
		),
	];
}

function chooseNode(
	id: string,
	{id: role, disk}: RoleDefinition<Role>,
	defaults: MachineAnswers,
	answers: MachineAnswers = {},
): ChosenNode {
	const chosen = {...defaults, ...answers};
	return {
		id,
		role,
		name: chosen.name ?? id,
		vm: chosen.vm ?? (chosen.name ?? id).toUpperCase(),
		memory: parseMebibytes(chosen.memory ?? '512M'),
		vcpus: chosen.vcpus,
		disk: parseMebibytes(chosen.disk ?? `${disk}G`) / 1024,
		internal: chosen.internal!,
		external: chosen.external,
		heartbeat: chosen.heartbeat,
	};
}

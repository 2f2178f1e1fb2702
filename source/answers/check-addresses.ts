import type {ConfigIssue} from './config-issue.ts';
import {contains, isHostOf, networkOf, overlap, parseAddress, parseCidr, type Cidr} from '../text/cidr.ts';
import type {NetworkName} from '../cluster/cluster.ts';
import type {Choices, HostNetwork} from './defaults.ts';
import {phrase, type Text} from '../languages/text.ts';

/** Ranges that no network of VMs can use. */
const unusable = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map(range => parseCidr(range)!);

const owners: Readonly<Record<'host' | 'gateway' | 'name server', Text>> = {
	host: phrase('this host'),
	gateway: phrase("the host's gateway"),
	'name server': phrase("the host's name server"),
};

/** Finds overlapping ranges, and addresses that are outside their range, used twice, or already in use elsewhere. */
export function checkAddresses(choices: Choices, surroundings?: HostNetwork): ConfigIssue[] {
	const {networks} = choices;
	const names = Object.keys(networks) as NetworkName[];
	const ranges = new Map(
		names.flatMap(name => {
			const range = parseCidr(networks[name].cidr);
			return range ? [[name, range] as const] : [];
		}),
	);
	return [
		...names.flatMap(name => checkRange(name, networks[name].cidr)),
		...overlaps(choices, ranges),
		...checkUses(choices, ranges),
		...checkOwners(choices, surroundings),
	];
}

function checkRange(name: NetworkName, cidr: string): ConfigIssue[] {
	const keys = [`networks.${name}.cidr`];
	const range = parseCidr(cidr);
	if (!range) {
		const [address = '', prefix = '24'] = cidr.split('/');
		const network = networkOf(address, Number(prefix));
		return [
			{keys, message: phrase('{cidr} is an address inside a network; the network is {network}.', {cidr, network})},
		];
	}

	return unusable.some(other => overlap(range, other))
		? [
				{
					keys,
					message: phrase('{cidr} cannot be used for machines; take a private range such as 10.0.10.0/24.', {cidr}),
				},
			]
		: [];
}

function overlaps({networks}: Choices, ranges: ReadonlyMap<NetworkName, Cidr>): ConfigIssue[] {
	const entries = [...ranges];
	return entries.flatMap(([one, range], index) =>
		entries
			.slice(index + 1)
			.filter(([, other]) => overlap(range, other))
			.map(([other]) => ({
				keys: [`networks.${other}.cidr`, `networks.${one}.cidr`],
				message: phrase('networks.{one}.cidr ({cidr}) and networks.{other}.cidr ({otherCidr}) overlap.', {
					one,
					cidr: networks[one].cidr,
					other,
					otherCidr: networks[other].cidr,
				}),
			})),
	);
}

/** An address and the keys that determine it. */
interface Use {
	readonly keys: readonly [string, ...string[]];
	readonly network: NetworkName;
	readonly address: string;
}

function checkUses(choices: Choices, ranges: ReadonlyMap<NetworkName, Cidr>): ConfigIssue[] {
	const first = new Map<string, Use>();
	let hasNoRoom = false;
	return usesOf(choices).flatMap(use => {
		const {
			keys: [key],
			network,
			address,
		} = use;
		const range = ranges.get(network);
		const number = parseAddress(address);
		const {cidr} = choices.networks[network];
		if (range && (number === undefined || !isHostOf(range, number))) {
			const isServer = use.keys.includes('web.first');
			// Reports all servers that do not fit in one message.
			if (isServer && hasNoRoom) {
				return [];
			}

			hasNoRoom ||= isServer;
			return [outside(use, cidr, number !== undefined && contains(range, number))];
		}

		// The same address on two networks means that their ranges overlap, which is reported elsewhere.
		const place = `${network} ${address}`;
		const other = first.get(place);
		first.set(place, other ?? use);
		return other === undefined
			? []
			: [
					{
						keys: [key, other.keys[0], ...use.keys, ...other.keys, `networks.${network}.cidr`],
						message: phrase('{address} is used twice: {key} and {key2}.', {address, key: other.keys[0], key2: key}),
					},
				];
	});
}

/**
 * Finds addresses of the cluster that a computer outside it already has. The gateway is excluded, because it is meant
 * to be outside.
 */
function checkOwners(choices: Choices, surroundings: HostNetwork | undefined): ConfigIssue[] {
	return usesOf(choices)
		.filter(({keys: [key]}) => key !== 'networks.external.gateway')
		.flatMap(({keys, address}) => {
			const owner = surroundings?.addresses.get(address);
			return owner === undefined
				? []
				: [
						{
							keys,
							message: phrase('{address} belongs to {owner}; choose another address.', {address, owner: owners[owner]}),
						},
					];
		});
}

function usesOf({networks, vip, nodes}: Choices): Use[] {
	return [
		{keys: ['networks.external.gateway'], network: 'external', address: networks.external.gateway},
		{keys: ['vip.external'], network: 'external', address: vip.external},
		{keys: ['vip.internal'], network: 'internal', address: vip.internal},
		...nodes.flatMap(node =>
			(['external', 'internal', 'heartbeat'] as const).flatMap(network => {
				const address = node[network];
				const keys: Use['keys'] =
					node.role === 'web'
						? [`nodes.${node.id}.${network}`, 'web.first', 'web.count']
						: [`nodes.${node.id}.${network}`];
				return address === undefined ? [] : [{keys, network, address}];
			}),
		),
	];
}

function outside({keys, network, address}: Use, cidr: string, isEdge: boolean): ConfigIssue {
	const range = `networks.${network}.cidr`;
	return {
		keys: [...keys, range],
		message: isEdge
			? phrase('{address} ({key}) is the first or last address of {cidr} ({range}), which no machine can have.', {
					address,
					key: keys[0],
					cidr,
					range,
				})
			: phrase('{address} ({key}) is outside {cidr} ({range}).', {address, key: keys[0], cidr, range}),
	};
}

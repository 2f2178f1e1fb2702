import type {Finding} from './check-choices.ts';
import {contains, isHostOf, networkOf, overlap, parseAddress, parseCidr, type Cidr} from './cidr.ts';
import type {NetworkName} from './cluster.ts';
import type {Text} from '../messages/text.ts';
import type {Choices, Surroundings} from './complete.ts';

/** Ranges no network of machines can have. */
const unusable = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map(range => parseCidr(range)!);

const owners: Readonly<Record<'host' | 'gateway' | 'name server', Text>> = {
	'host': {en: 'this host', es: 'este anfitrión'},
	'gateway': {en: 'the host\'s gateway', es: 'la puerta de enlace del anfitrión'},
	'name server': {en: 'the host\'s name server', es: 'el servidor de nombres del anfitrión'},
};

/** Ranges that overlap, and addresses outside their range, used twice, or that belong to somebody else. */
export function checkAddresses(choices: Choices, surroundings?: Surroundings): Finding[] {
	const {networks} = choices;
	const names = Object.keys(networks) as NetworkName[];
	const ranges = new Map(names.flatMap(name => {
		const range = parseCidr(networks[name].cidr);
		return range ? [[name, range] as const] : [];
	}));
	return [
		...names.flatMap(name => checkRange(name, networks[name].cidr)),
		...overlaps(choices, ranges),
		...checkUses(choices, ranges),
		...checkOwners(choices, surroundings),
	];
}

function checkRange(name: NetworkName, cidr: string): Finding[] {
	const keys = [`networks.${name}.cidr`];
	const range = parseCidr(cidr);
	if (!range) {
		const [address = '', prefix = '24'] = cidr.split('/');
		const network = networkOf(address, Number(prefix));
		return [{keys, message: {en: `${cidr} is an address inside a network; the network is ${network}.`, es: `${cidr} es una dirección dentro de una red; la red es ${network}.`}}];
	}

	return unusable.some(other => overlap(range, other))
		? [{keys, message: {en: `${cidr} cannot be used for machines; take a private range such as 10.0.10.0/24.`, es: `${cidr} no sirve para máquinas; tome un rango privado como 10.0.10.0/24.`}}]
		: [];
}

function overlaps({networks}: Choices, ranges: ReadonlyMap<NetworkName, Cidr>): Finding[] {
	const entries = [...ranges];
	return entries.flatMap(([one, range], index) => entries.slice(index + 1).filter(([, other]) => overlap(range, other)).map(([other]) => ({
		keys: [`networks.${other}.cidr`, `networks.${one}.cidr`],
		message: {
			en: `networks.${one}.cidr (${networks[one].cidr}) and networks.${other}.cidr (${networks[other].cidr}) overlap.`,
			es: `networks.${one}.cidr (${networks[one].cidr}) y networks.${other}.cidr (${networks[other].cidr}) se solapan.`,
		},
	})));
}

/** One address, and the keys that gave it. */
interface Use {
	readonly keys: readonly [string, ...string[]];
	readonly network: NetworkName;
	readonly address: string;
}

function checkUses(choices: Choices, ranges: ReadonlyMap<NetworkName, Cidr>): Finding[] {
	const first = new Map<string, Use>();
	let hasNoRoom = false;
	return usesOf(choices).flatMap(use => {
		const {keys: [key], network, address} = use;
		const range = ranges.get(network);
		const number = parseAddress(address);
		const {cidr} = choices.networks[network];
		if (range && (number === undefined || !isHostOf(range, number))) {
			const isServer = use.keys.includes('web.first');
			// One sentence for all the servers that do not fit.
			if (isServer && hasNoRoom) {
				return [];
			}

			hasNoRoom ||= isServer;
			return [outside(use, cidr, number !== undefined && contains(range, number))];
		}

		// The same address on two networks means that they overlap, which is said already.
		const place = `${network} ${address}`;
		const other = first.get(place);
		first.set(place, other ?? use);
		return other === undefined ? [] : [{
			keys: [key, other.keys[0], ...use.keys, ...other.keys, `networks.${network}.cidr`],
			message: {en: `${address} is used twice: ${other.keys[0]} and ${key}.`, es: `${address} se usa dos veces: ${other.keys[0]} y ${key}.`},
		}];
	});
}

/** An address of ours that a machine outside the cluster has. The gateway is meant to be such a one. */
function checkOwners(choices: Choices, surroundings: Surroundings | undefined): Finding[] {
	return usesOf(choices).filter(({keys: [key]}) => key !== 'networks.external.gateway').flatMap(({keys, address}) => {
		const owner = surroundings?.addresses.get(address);
		return owner === undefined ? [] : [{
			keys,
			message: {
				en: `${address} belongs to ${owners[owner].en}; choose another address.`,
				es: `${address} es de ${owners[owner].es}; elija otra dirección.`,
			},
		}];
	});
}

function usesOf({networks, vip, nodes}: Choices): Use[] {
	return [
		{keys: ['networks.external.gateway'], network: 'external', address: networks.external.gateway},
		{keys: ['vip.external'], network: 'external', address: vip.external},
		{keys: ['vip.internal'], network: 'internal', address: vip.internal},
		...nodes.flatMap(node => (['external', 'internal', 'heartbeat'] as const).flatMap(network => {
			const address = node[network];
			const keys: Use['keys'] = node.role === 'web' ? [`nodes.${node.id}.${network}`, 'web.first', 'web.count'] : [`nodes.${node.id}.${network}`];
			return address === undefined ? [] : [{keys, network, address}];
		})),
	];
}

function outside({keys, network, address}: Use, cidr: string, isEdge: boolean): Finding {
	const range = `networks.${network}.cidr`;
	return {
		keys: [...keys, range],
		message: isEdge
			? {
				en: `${address} (${keys[0]}) is the first or last address of ${cidr} (${range}), which no machine can have.`,
				es: `${address} (${keys[0]}) es la primera o la última dirección de ${cidr} (${range}), que ninguna máquina puede tener.`,
			}
			: {
				en: `${address} (${keys[0]}) is outside ${cidr} (${range}).`,
				es: `${address} (${keys[0]}) está fuera de ${cidr} (${range}).`,
			},
	};
}

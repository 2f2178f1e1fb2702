import {formatAddress, isHostOf, networkOf, overlap, parseAddress, parseCidr} from '../text/cidr.ts';
import {nthAddress} from './address-places.ts';
import {thesisDefaults, type ExternalDefaults, type Defaults, type HostNetwork} from './defaults.ts';
import type {HostFacts, HostNic} from '../host/host-facts.ts';

/** Candidate ranges, tried in order; the thesis's own come first. */
const spare = {
	external: ['192.168.1.0/24', ...Array.from({length: 50}, (_, index) => `192.168.${200 + index}.0/24`)],
	internal: ['10.0.10.0/24', ...Array.from({length: 50}, (_, index) => `10.110.${10 + index}.0/24`), '172.30.10.0/24'],
	heartbeat: ['10.0.20.0/24', ...Array.from({length: 50}, (_, index) => `10.120.${20 + index}.0/24`), '172.30.20.0/24'],
};

/**
 * Returns the defaults: the thesis's values in the sandbox; on a real host, values that fit it.
 * @param taken external addresses known to be in use (they replied to ARP)
 */
export function hostDefaults(facts: HostFacts, sandbox: boolean, taken: readonly string[] = []): Defaults {
	if (sandbox) {
		return thesisDefaults;
	}

	const used = usedRanges(facts);
	const nat = natProposal(used);
	const bridges = new Map(portsOf(facts).map(nic => [nic.name, bridgeProposal(facts, nic, taken)]));
	const external = bridges.get(nicForBridge(facts)?.name ?? '') ?? nat;
	const beside = [...used, [external.cidr]];
	const internal = freeRange(spare.internal, beside);
	return {
		...external,
		instead: {nat, bridges},
		internal,
		heartbeat: freeRange(spare.heartbeat, [...beside, [internal]]),
		surroundings: surroundingsOf(facts),
	};
}

/** The host's own addresses come last: if the host is also its gateway or name server, `host` takes precedence. */
function surroundingsOf({nics, nameservers, defaultRoute}: HostFacts): HostNetwork {
	const gateway = defaultRoute.value?.gateway;
	return {
		addresses: new Map([
			...nameservers.value.map(address => [address, 'name server'] as const),
			...(gateway === undefined ? [] : [[gateway, 'gateway'] as const]),
			...nics.value.flatMap(nic => nic.addresses.map(address => [address.split('/')[0]!, 'host'] as const)),
		]),
		nics: nics.value.filter(({kind, bridge}) => kind !== 'virtual' || bridge === false).map(({name}) => name),
	};
}

/**
 * Returns the NIC proposed as the bridge's port: wired, with a cable and an address, without another role, and with a
 * configuration that we can change.
 */
export function nicForBridge(facts: HostFacts): HostNic | undefined {
	// Facts saved by an earlier version contain nothing from NetworkManager; that version proposed NAT.
	const isUnknown = (nic: HostNic) =>
		facts.uplinks?.value[nic.name] === undefined && ['none', 'networkmanager'].includes(facts.renderer.value);
	const isRefused = (nic: HostNic) => 'refusal' in (facts.uplinks?.value[nic.name] ?? {});
	return portsOf(facts).find(
		nic => nic.kind === 'wired' && nic.controller === undefined && !isRefused(nic) && !isUnknown(nic),
	);
}

/**
 * Returns the interfaces that the user may choose as the bridge's port, the default route's first: Ethernet with an
 * address of its own or of the bridge it belongs to. Wi-Fi is excluded: an access point accepts frames only from the
 * station's own address.
 */
function portsOf({nics, defaultRoute}: HostFacts): HostNic[] {
	const isUplink = (nic: HostNic) => nic.name === defaultRoute.value?.nic || nic.controller === defaultRoute.value?.nic;
	return nics.value
		.filter(
			nic =>
				nic.kind !== 'wireless' &&
				(nic.kind === 'wired' || nic.bridge === false) &&
				nic.mac !== undefined &&
				nic.carrier !== false,
		)
		.map(nic => ({
			...nic,
			addresses:
				nic.controller === undefined
					? nic.addresses
					: (nics.value.find(({name}) => name === nic.controller)?.addresses ?? []),
		}))
		.filter(nic => nic.addresses.some(address => hasRoom(address)))
		.sort(
			(one, other) =>
				Number(isUplink(other)) - Number(isUplink(one)) ||
				Number(other.kind === 'wired') - Number(one.kind === 'wired'),
		);
}

function bridgeProposal(facts: HostFacts, nic: HostNic, taken: readonly string[]): ExternalDefaults {
	const own = nic.addresses.find(address => hasRoom(address))!;
	const [address = '', prefix = ''] = own.split('/');
	const cidr = networkOf(address, Number(prefix));
	const route = facts.defaultRoute.value;
	const gateway =
		(route?.nic === nic.name || route?.nic === nic.controller) && route?.gateway ? route.gateway : nthAddress(cidr, 1);
	const unusable = new Set([
		...taken,
		...facts.nameservers.value,
		gateway,
		...facts.nics.value.flatMap(other => other.addresses.map(each => each.split('/')[0]!)),
	]);
	const addresses = pick(cidr, address, unusable);
	return {external: 'bridge', nic: nic.name, cidr, gateway, addresses};
}

/** Proposes a NAT network of libvirt. All its addresses are free, because it has no DHCP and no other hosts. */
function natProposal(used: readonly UsedRanges[]): ExternalDefaults {
	const cidr = freeRange(spare.external, used);
	return {
		external: 'nat',
		cidr,
		gateway: nthAddress(cidr, 1),
		addresses: [nthAddress(cidr, 200), nthAddress(cidr, 135), nthAddress(cidr, 139)],
	};
}

/**
 * Picks the thesis's .200, .135 and .139 near the host's own address if they are free, otherwise the highest free
 * addresses.
 */
function pick(cidr: string, own: string, unusable: ReadonlySet<string>): ExternalDefaults['addresses'] {
	const network = parseCidr(cidr)!;
	const near = parseAddress(networkOf(own, Math.max(network.prefix, 24)).split('/')[0]!)!;
	const highest = Math.min(near + 254, network.base + network.size - 2);
	const downwards = Array.from({length: Math.max(0, highest - near)}, (_, index) => highest - index);
	const free = [near + 200, near + 135, near + 139, ...downwards]
		.filter(number => isHostOf(network, number))
		.map(number => formatAddress(number))
		.filter(text => !unusable.has(text));
	const [vip = '', master = '', standby = ''] = [...new Set(free)];
	return [vip, master, standby];
}

/**
 * Whether the network has a suitable size: the cluster's three addresses, the host's and the gateway's need at least a
 * /28, and anything larger than a /16 is not a local network.
 */
function hasRoom(address: string): boolean {
	const prefix = Number(address.split('/')[1]);
	return prefix >= 16 && prefix <= 28;
}

/** Ranges to avoid, in groups of decreasing importance. */
type UsedRanges = readonly string[];

/** Returns the host's own networks, and those it has routes to. A VPN may route all private ranges. */
function usedRanges({nics, routes}: HostFacts): UsedRanges[] {
	const own = nics.value
		.flatMap(nic => nic.addresses)
		.map(address => networkOf(address.split('/')[0]!, Number(address.split('/')[1])));
	return [own, routes.value];
}

/**
 * Returns the first free candidate; if all private ranges are routed, the first that is not one of the host's own
 * networks.
 */
function freeRange(candidates: readonly string[], used: readonly UsedRanges[]): string {
	const isFree = (candidate: string, groups: readonly UsedRanges[]) =>
		groups
			.flat()
			.flatMap(range => parseCidr(range) ?? [])
			.every(range => !overlap(range, parseCidr(candidate)!));
	return (
		candidates.find(candidate => isFree(candidate, used)) ??
		candidates.find(candidate => isFree(candidate, used.slice(0, 1))) ??
		candidates[0]!
	);
}

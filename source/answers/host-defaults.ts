import {formatAddress, isHostOf, networkOf, overlap, parseAddress, parseCidr} from '../text/cidr.ts';
import {nth, thesisProposal, type ExternalProposal, type Proposal, type Surroundings} from './defaults.ts';
import type {HostFacts, HostNic} from '../host/host-facts.ts';

/** Ranges that are proposed one after another where the thesis's own are in use on the host. */
const spare = {
	external: ['192.168.1.0/24', ...Array.from({length: 50}, (_, index) => `192.168.${200 + index}.0/24`)],
	internal: ['10.0.10.0/24', ...Array.from({length: 50}, (_, index) => `10.110.${10 + index}.0/24`), '172.30.10.0/24'],
	heartbeat: ['10.0.20.0/24', ...Array.from({length: 50}, (_, index) => `10.120.${20 + index}.0/24`), '172.30.20.0/24'],
};

/**
 * What is proposed to the user: the thesis's values in the sandbox; on a real host, what fits it.
 * @param taken external addresses known to be in use (they answered to ARP)
 */
export function proposalFor(facts: HostFacts, sandbox: boolean, taken: readonly string[] = []): Proposal {
	if (sandbox) {
		return thesisProposal;
	}

	const used = usedRanges(facts);
	const nat = natProposal(used);
	const bridges = new Map(portsOf(facts).map(nic => [nic.name, bridgeProposal(facts, nic, taken)]));
	const external = bridges.get(nicForBridge(facts)?.name ?? '') ?? nat;
	const beside = [...used, [external.cidr]];
	const internal = freeRange(spare.internal, beside);
	return {...external, instead: {nat, bridges}, internal, heartbeat: freeRange(spare.heartbeat, [...beside, [internal]]), surroundings: surroundingsOf(facts)};
}

/** The host's own addresses come last, so that they win over another part that the host plays. */
function surroundingsOf({nics, nameservers, defaultRoute}: HostFacts): Surroundings {
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
 * The NIC that is proposed as a port of the bridge: one with a cable, an address and no other part to play, whose
 * configuration we can change.
 */
export function nicForBridge(facts: HostFacts): HostNic | undefined {
	// An earlier version read nothing of NetworkManager's, and proposed NAT.
	const isUnknown = (nic: HostNic) => facts.uplinks?.value[nic.name] === undefined && ['none', 'networkmanager'].includes(facts.renderer.value);
	const isRefused = (nic: HostNic) => 'refusal' in (facts.uplinks?.value[nic.name] ?? {});
	return portsOf(facts).find(nic => nic.kind === 'wired' && nic.controller === undefined && !isRefused(nic) && !isUnknown(nic));
}

/**
 * Interfaces that can be a bridge's port if the user chooses so, the default route's first: any Ethernet with an address,
 * or whose bridge has one. Wi-Fi cannot: an access point takes frames from one address only.
 */
function portsOf({nics, defaultRoute}: HostFacts): HostNic[] {
	const isUplink = (nic: HostNic) => nic.name === defaultRoute.value?.nic || nic.controller === defaultRoute.value?.nic;
	return nics.value
		.filter(nic => nic.kind !== 'wireless' && (nic.kind === 'wired' || nic.bridge === false) && nic.mac !== undefined && nic.carrier !== false)
		.map(nic => ({...nic, addresses: nic.controller === undefined ? nic.addresses : nics.value.find(({name}) => name === nic.controller)?.addresses ?? []}))
		.filter(nic => nic.addresses.some(address => hasRoom(address)))
		.sort((one, other) => Number(isUplink(other)) - Number(isUplink(one)) || Number(other.kind === 'wired') - Number(one.kind === 'wired'));
}

function bridgeProposal(facts: HostFacts, nic: HostNic, taken: readonly string[]): ExternalProposal {
	const own = nic.addresses.find(address => hasRoom(address))!;
	const [address = '', prefix = ''] = own.split('/');
	const cidr = networkOf(address, Number(prefix));
	const route = facts.defaultRoute.value;
	const gateway = (route?.nic === nic.name || route?.nic === nic.controller) && route?.gateway ? route.gateway : nth(cidr, 1);
	const unusable = new Set([...taken, ...facts.nameservers.value, gateway, ...facts.nics.value.flatMap(other => other.addresses.map(each => each.split('/')[0]!))]);
	const addresses = pick(cidr, address, unusable);
	return {external: 'bridge', nic: nic.name, cidr, gateway, addresses};
}

/** libvirt's network has its own DHCP-less range, so nobody else is in it. */
function natProposal(used: readonly UsedRanges[]): ExternalProposal {
	const cidr = freeRange(spare.external, used);
	return {external: 'nat', cidr, gateway: nth(cidr, 1), addresses: [nth(cidr, 200), nth(cidr, 135), nth(cidr, 139)]};
}

/** The thesis's .200, .135 and .139 near the host's own address where they are free, else the highest that are. */
function pick(cidr: string, own: string, unusable: ReadonlySet<string>): ExternalProposal['addresses'] {
	const network = parseCidr(cidr)!;
	const near = parseAddress(networkOf(own, Math.max(network.prefix, 24)).split('/')[0]!)!;
	const highest = Math.min(near + 254, network.base + network.size - 2);
	const downwards = Array.from({length: Math.max(0, highest - near)}, (_, index) => highest - index);
	const free = [near + 200, near + 135, near + 139, ...downwards].filter(number => isHostOf(network, number)).map(number => formatAddress(number)).filter(text => !unusable.has(text));
	const [vip = '', master = '', standby = ''] = [...new Set(free)];
	return [vip, master, standby];
}

/** Three addresses of ours, the host's and the gateway's need at least a /28; a /15 is no local network. */
function hasRoom(address: string): boolean {
	const prefix = Number(address.split('/')[1]);
	return prefix >= 16 && prefix <= 28;
}

/** Ranges to keep away from; those of the first groups weigh more. */
type UsedRanges = readonly string[];

/** The networks that the host is in, and those it has routes to. A VPN may lead every private range to itself. */
function usedRanges({nics, routes}: HostFacts): UsedRanges[] {
	const own = nics.value.flatMap(nic => nic.addresses).map(address => networkOf(address.split('/')[0]!, Number(address.split('/')[1])));
	return [own, routes.value];
}

/** The first candidate that meets nothing; where everything private is routed somewhere, one that is not the host's own network. */
function freeRange(candidates: readonly string[], used: readonly UsedRanges[]): string {
	const isFree = (candidate: string, groups: readonly UsedRanges[]) => groups.flat().flatMap(range => parseCidr(range) ?? []).every(range => !overlap(range, parseCidr(candidate)!));
	return candidates.find(candidate => isFree(candidate, used)) ?? candidates.find(candidate => isFree(candidate, used.slice(0, 1))) ?? candidates[0]!;
}

import {contains, formatAddress, parseAddress, parseCidr, type Cidr} from '../text/cidr.ts';
import type {Answers, MachineAnswers} from './schema.ts';
import {mebibytes, seconds} from './quantities.ts';
import type {Role} from '../roles/index.ts';
import type {Language} from '../languages/text.ts';

/** Defaults for choices that the user left open: the thesis's values, or values that fit the host. */
export interface Proposal extends ExternalProposal {
	/** Default language; English if not given. */
	readonly language?: 'en' | 'es';
	/** CIDR ranges of the internal and the heartbeat network. */
	readonly internal: string;
	readonly heartbeat: string;
	/** Alternatives if the user chooses NAT or another NIC; absent for a sandbox. */
	readonly instead?: {
		readonly nat: ExternalProposal;
		/** Keys are names of NICs. */
		readonly bridges: ReadonlyMap<string, ExternalProposal>;
	};
	/** Surroundings of the host; absent for a sandbox, which has its own. */
	readonly surroundings?: Surroundings;
}

/** How the external network is connected, and its addresses. */
export interface ExternalProposal {
	readonly external: 'bridge' | 'nat' | 'sandbox';
	/** NIC that becomes the bridge's port. */
	readonly nic?: string;
	readonly cidr: string;
	readonly gateway: string;
	readonly addresses: readonly [vip: string, master: string, standby: string];
}

/** Addresses and interfaces that exist outside the cluster and are not available to it. */
export interface Surroundings {
	/** Owners by IPv4 address. */
	readonly addresses: ReadonlyMap<string, 'host' | 'gateway' | 'name server'>;
	/** Names of the host's interfaces, except bridges. */
	readonly nics: readonly string[];
}

/** The thesis's values; they always fit a sandbox, which has its own networks. */
export const thesisProposal: Proposal = {
	external: 'sandbox',
	cidr: '192.168.1.0/24',
	gateway: '192.168.1.1',
	addresses: ['192.168.1.200', '192.168.1.135', '192.168.1.139'],
	internal: '10.0.10.0/24',
	heartbeat: '10.0.20.0/24',
};

/** A VM with all choices made. `memory` in MiB, `disk` in GiB; without `vcpus` the number depends on the acceleration. */
export interface ChosenNode {
	/** Key in the answers: `nas`, `master`, `standby`, `server1` …; does not change with the name. */
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

/**
 * All choices: from the user, or else from the proposal and the profile. Times are in seconds, `token` in milliseconds,
 * not yet scaled for emulation.
 */
export interface Choices {
	readonly name: string;
	readonly profile: 'thesis' | 'fast';
	readonly language: Language;
	readonly host: {readonly external: Proposal['external']; readonly nic?: string};
	/** `maxAge` is in days. */
	readonly guest: {readonly distribution: 'debian' | 'ubuntu'; readonly release: string; readonly maxAge: number};
	readonly networks: {
		readonly external: {readonly cidr: string; readonly gateway: string; readonly label: string};
		readonly internal: {readonly cidr: string; readonly label: string};
		readonly heartbeat: {readonly cidr: string; readonly label: string};
	};
	readonly vip: {readonly external: string; readonly internal: string};
	readonly nodes: readonly ChosenNode[];
	readonly content?: string;
	readonly raid: {readonly level: 4 | 5 | 6 | 10; readonly disks: number; readonly size: number};
	readonly ha: {readonly failback: boolean; readonly token: number; readonly monitor: number; readonly sorryPage: boolean};
	readonly check: {readonly interval: number; readonly timeout: number};
}

/** Times of the two profiles, with hardware virtualization; `token` in milliseconds, the others in seconds. */
export const profiles = {
	thesis: {token: 3000, monitor: 15, interval: 10, timeout: 3},
	fast: {token: 1000, monitor: 5, interval: 1, timeout: 2},
} as const;

/** Default number of web servers, as in the thesis. */
export const defaultCount = 3;

/**
 * Fills in all choices that the user left open. Never fails: conflicts are found by `checkChoices`, so that one wrong
 * answer does not hide others.
 */
export function completeAnswers(answers: Answers, proposal: Proposal = thesisProposal): Choices {
	const {networks = {}, ha = {}, check = {}, raid = {}, guest = {}} = answers;
	const profile = profiles[answers.profile ?? 'thesis'];
	const {external, nic, cidr, gateway, addresses} = externalProposal(answers.host, proposal);
	const moved = networks.external?.cidr !== undefined && networks.external.cidr !== cidr;
	const externalCidr = networks.external?.cidr ?? cidr;
	const [vip, master, standby] = moved ? place(externalCidr, [200, 135, 139], [-1, 2, 3]) : addresses;
	const internalCidr = networks.internal?.cidr ?? proposal.internal;
	const heartbeatCidr = networks.heartbeat?.cidr ?? proposal.heartbeat;
	return {
		name: answers.name ?? 'web',
		profile: answers.profile ?? 'thesis',
		language: answers.language ?? proposal.language ?? 'en',
		host: external === 'bridge' && nic !== undefined ? {external, nic} : {external},
		guest: {
			distribution: guest.distribution ?? (guest.release === 'jammy' || guest.release === 'noble' ? 'ubuntu' : 'debian'),
			release: guest.release ?? (guest.distribution === 'ubuntu' ? 'noble' : 'bookworm'),
			maxAge: guest.maxAge ?? 7,
		},
		networks: {
			external: {
				cidr: externalCidr,
				gateway: networks.external?.gateway ?? (moved ? nth(externalCidr, 1) : gateway),
				label: networks.external?.label ?? (external === 'nat' ? 'redExterna' : 'kvmbr0'),
			},
			internal: {cidr: internalCidr, label: networks.internal?.label ?? 'redInter'},
			heartbeat: {cidr: heartbeatCidr, label: networks.heartbeat?.label ?? 'redHeart'},
		},
		...chooseNodes(answers, {external: [vip, master, standby], internal: internalCidr, heartbeat: heartbeatCidr}),
		content: answers.web?.content,
		raid: {level: raid.level ?? 6, disks: raid.disks ?? 5, size: mebibytes(raid.size ?? '100M')},
		ha: {
			failback: ha.failback ?? true,
			token: ha.token ?? profile.token,
			monitor: ha.monitor === undefined ? profile.monitor : seconds(ha.monitor),
			sorryPage: ha.sorryPage ?? true,
		},
		check: {
			interval: check.interval === undefined ? profile.interval : seconds(check.interval),
			timeout: check.timeout === undefined ? profile.timeout : seconds(check.timeout),
		},
	};
}

/**
 * Returns the external network for the user's choice of NAT or of a NIC. A NIC about which nothing is known keeps the
 * range of the first proposal.
 */
function externalProposal(host: Answers['host'] = {}, proposal: Proposal): ExternalProposal {
	const {external: wanted, nic = proposal.nic} = host;
	const {nat, bridges} = proposal.instead ?? {};
	if (proposal.external === 'sandbox') {
		return proposal;
	}

	// Naming a NIC implies a bridge.
	const external = wanted ?? (host.nic !== undefined && bridges?.has(host.nic) ? 'bridge' : proposal.external);
	if (external === 'nat') {
		return nat ?? {...proposal, external};
	}

	return (nic === undefined ? bridges?.values().next().value : bridges?.get(nic)) ?? {...proposal, external, ...(nic !== undefined && {nic})};
}

interface Ranges {
	readonly external: readonly [vip: string, master: string, standby: string];
	readonly internal: string;
	readonly heartbeat: string;
}

function chooseNodes(answers: Answers, ranges: Ranges): Pick<Choices, 'vip' | 'nodes'> {
	const count = answers.web?.count ?? defaultCount;
	const [internalVip, nas, master, standby, first] = place(ranges.internal, [200, 100, 1, 2, 110], [-1, 3, 1, 2, 4], count);
	const [heartbeatMaster, heartbeatStandby] = place(ranges.heartbeat, [1, 2], [1, 2]);
	const firstWeb = parseAddress(answers.web?.first ?? first)!;
	const web = {memory: answers.web?.memory, vcpus: answers.web?.vcpus, disk: answers.web?.disk ?? '5G'};
	return {
		vip: {external: answers.vip?.external ?? ranges.external[0], internal: answers.vip?.internal ?? internalVip},
		nodes: [
			chooseNode('nas', 'storage', {vm: 'NFS', internal: nas}, answers.nodes?.['nas']),
			chooseNode('master', 'director', {external: ranges.external[1], internal: master, heartbeat: heartbeatMaster}, answers.nodes?.['master']),
			chooseNode('standby', 'director', {external: ranges.external[2], internal: standby, heartbeat: heartbeatStandby}, answers.nodes?.['standby']),
			...Array.from({length: count}, (_, index) => {
				const id = `server${index + 1}`;
				return chooseNode(id, 'web', {...web, internal: formatAddress(firstWeb + index)}, answers.nodes?.[id]);
			}),
		],
	};
}

function chooseNode(id: string, role: Role, defaults: MachineAnswers, answers: MachineAnswers = {}): ChosenNode {
	const chosen = {...defaults, ...answers};
	return {
		id,
		role,
		name: chosen.name ?? id,
		vm: chosen.vm ?? (chosen.name ?? id).toUpperCase(),
		memory: mebibytes(chosen.memory ?? '512M'),
		vcpus: chosen.vcpus,
		disk: mebibytes(chosen.disk ?? '10G') / 1024,
		internal: chosen.internal!,
		external: chosen.external,
		heartbeat: chosen.heartbeat,
	};
}

/**
 * Picks addresses by index: `places` (the thesis's) if the range is large enough, otherwise `narrow`, at the edges of
 * the range. Negative indexes count from the end.
 * @param room number of consecutive addresses needed from the last index on
 */
function place<const Places extends readonly number[]>(cidr: string, places: Places, narrow: {readonly [Index in keyof Places]: number}, room = 1): {[Index in keyof Places]: string} {
	const network = parseCidr(cidr);
	const fits = network !== undefined && contains(network, network.base + Math.max(...places.slice(0, -1), places.at(-1)! + room - 1) + 1);
	return (fits ? places : narrow).map(index => nth(cidr, index)) as {[Index in keyof Places]: string};
}

/** Returns the n-th address of a range; a negative index counts back from the broadcast address. */
export function nth(cidr: string, index: number): string {
	const network: Cidr = parseCidr(cidr) ?? {base: parseAddress(cidr.split('/')[0]!) ?? 0, prefix: 24, size: 256};
	return formatAddress(network.base + (index < 0 ? network.size - 1 + index : index));
}


/** Returns the ids of all nodes, in order; each needs a host key. */
export function nodeIds(answers: Answers): string[] {
	return completeAnswers(answers).nodes.map(node => node.id);
}

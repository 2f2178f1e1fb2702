import {nthAddress, place} from './address-places.ts';
import {chooseNodes, externalPlaces, type ChosenNode} from './choose-nodes.ts';
import type {Answers} from './schema.ts';
import {parseMebibytes} from './quantities.ts';
import {chooseSettings, type Profile, type SettingValues} from '../cluster/setting.ts';
import {settings} from '../cluster/settings.ts';
import type {Language} from '../languages/text.ts';

/** Defaults for choices that the user left open: the thesis's values, or values that fit the host. */
export interface Defaults extends ExternalDefaults {
	/** Language in force; English by default. */
	readonly language?: Language;
	/** Ranges of the internal and the heartbeat network. */
	readonly internal: string;
	readonly heartbeat: string;
	/** Alternatives if the user chooses NAT or another NIC; absent for a sandbox. */
	readonly instead?: {
		readonly nat: ExternalDefaults;
		/** Keys are names of NICs. */
		readonly bridges: ReadonlyMap<string, ExternalDefaults>;
	};
	/** Surroundings of the host; absent for a sandbox, which has its own. */
	readonly surroundings?: HostNetwork;
}

/** How the external network is connected, and its addresses. */
export interface ExternalDefaults {
	readonly external: 'bridge' | 'nat' | 'sandbox';
	/** NIC that becomes the bridge's port. */
	readonly nic?: string;
	readonly cidr: string;
	readonly gateway: string;
	readonly addresses: readonly [vip: string, master: string, standby: string];
}

/** Addresses and interfaces that exist outside the cluster and are not available to it. */
export interface HostNetwork {
	/** Owners by IPv4 address. */
	readonly addresses: ReadonlyMap<string, 'host' | 'gateway' | 'name server'>;
	/** Names of the host's interfaces, except bridges. */
	readonly nics: readonly string[];
}

/** The thesis's values; they always fit a sandbox, which has its own networks. */
export const thesisDefaults: Defaults = {
	external: 'sandbox',
	cidr: '192.168.1.0/24',
	gateway: '192.168.1.1',
	addresses: ['192.168.1.200', '192.168.1.135', '192.168.1.139'],
	internal: '10.0.10.0/24',
	heartbeat: '10.0.20.0/24',
};

/** Every choice made: by the user, else by the proposal and the profile. Times are not yet scaled; seconds, token in ms. */
export interface Choices {
	readonly name: string;
	readonly profile: Profile;
	readonly language: Language;
	readonly host: {readonly external: Defaults['external']; readonly nic?: string};
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
	readonly ha: SettingValues<typeof settings.ha>;
	readonly check: SettingValues<typeof settings.check>;
}

/**
 * Fills in all choices that the user left open. Never fails: conflicts are found by `checkChoices`, so that one wrong
 * answer does not hide others.
 */
export function applyDefaults(answers: Answers, proposal: Defaults = thesisDefaults): Choices {
	const {networks = {}, ha = {}, check = {}, raid = {}, guest = {}} = answers;
	const profile = answers.profile ?? 'thesis';
	const {external, nic, cidr, gateway, addresses} = externalProposal(answers.host, proposal);
	const moved = networks.external?.cidr !== undefined && networks.external.cidr !== cidr;
	const externalCidr = networks.external?.cidr ?? cidr;
	const externalAddresses = moved ? place(externalCidr, externalPlaces) : addresses;
	const internalCidr = networks.internal?.cidr ?? proposal.internal;
	const heartbeatCidr = networks.heartbeat?.cidr ?? proposal.heartbeat;
	return {
		name: answers.name ?? 'web',
		profile,
		language: answers.language ?? proposal.language ?? 'en',
		host: external === 'bridge' && nic !== undefined ? {external, nic} : {external},
		guest: {
			distribution:
				guest.distribution ?? (guest.release === 'jammy' || guest.release === 'noble' ? 'ubuntu' : 'debian'),
			release: guest.release ?? (guest.distribution === 'ubuntu' ? 'noble' : 'bookworm'),
			maxAge: guest.maxAge ?? 7,
		},
		networks: {
			external: {
				cidr: externalCidr,
				gateway: networks.external?.gateway ?? (moved ? nthAddress(externalCidr, 1) : gateway),
				label: networks.external?.label ?? (external === 'nat' ? 'redExterna' : 'kvmbr0'),
			},
			internal: {cidr: internalCidr, label: networks.internal?.label ?? 'redInter'},
			heartbeat: {cidr: heartbeatCidr, label: networks.heartbeat?.label ?? 'redHeart'},
		},
		...chooseNodes(answers, {external: externalAddresses, internal: internalCidr, heartbeat: heartbeatCidr}),
		content: answers.web?.content,
		raid: {level: raid.level ?? 6, disks: raid.disks ?? 5, size: parseMebibytes(raid.size ?? '100M')},
		ha: chooseSettings(settings.ha, ha, profile),
		check: chooseSettings(settings.check, check, profile),
	};
}

/**
 * Returns the external network for the user's choice of NAT or of a NIC. A NIC about which nothing is known keeps the
 * range of the first proposal.
 */
function externalProposal(host: Answers['host'] = {}, proposal: Defaults): ExternalDefaults {
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

	return (
		(nic === undefined ? bridges?.values().next().value : bridges?.get(nic)) ?? {
			...proposal,
			external,
			...(nic !== undefined && {nic}),
		}
	);
}

/** The keys of all nodes, in order: who needs a host key. */
export function nodeIds(answers: Answers): string[] {
	return applyDefaults(answers).nodes.map(node => node.id);
}

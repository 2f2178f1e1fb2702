import {parseCidr} from '../text/cidr.ts';
import type {Cluster, Network, NetworkName, Nic, Node} from '../cluster/cluster.ts';
import {scaleSettings} from '../cluster/setting.ts';
import {settings} from '../cluster/settings.ts';
import {roles, type Role} from '../roles/index.ts';
import type {ChosenNode} from './choose-nodes.ts';
import {applyDefaults, type Choices} from './defaults.ts';
import type {HostFacts} from '../host/host-facts.ts';
import {arrayUuid, mac, machineId, uuid} from '../cluster/identity.ts';
import {hostDefaults} from './host-defaults.ts';
import type {Answers} from './schema.ts';
import type {Keys} from '../cluster/keys.ts';

export interface BuildOptions {
	readonly sandbox: boolean;
	readonly paths: Cluster['paths'];
	/** The user's own pages, read beforehand; the default is the test page. */
	readonly content?: Cluster['content'];
	/** Name of the unprivileged user that the wizard works for. */
	readonly user?: string;
}

/** Factor on all time limits: under software emulation everything takes 5 to 15 times as long (measured). */
const emulatedPace = 10;

/**
 * Builds the cluster, as a pure function: the same answers, facts and keys always give the same cluster. `answers` must
 * have passed `readAnswers`, and `keys.hosts` must contain every node (`ensureKeys`).
 */
export function buildCluster(answers: Answers, facts: HostFacts, keys: Keys, options: BuildOptions): Cluster {
	const choices = applyDefaults(answers, hostDefaults(facts, options.sandbox));
	const id = facts.clusterId;
	const acceleration = accelerationOf(facts);
	const emulated = acceleration === 'tcg';
	const macs = new Set<string>();
	const directors = choices.nodes.filter(({role}) => role === 'director');
	const nodes = choices.nodes.map(chosen => deriveNode(chosen, {id, keys, emulated, macs, directors}));
	const withRole = (role: Role) => nodes.filter(node => node.role === role);
	const [storage, master, standby] = [...withRole('storage'), ...withRole('director')] as [Node, Node, Node];
	const {gateway} = choices.networks.external;
	const network = (name: NetworkName): Network => ({
		name,
		label: choices.networks[name].label,
		cidr: choices.networks[name].cidr,
		prefix: parseCidr(choices.networks[name].cidr)!.prefix,
		uuid: uuid(id, `network ${name}`),
	});
	return {
		name: choices.name,
		sandbox: options.sandbox,
		acceleration,
		timeoutScale: emulated ? emulatedPace : 1,
		host: deriveHost(choices, facts),
		guest: {distribution: choices.guest.distribution, release: choices.guest.release},
		maxImageAge: choices.guest.maxAge,
		paths: options.paths,
		networks: {external: network('external'), internal: network('internal'), heartbeat: network('heartbeat')},
		gateway,
		nameservers:
			choices.host.external === 'bridge' && facts.nameservers.value.length > 0 ? facts.nameservers.value : [gateway],
		vip: choices.vip,
		nodes,
		storage,
		directors: [master, standby],
		webs: withRole('web'),
		byRole: Object.fromEntries(roles.map(({id}) => [id, withRole(id)])) as Record<Role, Node[]>,
		raid: {
			...choices.raid,
			serials: Array.from({length: choices.raid.disks}, (_, index) => `raid${index + 1}`),
			uuid: arrayUuid(id),
			filesystemUuid: uuid(id, 'filesystem of the array'),
		},
		ha: {
			...scaleSettings(settings.ha, choices.ha, emulated),
			agentLimit: agentLimit(emulated),
			authkey: keys.authkey,
		},
		check: scaleSettings(settings.check, choices.check, emulated),
		content: options.content ?? {kind: 'test-page'},
		authorizedKey: keys.wizard.public,
		user: options.user,
	};
}

/**
 * Timeouts of the resource agents, in seconds. ldirectord and its agent are written in Perl: one monitor operation takes
 * 4 to 8 s of an emulated processor, more than a minute if six VMs share two real ones (measured), and Pacemaker counts
 * a timed-out monitor as a failure.
 */
function agentLimit(emulated: boolean): Cluster['ha']['agentLimit'] {
	return emulated ? {startStop: 300, monitor: 300} : {startStop: 60, monitor: 20};
}

/** How machines run here: tried, or as the processor promises until then. */
export function accelerationOf({acceleration, virtualization}: HostFacts): Cluster['acceleration'] {
	return acceleration?.value ?? (virtualization.value === 'none' ? 'tcg' : 'kvm');
}

/** QEMU emulates each processor in a thread of its own: docs/decisions/images.md says why a second one can hang the machine. */
export function defaultVcpus(emulated: boolean): number {
	return emulated ? 1 : 2;
}

function deriveHost({host}: Choices, facts: HostFacts): Cluster['host'] {
	if (host.external !== 'bridge') {
		return host;
	}

	const known = facts.uplinks?.value[host.nic ?? ''];
	if (!known) {
		return {...host, renderer: facts.renderer.value};
	}

	return {...host, renderer: known.renderer, uplink: known};
}

interface NodeContext {
	readonly id: string;
	readonly keys: Keys;
	readonly emulated: boolean;
	/** MAC addresses already assigned, in the order of the nodes: adding a node never changes an earlier one's. */
	readonly macs: Set<string>;
	readonly directors: readonly ChosenNode[];
}

function deriveNode(chosen: ChosenNode, {id, keys, emulated, macs, directors}: NodeContext): Node {
	const nic = (link: Nic['link'], network: NetworkName, address: string | undefined): Nic[] =>
		address === undefined ? [] : [{link, network, mac: mac(id, chosen.id, network, macs), address}];
	const hostKey = keys.hosts[chosen.id];
	if (!hostKey) {
		throw new TypeError(`There is no host key for ${chosen.id}`);
	}

	return {
		id: chosen.id,
		name: chosen.name,
		role: chosen.role,
		vm: chosen.vm,
		uuid: uuid(id, `machine ${chosen.id}`),
		machineId: machineId(id, chosen.id),
		vcpus: chosen.vcpus ?? defaultVcpus(emulated),
		memory: chosen.memory,
		disk: chosen.disk,
		nics: [
			...nic('ext0', 'external', chosen.external),
			...nic('int0', 'internal', chosen.internal),
			...nic('hb0', 'heartbeat', chosen.heartbeat),
		],
		internal: chosen.internal,
		...(chosen.external !== undefined && {external: chosen.external}),
		...(chosen.heartbeat !== undefined && {heartbeat: chosen.heartbeat}),
		...(directors.includes(chosen) && {corosyncId: directors.indexOf(chosen) + 1}),
		hostKey,
	};
}

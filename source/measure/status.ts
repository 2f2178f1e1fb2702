import type {Cluster, Node} from '../cluster/cluster.ts';
import type {ClusterFacts, FilesystemFacts, PacemakerFacts, VirtualServiceFacts, ArrayFacts} from './health/facts.ts';
import {spokenSize} from '../languages/quantity.ts';
import {clockOffset} from './health/judge-machines.ts';
import {usedFraction} from './health/parse-system.ts';
import type {HealthState} from './health/trouble.ts';

/** One row of `status`; `kind` names its table. */
export type StatusRow =
	| {
			kind: 'health';
			state: HealthState;
			line: string;
			troubles: ReadonlyArray<{id: string; state: HealthState; node?: string; text: string}>;
			notes: ReadonlyArray<{id: string; text: string}>;
	  }
	| {kind: 'page'; url: string; outcome: string; status?: number; server?: string; latency: number}
	| {
			kind: 'node';
			name: string;
			role: Node['role'];
			machine: string;
			autostart?: boolean;
			addresses: string[];
			reachable: boolean;
			memory?: string;
			disk?: string;
			clock?: string;
	  }
	| {kind: 'director'; name: string; online: boolean; standby: boolean}
	| {kind: 'resource'; name: string; agent: string; state: string; node?: string; failed: boolean}
	| {kind: 'link'; node: string; link: number; connected: boolean}
	| {kind: 'vip'; address: string; nodes: string[]}
	| {
			kind: 'real-server';
			service: string;
			address: string;
			weight: number;
			active: number;
			inactive: number;
			director: string;
	  }
	| {kind: 'array'; node: string; level: string; members: string; state: string}
	| {kind: 'export'; node: string; path: string; clients: string};

/** Builds the tables of one status check. A node that did not answer is shown as not reachable and has no further rows. */
export function statusRows(cluster: Cluster, facts: ClusterFacts): StatusRow[] {
	const {nodes, page} = facts;
	const directors = cluster.directors.flatMap(({name}) => {
		const known = nodes.get(name)?.director;
		return known ? [{name, facts: known}] : [];
	});
	const storage = nodes.get(cluster.storage.name)?.storage;
	return [
		...cluster.nodes.map(node => nodeRow(node, facts)),
		...page.answers.map(({outcome, status, server, latency}): StatusRow => ({
			kind: 'page',
			url: page.url,
			outcome,
			...(status !== undefined && {status}),
			...(server !== undefined && {server}),
			latency,
		})),
		...pacemakerRows(directors.find(({facts: {pacemaker}}) => pacemaker)?.facts.pacemaker),
		...directors.flatMap(({name, facts: {links = []}}) =>
			links.map(({link, isConnected}): StatusRow => ({kind: 'link', node: name, link, connected: isConnected})),
		),
		...[cluster.vip.external, cluster.vip.internal].map((address): StatusRow => ({
			kind: 'vip',
			address,
			nodes: directors.filter(({facts: {addresses}}) => addresses?.has(address)).map(({name}) => name),
		})),
		...directors.flatMap(({name, facts: {services = []}}) => realServerRows(name, services)),
		...arrayRows(cluster.storage.name, storage?.arrays ?? []),
		...(storage?.exports ?? []).map(({path, clients}): StatusRow => ({
			kind: 'export',
			node: cluster.storage.name,
			path,
			clients,
		})),
	];
}

function nodeRow({name, role, uuid, nics}: Node, {controller, nodes}: ClusterFacts): StatusRow {
	const known = nodes.get(name);
	const machine = controller.machines?.get(uuid);
	return {
		kind: 'node',
		name,
		role,
		machine: machine?.state ?? '-',
		...(machine && {autostart: machine.autostart}),
		addresses: nics.map(({address}) => address),
		reachable: known !== undefined,
		...(known?.memory && {
			memory: memoryText(known.memory),
		}),
		...(known?.filesystems && {disk: fullest(known.filesystems)}),
		...(known?.clock && {clock: offsetText(known.clock)}),
	};
}

/** The fullest file system: `81 % /var`. */
/** `392/470 MiB`, `1.5 GiB/3.8 GiB`. English, as the other values of a row. */
function memoryText({available, total}: {available: number; total: number}): string {
	const [left, all] = [available, total].map(bytes => Math.floor(bytes / 2 ** 20)) as [number, number];
	return all < 1024 ? `${left}/${all} MiB` : `${spokenSize(left).en}/${spokenSize(all).en}`;
}

function fullest(filesystems: readonly FilesystemFacts[]): string {
	const [first] = filesystems.toSorted((one, other) => usedFraction(other) - usedFraction(one));
	return first ? `${Math.floor(usedFraction(first) * 100)} % ${first.path}` : '-';
}

/** Clock offset such as `+3 s`; `0 s` if it is within the round-trip time. */
function offsetText(clock: {earliest: number; latest: number}): string {
	const offset = clockOffset(clock);
	return `${offset > 0.5 ? '+' : ''}${Math.round(offset) || 0} s`;
}

function pacemakerRows(pacemaker: PacemakerFacts | undefined): StatusRow[] {
	return pacemaker
		? [
				...pacemaker.nodes.map(({name, isOnline, isStandby}): StatusRow => ({
					kind: 'director',
					name,
					online: isOnline,
					standby: isStandby,
				})),
				...pacemaker.resources.map(({id, agent, role, isFailed, isBlocked, isManaged, nodes}): StatusRow => ({
					kind: 'resource',
					name: id,
					agent,
					state: [role, ...(isBlocked ? ['blocked'] : []), ...(isManaged ? [] : ['unmanaged'])].join(', '),
					failed: isFailed,
					...(nodes.length > 0 && {node: nodes.join(', ')}),
				})),
			]
		: [];
}

function realServerRows(director: string, services: readonly VirtualServiceFacts[]): StatusRow[] {
	return services.flatMap(({service, servers}) =>
		servers.map((server): StatusRow => ({kind: 'real-server', service, ...server, director})),
	);
}

function arrayRows(node: string, arrays: readonly ArrayFacts[]): StatusRow[] {
	return arrays.map(({level, wanted, working, map, state, access, action}): StatusRow => ({
		kind: 'array',
		node,
		level: level || '-',
		members: map === '' ? '-' : `[${wanted}/${working}] [${map}]`,
		state: action
			? `${action.kind} = ${action.waiting ?? `${action.percent ?? 0}%`}`
			: access === 'read-write'
				? state
				: `${state} (${access})`,
	}));
}

import type {Cluster, Node} from '../../cluster/cluster.ts';
import {noteMessages, partMessages} from './messages.ts';
import type {ClusterFacts, DirectorFacts, PacemakerFacts} from './facts.ts';
import type {Note} from './note.ts';
import {trouble, type Trouble} from './trouble.ts';

/** A director that answered, with its facts. */
interface Director {
	readonly node: Node;
	readonly facts: DirectorFacts;
}

/** Pacemaker resources that the cluster needs (assets/director/etc/ha.d/cluster.crm). */
const resources = ['ip-internal', 'ldirectord1', 'ip-external'];

/** Judges VIPs, IPVS, ldirectord, Pacemaker and Corosync. `isAway`: the node is known to be off or unreachable. */
export function judgeDirectors(cluster: Cluster, {nodes}: ClusterFacts, isAway: (name: string) => boolean): Trouble[] {
	const directors = cluster.directors.flatMap((node): Director[] => {
		const facts = nodes.get(node.name)?.director;
		return facts ? [{node, facts}] : [];
	});
	const active = directors.filter(({facts}) => facts.addresses?.has(cluster.vip.external));
	return [
		...vipTroubles(cluster, directors),
		...active.flatMap(director => balancerTroubles(cluster, director, isAway)),
		...pacemakerTroubles(cluster, directors, isAway),
		...directors.flatMap(director => linkTroubles(cluster, director, isAway)),
		...directors.flatMap(({node: {name}, facts: {addresses}}) =>
			addresses ? [] : [trouble('cannot-tell', name, name, partMessages.addresses, '')],
		),
	];
}

function vipTroubles({vip, directors: all}: Cluster, directors: readonly Director[]): Trouble[] {
	// A director that does not answer may hold the VIPs.
	const isKnown = directors.length === all.length;
	return [vip.external, vip.internal].flatMap(address => {
		const holders = directors.filter(({facts}) => facts.addresses?.has(address));
		return holders.length === 0
			? isKnown
				? [trouble('vip-nobody', undefined, address)]
				: []
			: holders.length > 1
				? [trouble('vip-both', undefined, address)]
				: [];
	});
}

function balancerTroubles(
	{vip, webs}: Cluster,
	{node: {name}, facts}: Director,
	isAway: (name: string) => boolean,
): Trouble[] {
	const {services, isLdirectordRunning, maintenance = []} = facts;
	if (!services) {
		return [trouble('cannot-tell', name, name, partMessages.balancer, '')];
	}

	const servers = new Map(
		services
			.find(({service}) => service === `${vip.external}:80`)
			?.servers.map(({address, weight}) => [address.replace(/:\d+$/, ''), weight]),
	);
	const serving = webs.filter(({internal}) => (servers.get(internal) ?? 0) > 0);
	return [
		...(serving.length === 0
			? [trouble('balancer-none', name, name)]
			: webs
					.filter(web => !serving.includes(web) && !isAway(web.name))
					.map(web => {
						const isMaintained = maintenance.includes(web.internal) || maintenance.includes(web.name);
						return isMaintained
							? trouble('server-maintenance', web.name, web.name, name)
							: servers.has(web.internal)
								? trouble('server-weight', web.name, web.name, name)
								: trouble('server-out', web.name, web.name, name);
					})),
		...(isLdirectordRunning ? [] : [trouble('ldirectord-missing', name, name)]),
	];
}

/** Whether `crm_resource --move` made the constraint. The group can still fail over; `--ban` forbids a director for good. */
const isPreference = (id: string) => id.startsWith('cli-prefer-');

/** The home director: moving the group there removes all constraints made by hand. */
const homeOf = ({directors}: Cluster) => directors[0].name;

/**
 * Note about a manual move in force. It is no trouble: failover works. After a failover, Pacemaker moves the group back to
 * the director named by the move as soon as that director is up.
 */
export function manualMoveNote(cluster: Cluster, {nodes}: ClusterFacts): Note[] {
	const constraints = cluster.directors.flatMap(({name}) => nodes.get(name)?.director?.constraints ?? []);
	const held = constraints.find(({id}) => isPreference(id));
	const end = cluster.ha.failback ? homeOf(cluster) : (held?.node ?? homeOf(cluster));
	return held ? [{id: 'moved-by-hand', text: noteMessages['moved-by-hand'](held.node, end)}] : [];
}

/** Judges the views of both directors, which differ when the directors cannot reach each other. Drops duplicates. */
function pacemakerTroubles(
	cluster: Cluster,
	directors: readonly Director[],
	isAway: (name: string) => boolean,
): Trouble[] {
	const found = directors.flatMap(({node: {name}, facts: {pacemaker, pacemakerTrouble = '', constraints}}) => [
		...(pacemaker
			? viewTroubles(pacemaker, isAway)
			: [trouble('cannot-tell', name, name, partMessages.pacemaker, pacemakerTrouble)]),
		...(constraints ?? [])
			.filter(({id}) => !isPreference(id))
			.map(({id}) => trouble('constraint-left', undefined, id, homeOf(cluster))),
	]);
	return [...new Map(found.map(one => [one.text.en, one])).values()];
}

function viewTroubles(
	{hasQuorum, isMaintenance, nodes, resources: known, failures}: PacemakerFacts,
	isAway: (name: string) => boolean,
): Trouble[] {
	const one = <Value>(condition: boolean, value: Value) => (condition ? [value] : []);
	return [
		...nodes.flatMap(({name, isOnline, isUnclean, isStandby, isPending, isMaintenance: isHeld}) => [
			...one(isUnclean, trouble('director-unclean', name, name)),
			...one(!isOnline && !isUnclean && !isPending && !isAway(name), trouble('director-offline', name, name)),
			...one(isPending, trouble('director-pending', name, name)),
			...one(isStandby, trouble('director-standby', name, name)),
			...one(isHeld && !isMaintenance, trouble('director-maintenance', name, name)),
		]),
		...one(hasQuorum === false, trouble('no-quorum', undefined)),
		...one(isMaintenance, trouble('maintenance-mode', undefined)),
		...resources
			.filter(id => known.every(resource => resource.id !== id))
			.map(id => trouble('resource-missing', undefined, id)),
		...known.flatMap(({id, role, nodes: on, isFailed, isBlocked, isManaged}) => [
			...one(on.length > 1, trouble('resource-double', undefined, id, on.join(', '))),
			...one(isBlocked, trouble('resource-blocked', undefined, id)),
			...one(isFailed && !isBlocked, trouble('resource-failed', undefined, id)),
			...one(!isFailed && !isBlocked && role !== 'Started', trouble('resource-stopped', undefined, id, role)),
			...one(!isManaged && !isMaintenance, trouble('resource-unmanaged', undefined, id)),
		]),
		...failures.map(({resource, task, node, reason}) => trouble('failed-action', node, resource, task, node, reason)),
	];
}

function linkTroubles(
	{directors}: Cluster,
	{node, facts: {links}}: Director,
	isAway: (name: string) => boolean,
): Trouble[] {
	const other = directors.find(director => director !== node)!;
	if (!links) {
		return [trouble('cannot-tell', node.name, node.name, partMessages.links, '')];
	}

	return isAway(other.name)
		? []
		: links
				.filter(({isConnected}) => !isConnected)
				.map(({link}) => trouble('link-faulty', node.name, link, link === 0 ? 'int0' : 'hb0', node.name));
}

import type {Cluster} from '../cluster/cluster.ts';
import type {FilesystemFacts} from '../measure/health/facts.ts';
import {isRunning, clockOffset} from '../measure/health/judge-machines.ts';
import {usedFraction} from '../measure/health/parse-system.ts';
import type {StatusResult} from '../session/cluster-health.ts';
import {serversInRotation} from './check.ts';

type Labels = Readonly<Record<string, string>>;

/** A metric's name without the prefix, its help text, and its samples. */
type Metric = readonly [name: string, help: string, samples: ReadonlyArray<readonly [labels: Labels, value: number]>];

/** Prefix of every metric's name. */
const prefix = 'cluster_wizard_';

/**
 * Returns all metrics; exported so that a test can compare them with the documentation.
 * @param seconds Unix time of the status check
 */
export function metricsOf(cluster: Cluster, {health, facts}: StatusResult, seconds: number): Metric[] {
	const {state, troubles, notes} = health;
	const single = (value: number | undefined): Metric[2] => (value === undefined ? [] : [[{}, value]]);
	const counted = new Map<string, number>();
	for (const {id} of troubles) {
		counted.set(id, (counted.get(id) ?? 0) + 1);
	}

	const general: Metric[] = [
		['health', '0 the cluster is OK, 1 degraded, 2 down.', single({ok: 0, degraded: 1, down: 2}[state])],
		['troubles', 'Number of troubles of each kind.', [...counted].map(([kind, count]) => [{kind}, count])],
		[
			'notes',
			'1 for each thing that is no trouble and stands in the first line.',
			notes.map(({id}) => [{kind: id}, 1]),
		],
		['last_look_timestamp_seconds', 'Unix time of the look.', single(Math.floor(seconds))],
	];
	if (!facts) {
		return general;
	}

	const {page, nodes, controller} = facts;
	const right = page.answers.filter(({outcome}) => outcome === 'answered');
	const known = [...nodes];
	const filesystems = [
		...(controller.filesystems ?? []).map(filesystem => ['host', filesystem] as const),
		...known.flatMap(([name, node]) => (node.filesystems ?? []).map(filesystem => [name, filesystem] as const)),
	];
	const ofFilesystems = (value: (filesystem: FilesystemFacts) => number): Metric[2] =>
		filesystems.map(([node, filesystem]) => [{node, path: filesystem.path}, value(filesystem)]);
	const directors = cluster.directors.flatMap(({name}) => {
		const director = nodes.get(name)?.director;
		return director ? [{name, director}] : [];
	});
	const pacemaker = directors.find(({director}) => director.pacemaker)?.director.pacemaker;
	const arrays = nodes.get(cluster.storage.name)?.storage?.arrays ?? [];
	const node = cluster.storage.name;
	const bit = (condition: boolean) => (condition ? 1 : 0);
	return [
		...general,
		['page_requests', 'Requests for the page through the external VIP in this look.', single(page.answers.length)],
		['page_requests_answered', 'Of those, requests that got the right page.', single(right.length)],
		[
			'page_status_code',
			'HTTP status of the last request that got one.',
			single(page.answers.findLast(({status}) => status !== undefined)?.status),
		],
		[
			'page_seconds',
			'Time of the slowest request that got the right page.',
			single(right.length === 0 ? undefined : Math.max(...right.map(({latency}) => latency)) / 1000),
		],
		[
			'machine_running',
			'1 if libvirt runs the machine.',
			controller.machines
				? cluster.nodes.map(({name, uuid}) => [{node: name}, bit(isRunning(controller.machines!.get(uuid)))])
				: [],
		],
		[
			'machine_autostart',
			'1 if libvirt starts the machine with the host.',
			controller.machines
				? cluster.nodes.map(({name, uuid}) => [{node: name}, bit(controller.machines!.get(uuid)?.autostart ?? false)])
				: [],
		],
		[
			'node_reachable',
			'1 if the node answers by SSH.',
			cluster.nodes.map(({name}) => [{node: name}, bit(nodes.has(name))]),
		],
		[
			'node_memory_bytes',
			'Memory of the node.',
			known.flatMap(([name, {memory}]) => (memory ? [[{node: name}, memory.total] as const] : [])),
		],
		[
			'node_memory_available_bytes',
			'Memory that programs can still get.',
			known.flatMap(([name, {memory}]) => (memory ? [[{node: name}, memory.available] as const] : [])),
		],
		[
			'node_clock_offset_seconds',
			"How far the node's clock is ahead of the host's, at least; 0 within what asking takes.",
			known.flatMap(([name, {clock}]) => (clock ? [[{node: name}, clockOffset(clock)] as const] : [])),
		],
		['filesystem_used_ratio', 'Part of the file system in use, as df counts it.', ofFilesystems(usedFraction)],
		[
			'filesystem_inodes_used_ratio',
			'Part of the inodes in use.',
			ofFilesystems(({inodes, inodesUsed}) => (inodes === 0 ? 0 : inodesUsed / inodes)),
		],
		['array_disks', 'Disks that the array should have.', arrays.map(({name, wanted}) => [{node, array: name}, wanted])],
		[
			'array_disks_working',
			'Disks of the array that work.',
			arrays.map(({name, working}) => [{node, array: name}, working]),
		],
		['servers_in_rotation', 'Web servers that get requests.', single(serversInRotation(cluster, facts))],
		[
			'vip_held',
			'1 if the director has the virtual IP address.',
			[cluster.vip.external, cluster.vip.internal].flatMap(address =>
				directors.map(
					({name, director}) => [{address, node: name}, bit(director.addresses?.has(address) ?? false)] as const,
				),
			),
		],
		[
			'director_online',
			'1 if Pacemaker has the director online and not in standby.',
			(pacemaker?.nodes ?? []).map(({name, isOnline, isStandby}) => [{node: name}, bit(isOnline && !isStandby)]),
		],
		[
			'resource_started',
			'1 if Pacemaker has the resource started.',
			(pacemaker?.resources ?? []).map(({id, role}) => [{resource: id}, bit(role === 'Started')]),
		],
		[
			'link_connected',
			"1 if Corosync's link to the other director is connected.",
			directors.flatMap(({name, director: {links = []}}) =>
				links.map(({link, isConnected}) => [{node: name, link: String(link)}, bit(isConnected)] as const),
			),
		],
	];
}

/**
 * Formats metrics for node_exporter's textfile collector in the text exposition format, without timestamps, which the
 * collector rejects.
 */
export function metricsText(cluster: Cluster, looked: StatusResult, seconds: number): string {
	return metricsOf(cluster, looked, seconds)
		.filter(([, , samples]) => samples.length > 0)
		.map(([name, help, samples]) =>
			[
				`# HELP ${prefix}${name} ${help.replaceAll('\\', '\\\\')}`,
				`# TYPE ${prefix}${name} gauge`,
				...samples.map(
					([labels, value]) => `${prefix}${name}{${labelText({cluster: cluster.name, ...labels})}} ${value}`,
				),
				'',
			].join('\n'),
		)
		.join('');
}

function labelText(labels: Labels): string {
	return Object.entries(labels)
		.map(
			([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
		)
		.join(',');
}

import type {Cluster, Node} from '../../cluster/cluster.ts';
import {byRole} from './by-role.ts';
import type {ClusterFacts, ControllerFacts, FilesystemFacts, NodeFacts} from './facts.ts';
import type {MachineAnswer, HealthLook} from './query.ts';
import {
	parseClock,
	parseFilesystems,
	parseMachines,
	parseMemory,
	parseMounts,
	parseUnits,
	parseUuids,
} from './parse-system.ts';
import {linesOf, readSection, sectionsOf} from './sections.ts';

/** Parses the raw outputs of a status check. */
export function factsOf(cluster: Cluster, {controller, nodes, page, openDrills}: HealthLook): ClusterFacts {
	const answered = cluster.nodes.flatMap(node => {
		const answer = nodes.get(node.name);
		return answer?.text === undefined ? [] : [[node.name, nodeFacts(node, answer, answer.text)] as const];
	});
	return {
		controller: controllerFacts(controller),
		nodes: new Map(answered),
		silent: new Map(
			[...nodes].flatMap(([name, {text, reason = ''}]) => (text === undefined ? [[name, reason] as const] : [])),
		),
		page,
		openDrills,
	};
}

/** One file system is mounted in two places in a sandbox. */
function distinct(filesystems: readonly FilesystemFacts[] | undefined): FilesystemFacts[] | undefined {
	return (
		filesystems &&
		[
			...new Map(
				filesystems
					.toReversed()
					.map(filesystem => [`${filesystem.size} ${filesystem.used} ${filesystem.inodesUsed}`, filesystem]),
			).values(),
		].toReversed()
	);
}

function controllerFacts({text, reason}: MachineAnswer): ControllerFacts {
	if (text === undefined) {
		return {libvirtTrouble: reason ?? ''};
	}

	const sections = sectionsOf(text);
	const [names, autostart, states, networks, started] = [
		'machines',
		'autostart',
		'states',
		'networks',
		'networks-autostart',
	].map(name => sections.get(name));
	const time = sections.get('time') ?? '';
	const common = {
		memory: readSection(sections, 'memory', parseMemory),
		filesystems: distinct(readSection(sections, 'disks', parseFilesystems)),
		...(time.includes('NTP=yes') && {isSynchronized: time.includes('NTPSynchronized=yes')}),
	};
	if (names === undefined || autostart === undefined || states === undefined || !sections.has('answered')) {
		return {...common, libvirtTrouble: linesOf(names ?? '').at(-1) ?? 'virsh'};
	}

	const machines = parseMachines({names, autostart, states});
	const trouble = [names, states].flatMap(linesOf).find(line => line.startsWith('error:'));
	return trouble !== undefined && machines.size === 0
		? {...common, libvirtTrouble: trouble}
		: {
				...common,
				machines,
				...(networks !== undefined &&
					started !== undefined && {networks: {active: parseUuids(networks), autostart: parseUuids(started)}}),
			};
}

function nodeFacts({role}: Node, answer: MachineAnswer, text: string): NodeFacts {
	const sections = sectionsOf(text);
	return {
		...parseClock(sections.get('clock') ?? '', answer),
		isSynchronized: sections.has('synchronized'),
		memory: readSection(sections, 'memory', parseMemory),
		filesystems: readSection(sections, 'disks', parseFilesystems),
		units: readSection(sections, 'units', parseUnits),
		mounts: readSection(sections, 'mounts', parseMounts),
		...byRole[role]?.read(sections),
	};
}

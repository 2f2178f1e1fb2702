import type {Cluster, Node} from '../../cluster/cluster.ts';
import type {ClusterFacts, ControllerFacts, DirectorFacts, FilesystemFacts, NodeFacts, StorageFacts} from './facts.ts';
import type {Answer, Look} from './look.ts';
import {parseAddresses, parseBalancer, parseConstraints, parseLinks, parsePacemaker} from './parse-director.ts';
import {parseArrays, parseExports} from './parse-storage.ts';
import {parseClock, parseFilesystems, parseMachines, parseMemory, parseMounts, parseStorageRead, parseUnits, parseUuids} from './parse-system.ts';
import {sectionsOf} from './sections.ts';

/** Parses the raw outputs of a status check. */
export function factsOf(cluster: Cluster, {controller, nodes, page, openDrills}: Look): ClusterFacts {
	const answered = cluster.nodes.flatMap(node => {
		const answer = nodes.get(node.name);
		return answer?.text === undefined ? [] : [[node.name, nodeFacts(node, answer, answer.text)] as const];
	});
	return {
		controller: controllerFacts(controller),
		nodes: new Map(answered),
		silent: new Map([...nodes].flatMap(([name, {text, reason = ''}]) => text === undefined ? [[name, reason] as const] : [])),
		page,
		openDrills,
	};
}

/** Parses a section; undefined if it was not printed. */
function read<Value>(sections: ReadonlyMap<string, string>, name: string, parse: (text: string) => Value | undefined): Value | undefined {
	const text = sections.get(name);
	return text === undefined ? undefined : parse(text);
}

/** Trimmed lines without the empty ones. */
function linesOf(text: string): string[] {
	return text.split('\n').map(line => line.trim()).filter(Boolean);
}

/** Drops duplicates: in a sandbox, one file system is mounted at two places. */
function distinct(filesystems: readonly FilesystemFacts[] | undefined): FilesystemFacts[] | undefined {
	return filesystems && [...new Map(filesystems.toReversed().map(filesystem => [`${filesystem.size} ${filesystem.used} ${filesystem.inodesUsed}`, filesystem])).values()].toReversed();
}

function controllerFacts({text, reason}: Answer): ControllerFacts {
	if (text === undefined) {
		return {libvirtTrouble: reason ?? ''};
	}

	const sections = sectionsOf(text);
	const [names, autostart, states, networks, started] = ['machines', 'autostart', 'states', 'networks', 'networks-autostart'].map(name => sections.get(name));
	const time = sections.get('time') ?? '';
	const common = {
		memory: read(sections, 'memory', parseMemory),
		filesystems: distinct(read(sections, 'disks', parseFilesystems)),
		...(time.includes('NTP=yes') && {isSynchronized: time.includes('NTPSynchronized=yes')}),
	};
	if (names === undefined || autostart === undefined || states === undefined || !sections.has('answered')) {
		return {...common, libvirtTrouble: linesOf(names ?? '').at(-1) ?? 'virsh'};
	}

	const machines = parseMachines({names, autostart, states});
	const trouble = [names, states].flatMap(linesOf).find(line => line.startsWith('error:'));
	return trouble !== undefined && machines.size === 0
		? {...common, libvirtTrouble: trouble}
		: {...common, machines, ...(networks !== undefined && started !== undefined && {networks: {active: parseUuids(networks), autostart: parseUuids(started)}})};
}

function nodeFacts({role}: Node, answer: Answer, text: string): NodeFacts {
	const sections = sectionsOf(text);
	return {
		...parseClock(sections.get('clock') ?? '', answer),
		isSynchronized: sections.has('synchronized'),
		memory: read(sections, 'memory', parseMemory),
		filesystems: read(sections, 'disks', parseFilesystems),
		units: read(sections, 'units', parseUnits),
		mounts: read(sections, 'mounts', parseMounts),
		...(role === 'web' && {storageRead: read(sections, 'storage', parseStorageRead)}),
		...(role === 'director' && {director: directorFacts(sections)}),
		...(role === 'storage' && {storage: storageFacts(sections)}),
	};
}

function storageFacts(sections: ReadonlyMap<string, string>): StorageFacts {
	return {
		arrays: read(sections, 'mdstat', parseArrays),
		exports: read(sections, 'exports', parseExports),
		nfsThreads: read(sections, 'nfsd', text => /^\d+\s*$/.test(text) ? Number(text) : undefined),
	};
}

function directorFacts(sections: ReadonlyMap<string, string>): DirectorFacts {
	const pacemaker = read(sections, 'pacemaker', parsePacemaker) ?? {trouble: ''};
	return {
		...('trouble' in pacemaker ? {pacemakerTrouble: pacemaker.trouble} : {pacemaker}),
		constraints: read(sections, 'constraints', parseConstraints),
		links: read(sections, 'links', parseLinks),
		addresses: read(sections, 'addresses', parseAddresses),
		services: read(sections, 'balancer', parseBalancer),
		isLdirectordRunning: read(sections, 'ldirectord', text => text.includes('running')),
		maintenance: read(sections, 'maintenance', linesOf),
	};
}

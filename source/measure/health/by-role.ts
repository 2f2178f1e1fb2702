import type {Cluster, Node} from '../../cluster/cluster.ts';
import type {Role} from '../../roles/index.ts';
import type {DirectorFacts, NodeFacts, StorageFacts} from './facts.ts';
import {judgeStorage, judgeStorageRead} from './judge-storage.ts';
import {parseAddresses, parseBalancer, parseConstraints, parseLinks, parsePacemaker} from './parse-director.ts';
import {parseArrays, parseExports} from './parse-storage.ts';
import {parseStorageRead} from './parse-system.ts';
import {linesOf, readSection, type Sections} from './sections.ts';
import type {Trouble} from './trouble.ts';

interface RoleHealth {
	/** Facts in the sections that the role's `look` prints (source/roles). */
	readonly read: (sections: Sections) => Partial<NodeFacts>;
	/** Troubles of one node that answered. The two directors are judged together, in judge-directors.ts. */
	readonly judge?: (cluster: Cluster, node: Node, facts: NodeFacts, isStorageAway: boolean) => Trouble[];
}

/** Roles with a `look` of their own. Memory, disks, clock and services are read and judged on every node. */
export const byRole: Readonly<Partial<Record<Role, RoleHealth>>> = {
	storage: {read: sections => ({storage: storageFacts(sections)}), judge: judgeStorage},
	director: {read: sections => ({director: directorFacts(sections)})},
	web: {
		read: sections => ({storageRead: readSection(sections, 'storage', parseStorageRead)}),
		judge: (_, node, facts, isStorageAway) => (isStorageAway ? [] : judgeStorageRead(node, facts)),
	},
};

function storageFacts(sections: Sections): StorageFacts {
	return {
		arrays: readSection(sections, 'mdstat', parseArrays),
		exports: readSection(sections, 'exports', parseExports),
		nfsThreads: readSection(sections, 'nfsd', text => (/^\d+\s*$/.test(text) ? Number(text) : undefined)),
	};
}

function directorFacts(sections: Sections): DirectorFacts {
	const pacemaker = readSection(sections, 'pacemaker', parsePacemaker) ?? {trouble: ''};
	return {
		...('trouble' in pacemaker ? {pacemakerTrouble: pacemaker.trouble} : {pacemaker}),
		constraints: readSection(sections, 'constraints', parseConstraints),
		links: readSection(sections, 'links', parseLinks),
		addresses: readSection(sections, 'addresses', parseAddresses),
		services: readSection(sections, 'balancer', parseBalancer),
		isLdirectordRunning: readSection(sections, 'ldirectord', text => text.includes('running')),
		maintenance: readSection(sections, 'maintenance', linesOf),
	};
}

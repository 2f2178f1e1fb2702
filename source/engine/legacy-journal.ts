import {basename, dirname} from 'node:path';
import * as z from 'zod';
import type {Cluster} from '../cluster/cluster.ts';
import {uuid} from '../cluster/identity.ts';
import type {JournalEntry} from './journal-schema.ts';
import {libvirtFolders, ownedResourceSchema, type OwnedResource, type Resource} from './resource.ts';

/**
 * Facts that distinguish a cluster's own resources from others. The paths are those in use when the journal was
 * written.
 */
export interface LegacyContext {
	/** From `facts.json`; all UUIDs of a cluster are derived from it. */
	readonly clusterId: string;
	readonly paths: Pick<Cluster['paths'], 'state' | 'cache' | 'disks'>;
	/** Content of the file `added-groups` in the state directory: one `USER GROUP` per line. */
	readonly addedGroups?: string;
}

/** A resource in an old journal that cannot be identified. */
export interface UnknownResource {
	readonly line: number;
	/** `kind` and `name` contain no control characters. */
	readonly kind: string;
	readonly name: string;
}

const visible = (length: number) =>
	z
		.string()
		.max(length)
		.regex(/^\P{C}*$/u);

/**
 * An intent as written by versions up to 0.1.0, with shell commands (here `remove`) instead of parameters. The commands
 * are never run.
 */
const oldIntent = z.object({
	type: z.literal('intent'),
	time: z.string(),
	run: z.string(),
	owned: z.object({
		kind: visible(32),
		name: visible(4096),
		remove: z.string().optional(),
		place: z.enum(['machine', 'host']),
		node: z.string().optional(),
	}),
});
type OldResource = z.infer<typeof oldIntent>['owned'];

/** Converts the resources of an old journal; entries must be passed in file order. */
export class LegacyResources {
	readonly #context: LegacyContext | undefined;
	/** Keys are `KIND NAME` as the old journal has them. */
	readonly #converted = new Map<string, readonly OwnedResource[]>();
	readonly #unknown = new Map<string, UnknownResource>();

	constructor(context: LegacyContext | undefined) {
		this.#context = context;
	}

	get unknown(): UnknownResource[] {
		return [...this.#unknown.values()];
	}

	/**
	 * Returns the entries that replace an old intent; an empty list if its resource is unknown; undefined for any other
	 * value.
	 */
	convert(value: unknown, line: number): JournalEntry[] | undefined {
		const read = oldIntent.safeParse(value);
		if (!read.success) {
			return undefined;
		}

		const {time, run, owned} = read.data;
		const resources = this.#context && identify(owned, this.#context);
		const key = keyOf(owned);
		if (!resources) {
			this.#unknown.set(key, {line, kind: owned.kind, name: owned.name});
			return [];
		}

		this.#converted.set(key, resources);
		return resources.map(resource => ({type: 'intent', time, run, resource}));
	}

	/** Translates the removal of an old resource to today's kind and name; returns other entries unchanged. */
	rename(entry: JournalEntry): JournalEntry[] {
		if (entry.type !== 'removed') {
			return [entry];
		}

		const key = keyOf(entry);
		this.#unknown.delete(key);
		return this.#converted.get(key)?.map(({kind, name}) => ({...entry, kind, name})) ?? [entry];
	}
}

function keyOf({kind, name}: {kind: string; name: string}): string {
	return `${kind} ${name}`;
}

/** A resource whose names have not been validated yet. */
interface Candidate {
	readonly kind: Resource['kind'];
	readonly name: string;
	readonly uuid?: string;
}

/** Returns undefined for an unknown resource, and an empty list if the old entry recorded none. */
function identify(old: OldResource, context: LegacyContext): OwnedResource[] | undefined {
	const read = candidates(old, context)?.map(resource =>
		ownedResourceSchema.safeParse({...resource, place: old.place, node: old.node}),
	);
	return read?.every(({success}) => success) ? read.flatMap(({data}) => data ?? []) : undefined;
}

function candidates(old: OldResource, context: LegacyContext): Candidate[] | undefined {
	if (old.kind !== 'group') {
		const candidate = candidateFor(old, context);
		return candidate && [candidate];
	}

	const lines = (context.addedGroups ?? '').split('\n').filter(Boolean);
	return old.name === `${context.paths.state}/added-groups`
		? [...new Set(lines)].map(line => ({kind: 'membership', name: line.replace(' ', ':')}))
		: undefined;
}

function candidateFor(
	{kind, name, remove = ''}: OldResource,
	{clusterId, paths}: LegacyContext,
): Candidate | undefined {
	const withUuid = (kind: Candidate['kind'], pattern: RegExp, names: readonly string[]) => {
		const [, found] = pattern.exec(remove) ?? [];
		return names.some(name => uuid(clusterId, name) === found) ? {kind, name, uuid: found} : undefined;
	};

	const below = (folder: string, kind: Candidate['kind']) =>
		dirname(name) === folder ? {kind, name: basename(name)} : undefined;
	const at = (path: string, kind: Candidate['kind'], known: string) =>
		name === path ? {kind, name: known} : undefined;
	switch (kind) {
		case 'machine':
			return withUuid(
				'machine',
				/^virsh undefine ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/m,
				nodeIds.map(id => `machine ${id}`),
			);
		case 'network':
			return withUuid('network', /^virsh net-undefine ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/m, networkNames);
		case 'bridge':
			return withUuid(
				'bridge',
				/^\[ "\$\(cat .*\/owner 2>\/dev\/null\)" = ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}) \] \|\| exit 0$/m,
				networkNames,
			);
		case 'namespace':
			return at(`bench-${uuid(clusterId, 'network internal').slice(0, 8)}`, 'namespace', name);
		case 'pool':
			return at(basename(paths.disks), 'pool', name);
		case 'sandbox':
			return at(`${paths.state}/sandbox`, 'sandbox', 'sandbox');
		case 'image':
			return below(paths.cache, 'image');
		case 'directory':
			return at(paths.disks, 'disks', 'disks') ?? below(paths.cache, 'archive') ?? libvirtFolder(name);
		case 'file':
			return forwarding(name) ?? below(paths.disks, 'disk');
		default:
			return undefined;
	}
}

function libvirtFolder(path: string): Candidate | undefined {
	return libvirtFolders.some(folder => folder === path) ? {kind: 'libvirt-folder', name: path} : undefined;
}

function forwarding(path: string): Candidate | undefined {
	const [, bridge] = /^\/etc\/systemd\/system\/cluster-wizard-([^/]+)-forward\.service$/.exec(path) ?? [];
	return bridge === undefined ? undefined : {kind: 'forwarding', name: bridge};
}

/** All node ids and networks that any cluster can have, whatever its answers were. */
const nodeIds = ['nas', 'master', 'standby', ...Array.from({length: 50}, (_, index) => `server${index + 1}`)];
const networkNames = ['external', 'internal', 'heartbeat'].map(name => `network ${name}`);

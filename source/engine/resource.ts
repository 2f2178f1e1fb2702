import * as z from 'zod';
import type {Command} from '../shell/command.ts';

/** Bounds a name that becomes one component of a path: no `/`, no leading `.` or `-`, no control characters. */
const component = (pattern: RegExp) => z.string().max(128).regex(pattern);
const uuid = z.string().regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
/** The names that the answers allow for a virtual machine. */
const libvirtName = component(/^[A-Za-z\d][\w.-]{0,99}$/);
/** The names that the answers allow for a bridge or a network; 15 characters are Linux's limit (IFNAMSIZ). */
const interfaceName = component(/^[A-Za-z][\w-]{0,14}$/);
/** The folders into which libvirt's packages put their files, and over which the sandbox mounts its own. */
export const libvirtFolders = ['/etc/libvirt', '/var/lib/libvirt', '/var/cache/libvirt', '/var/log/libvirt'] as const;

/**
 * `USER:GROUP`. The user as useradd(8) accepts it, or from a directory (`DOMAIN\user`, `user@domain`); of the groups only
 * those that the wizard adds users to. Neither root nor a name made of digits, which tools take for a number.
 */
const membership = z.string().regex(/^(?!(root|\d+):)[^\s\p{C}:,/+~-][^\s\p{C}:,/]{0,255}:(kvm|libvirt)$/u);

/** The place at which a resource was made, and the node whose step made it. */
const whereMade = {place: z.enum(['machine', 'host']), node: component(/^[a-z]([a-z\d-]{0,61}[a-z\d])?$/).optional()};

function kind<const Kind extends string, Shape extends z.core.$ZodLooseShape>(name: Kind, shape: Shape) {
	return z.strictObject({kind: z.literal(name), ...shape, ...whereMade});
}

/**
 * A resource as the journal keeps it. No parameter is a free path: paths follow from the kind, the name and the cluster's
 * own folders, so that a journal that was tampered with cannot name anything else.
 */
export const ownedResourceSchema = z.discriminatedUnion('kind', [
	kind('machine', {name: libvirtName, uuid}),
	kind('network', {name: interfaceName, uuid}),
	kind('bridge', {name: interfaceName, uuid}),
	/** The unit that lets bridged packets through the host's filter, by the bridge's name. */
	kind('forwarding', {name: interfaceName}),
	/** The unit that keeps the host's NAT away from a bridge's packets, by the bridge's name. */
	kind('untracked', {name: interfaceName}),
	/** The unit that stops the machines when the host shuts down, with its script, by the cluster's name. */
	kind('power-unit', {name: component(/^[a-z]([a-z\d-]{0,30}[a-z\d])?$/)}),
	/** libvirt's storage pool of the folder `disks`. */
	kind('pool', {name: libvirtName}),
	/** A file in the folder `disks`. */
	kind('disk', {name: component(/^[A-Za-z\d][\w.-]{0,99}\.img$/)}),
	kind('disks', {name: z.literal('disks')}),
	/** A file in the cache, with its checksum, its lock and what a build has left. */
	kind('image', {name: component(/^[a-z\d][a-z\d.-]{0,99}\.(img|tar)$/)}),
	/** A folder in the cache with the packages of a release. */
	kind('archive', {name: component(/^[a-z][a-z\d]{0,31}-packages$/)}),
	kind('sandbox', {name: z.literal('sandbox')}),
	kind('namespace', {name: component(/^bench-[\da-f]{8}$/)}),
	kind('membership', {name: membership}),
	kind('libvirt-folder', {name: z.enum(libvirtFolders)}),
]);

/** Something that the wizard made on the machine or the host, with where it was made. */
export type OwnedResource = z.infer<typeof ownedResourceSchema>;

type WithoutOwner<Owned> = Owned extends OwnedResource ? Omit<Owned, 'place' | 'node'> : never;

/** Something that a task makes on the machine or the host; kind and name together are unique in a cluster. */
export type Resource = WithoutOwner<OwnedResource>;

export type ResourceOf<Kind extends Resource['kind']> = Extract<Resource, {kind: Kind}>;

/** How a resource is removed; rebuilt by code whenever it is needed, never read from a file. */
export interface Removal {
	/** The resource's path where it has one, its name otherwise. */
	readonly shown: string;
	/** Safe to repeat, also when nothing is left. */
	readonly remove: Command;
	/** 0 when nothing of it is left; otherwise its output says what is. */
	readonly gone: Command;
}

/** Kinds that end with their node. All others are shared by the cluster, whichever node's step made them first. */
const kindsOfNodes: ReadonlySet<Resource['kind']> = new Set(['machine', 'disk']);

/** The node that a resource belongs to; undefined for a resource of the whole cluster, such as the folder of all disks. */
export function nodeOwning({kind, node}: OwnedResource): string | undefined {
	return kindsOfNodes.has(kind) ? node : undefined;
}

/** Whether `down` keeps it, and only `down --purge` removes it. */
export function isCached({kind}: Pick<Resource, 'kind'>): boolean {
	return kind === 'image' || kind === 'archive';
}

/** Whether this user can be put into groups: a name that the journal can hold, and not root. */
export function canJoinGroups(user: string | undefined): user is string {
	return user !== undefined && membership.safeParse(`${user}:kvm`).success;
}

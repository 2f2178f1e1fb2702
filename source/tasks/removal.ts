import type {Cluster} from '../cluster/cluster.ts';
import type {Removal, Resource, ResourceOf} from '../engine/resource.ts';
import {removeBridge} from './bridge.ts';
import {removeDisk, removeDisks} from './disk.ts';
import {removeForwarding} from './host-forward.ts';
import {removeLibvirtFolder} from './host-libvirt.ts';
import {removePowerUnit} from './host-power.ts';
import {removeUntracked} from './host-untracked.ts';
import {removeMembership} from './host-user.ts';
import {removeArchive, removeImage} from './image.ts';
import {removeNamespace} from './inner-access.ts';
import {removeMachine, removePool} from './machine.ts';
import {removeNetwork} from './network.ts';
import {removeSandbox} from './sandbox.ts';

type Remover<Kind extends Resource['kind']> = (resource: ResourceOf<Kind>, paths: Cluster['paths']) => Removal;

const removers: {readonly [Kind in Resource['kind']]: Remover<Kind>} = {
	machine: removeMachine,
	network: removeNetwork,
	bridge: removeBridge,
	forwarding: removeForwarding,
	untracked: removeUntracked,
	'power-unit': removePowerUnit,
	pool: removePool,
	disk: removeDisk,
	disks: removeDisks,
	image: removeImage,
	archive: removeArchive,
	sandbox: removeSandbox,
	namespace: removeNamespace,
	membership: removeMembership,
	'libvirt-folder': removeLibvirtFolder,
};

/** Returns the commands that remove a resource of a cluster with these folders. */
export function removal(resource: Resource, paths: Cluster['paths']): Removal {
	return (removers[resource.kind] as Remover<Resource['kind']>)(resource as never, paths);
}

/** Display names of resource kinds that differ from the journal's names. */
const words: Partial<Record<Resource['kind'], string>> = {
	disk: 'file',
	forwarding: 'file',
	untracked: 'file',
	'power-unit': 'file',
	disks: 'directory',
	archive: 'directory',
	'libvirt-folder': 'directory',
	membership: 'group',
};

/** Kind and name of a resource as lists and screens show them. */
export function resourceLabel(resource: Resource, paths: Cluster['paths']): {kind: string; name: string} {
	return {kind: words[resource.kind] ?? resource.kind, name: removal(resource, paths).shown};
}

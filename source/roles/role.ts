import type {Text} from '../languages/text.ts';
import type {Command} from '../shell/command.ts';

/** Distributions that the nodes may run. */
export type Distribution = 'debian' | 'ubuntu';

/** Number of an address in its network: in one of 256 addresses or more, and in a smaller one. A negative number counts back from the end. */
export interface AddressPlace {
	readonly wide: number;
	readonly narrow: number;
}

/** A node that every cluster has. */
export interface FixedNode {
	/** Its key in the answers, and its host name unless the answers name another. */
	readonly id: string;
	/** Description of the node's group in the answers. */
	readonly about: Text;
	/** Name in libvirt; by default the host name in capitals. */
	readonly vm?: string;
	readonly internal: AddressPlace;
	/** For the nodes of a role on the heartbeat network. */
	readonly heartbeat?: AddressPlace;
}

/** Nodes whose number the answers choose. */
export interface Pool {
	/** Address of the first node on the internal network; the others follow. */
	readonly internal: AddressPlace;
}

/** The cluster's settings that a look at a node depends on. */
export interface LookSettings {
	/** Factor for time limits: 1 with hardware virtualization. */
	readonly timeoutScale: number;
}

/**
 * Everything that the program knows of one kind of node, as data. Steps configure it, `source/measure/health` judges
 * it. A role imports no other part of the model: the cluster is built from the roles.
 */
export interface RoleDefinition<Id extends string = string> {
	/** In steps (`on`), image names, the inventory and `status --json`. */
	readonly id: Id;
	/** Name in tables and on screens. */
	readonly label: Text;
	/** Networks of its nodes besides the internal one. Nodes on the external network are the way to all others. */
	readonly networks: ReadonlyArray<'external' | 'heartbeat'>;
	readonly nodes: readonly FixedNode[];
	/** Instead of `nodes`. */
	readonly pool?: Pool;
	/** Default size of the system disk in GiB. */
	readonly disk: number;
	/** Divides the system disk as the thesis does, with a partition for /home; otherwise one system partition and swap. */
	readonly hasHome: boolean;
	/** Carries the disks of the array. */
	readonly hasArray?: boolean;
	/** Packages beyond those of every node. */
	readonly packages: readonly string[];
	/** Further packages, whose names differ between distributions. */
	readonly packagesOf?: Readonly<Record<Distribution, readonly string[]>>;
	/** Services that the packages would start at the first boot, before a step has configured them: disabled in the image. */
	readonly unconfigured: readonly string[];
	/** systemd services without `.service`: `status` reports each one that is not active. */
	readonly units: readonly string[];
	/** Commands of `status` on such a node. Each part of the output begins with a line `%%name`; `source/measure/health/by-role.ts` reads them. */
	readonly look?: (settings: LookSettings) => Command;
	/** Commands of `support` on such a node, beside those of every node. Change nothing. */
	readonly support: Command;
	/** Names in /etc/hosts: the comment above the role's nodes (by default their names in libvirt), and a further name of each node. */
	readonly hosts?: {readonly comment?: string; readonly alias?: string};
	/** Consequence of stopping one node, asked for consent. Directors have none: it depends on who holds the VIPs. */
	readonly whenStopped?: (node: string) => Text;
	/** Box in the report's picture of the cluster: width of its line, radius of its corners. */
	readonly picture: {readonly line: number; readonly corners: number};
}

export function role<const Id extends string>(definition: RoleDefinition<Id>): RoleDefinition<Id> {
	return definition;
}

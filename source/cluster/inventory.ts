import * as z from 'zod';
import {roleIds} from '../roles/index.ts';
import type {Cluster} from './cluster.ts';
import {storedShape} from './setting.ts';
import {settings} from './settings.ts';

const nic = z.object({
	link: z.enum(['ext0', 'int0', 'hb0']),
	network: z.enum(['external', 'internal', 'heartbeat']),
	mac: z.string(),
	address: z.string(),
});

const node = z.object({
	id: z.string(),
	name: z.string(),
	role: z.enum(roleIds),
	vm: z.string(),
	uuid: z.string(),
	vcpus: z.number(),
	memory: z.number(),
	disk: z.number(),
	nics: z.array(nic),
	hostKey: z.string(),
});

const network = z.object({label: z.string(), cidr: z.string(), uuid: z.string()});

/** Description of the built cluster, without secrets. Stored next to the journal, for comparison with later answers. */
export const inventorySchema = z.object({
	name: z.string(),
	sandbox: z.boolean(),
	acceleration: z.enum(['kvm', 'tcg']),
	host: z.object({external: z.enum(['bridge', 'nat', 'sandbox']), nic: z.string().optional()}),
	guest: z.object({distribution: z.enum(['debian', 'ubuntu']), release: z.string()}),
	networks: z.object({external: network, internal: network, heartbeat: network}),
	gateway: z.string(),
	nameservers: z.array(z.string()),
	vip: z.object({external: z.string(), internal: z.string()}),
	nodes: z.array(node),
	raid: z.object({level: z.number(), disks: z.number(), size: z.number(), uuid: z.string()}),
	ha: z.object(storedShape(settings.ha)),
	check: z.object(storedShape(settings.check)),
	/** The digest of the user's own pages; absent for the test page. */
	content: z.string().optional(),
});

export type Inventory = z.infer<typeof inventorySchema>;
export type InventoryNode = Inventory['nodes'][number];

/** Reduces a cluster to its inventory: without secrets and derived values. */
export function inventoryOf(cluster: Cluster): Inventory {
	return inventorySchema.parse({
		...cluster,
		nodes: cluster.nodes.map(node => ({...node, hostKey: node.hostKey.public})),
		content: cluster.content.kind === 'own' ? cluster.content.digest : undefined,
	});
}

import * as z from 'zod';
import {uplinksSchema} from './uplink/reduce.ts';

/** A fact with its source (a file or command), so that the user can verify it. */
function fact<Value extends z.ZodType>(value: Value) {
	return z.object({value, source: z.string()});
}

const hostNic = z.object({
	name: z.string(),
	/** `wireless`: Wi-Fi and mobile broadband; `virtual`: made by the kernel or a program (a bond, a VLAN, veth). */
	kind: z.enum(['wired', 'wireless', 'virtual']),
	/** Whether a cable (or an access point) is connected; unknown while the NIC is down. */
	carrier: z.boolean().optional(),
	/** MAC address; Ethernet interfaces only. */
	mac: z.string().optional(),
	/** Alternative names (`ip link property`). */
	altnames: z.array(z.string()).optional(),
	/** Whether the interface is a bridge; absent in facts saved by earlier versions. */
	bridge: z.boolean().optional(),
	/** Name of the bridge or bond that the interface belongs to. */
	controller: z.string().optional(),
	/** IPv4 addresses with prefix: `192.168.1.20/24`. */
	addresses: z.array(z.string()),
});

const renderer = z.enum(['netplan', 'ifupdown', 'networkmanager', 'networkd', 'none']);

/** Facts about this computer, saved as `facts.json` at the first run and never updated, so the cluster stays the same. */
export const hostFactsSchema = z.object({
	/** A random UUID, chosen once; all UUIDs, MAC addresses and other identities of the cluster derive from it. */
	clusterId: z.uuid(),
	/** Time of detection, ISO 8601. */
	detectedAt: z.string(),
	/** Set after the KVM probe has booted a kernel; until then, the acceleration is guessed from the processor's flags. */
	acceleration: fact(z.enum(['kvm', 'tcg'])).optional(),
	release: fact(z.object({distribution: z.string(), version: z.string(), codename: z.string(), title: z.string()})),
	/** Total and available memory in MiB. */
	memory: fact(z.object({total: z.number(), available: z.number()})),
	/** Free MiB for an ordinary user in the folder for the disks. */
	disk: fact(z.number()),
	cpus: fact(z.number()),
	/** The processor flag for hardware virtualization. */
	virtualization: fact(z.enum(['vmx', 'svm', 'none'])),
	nics: fact(z.array(hostNic)),
	defaultRoute: fact(z.object({gateway: z.string().optional(), nic: z.string()}).optional()),
	/** IPv4 ranges that this computer has a route to, without the default route. */
	routes: fact(z.array(z.string())),
	nameservers: fact(z.array(z.string())),
	/** Program that configures the NIC of the default route. */
	renderer: fact(renderer),
	/** Configuration of wired NICs, by name; read only as root, and only before our bridge exists. */
	uplinks: fact(uplinksSchema).optional(),
	/** Policy for forwarded packets that no rule matches (Docker sets drop); unknown without root. */
	forwardPolicy: fact(z.enum(['accept', 'drop', 'unknown'])),
	/** Whether bridged packets go through the host's packet filter. */
	bridgeFiltered: fact(z.boolean()),
});

export type HostFacts = z.infer<typeof hostFactsSchema>;
export type HostNic = z.infer<typeof hostNic>;

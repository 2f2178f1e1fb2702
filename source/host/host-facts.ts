import * as z from 'zod';
import {uplinksSchema} from './uplink/reduce.ts';

/** A fact with the place it was read from, so that a person can look for themselves. */
function fact<Value extends z.ZodType>(value: Value) {
	return z.object({value, source: z.string()});
}

const hostNic = z.object({
	name: z.string(),
	/** `wireless`: Wi-Fi and mobile broadband; `virtual`: made by the kernel or a program (a bond, a VLAN, veth). */
	kind: z.enum(['wired', 'wireless', 'virtual']),
	/** Whether a cable (or an access point) is connected; unknown while the NIC is down. */
	carrier: z.boolean().optional(),
	/** Of an Ethernet interface. */
	mac: z.string().optional(),
	/** Its other names (`ip link property`). */
	altnames: z.array(z.string()).optional(),
	/** It is a bridge itself; unknown to earlier versions. */
	bridge: z.boolean().optional(),
	/** The bridge or bond it is part of. */
	controller: z.string().optional(),
	/** IPv4 with prefix: `192.168.1.20/24`. */
	addresses: z.array(z.string()),
});

const renderer = z.enum(['netplan', 'ifupdown', 'networkmanager', 'networkd', 'none']);

/** What was found on the machine at the first run. Saved as `facts.json` and not looked for again, so that the cluster stays the same. */
export const hostFactsSchema = z.object({
	/** A random UUID, chosen once: every identity of the cluster comes from it. */
	clusterId: z.uuid(),
	/** When it was looked for, ISO 8601. */
	detectedAt: z.string(),
	/** Set when the probe has booted a kernel; until then it is supposed from the processor's flags. */
	acceleration: fact(z.enum(['kvm', 'tcg'])).optional(),
	release: fact(z.object({distribution: z.string(), version: z.string(), codename: z.string(), title: z.string()})),
	/** MiB: all of it, and what programs can still get. */
	memory: fact(z.object({total: z.number(), available: z.number()})),
	/** MiB free for an ordinary user where the disks will lie. */
	disk: fact(z.number()),
	cpus: fact(z.number()),
	/** The processor's flag for hardware virtualization. */
	virtualization: fact(z.enum(['vmx', 'svm', 'none'])),
	nics: fact(z.array(hostNic)),
	defaultRoute: fact(z.object({gateway: z.string().optional(), nic: z.string()}).optional()),
	/** IPv4 ranges this machine has a route to, without the default one. */
	routes: fact(z.array(z.string())),
	nameservers: fact(z.array(z.string())),
	/** Who configures the NIC of the default route. */
	renderer: fact(renderer),
	/** How wired NICs are configured, by NIC; read as root only, and before there is a bridge of ours. */
	uplinks: fact(uplinksSchema).optional(),
	/** What happens to forwarded packets that no rule matches (Docker sets drop); unknown without root. */
	forwardPolicy: fact(z.enum(['accept', 'drop', 'unknown'])),
	/** Whether bridged packets go through the host's packet filter. */
	bridgeFiltered: fact(z.boolean()),
});

export type HostFacts = z.infer<typeof hostFactsSchema>;
export type HostNic = z.infer<typeof hostNic>;

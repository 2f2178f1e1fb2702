import * as z from 'zod';
import {reduceIfupdown} from './ifupdown.ts';
import {reduceNetplan} from './netplan.ts';
import {reduceNetworkd} from './networkd.ts';
import {reduceNetworkManager} from './networkmanager.ts';
import {uplinkSchema, type Uplink, type UplinkRenderer, type WholeUplink} from './uplink.ts';

export interface FoundUplink extends WholeUplink {
	readonly renderer: UplinkRenderer;
	readonly iaid?: number;
}

/** Extracts the settings for the bridge from a NIC's configuration files. */
export function reduceUplink({renderer, iaid, ...whole}: FoundUplink): Uplink {
	const identity = {mac: whole.mac, ...(iaid !== undefined && {iaid})};
	switch (renderer) {
		case 'netplan': {
			return {renderer, ...identity, ...reduceNetplan(whole)};
		}

		case 'ifupdown': {
			return {renderer, ...identity, ...reduceIfupdown(whole)};
		}

		case 'networkd': {
			return {renderer, ...identity, ...reduceNetworkd(whole)};
		}

		case 'networkmanager': {
			return {renderer, ...identity, ...reduceNetworkManager(whole)};
		}
	}
}

/** Format of earlier versions: the renderer's whole files, with other interfaces and their passwords. */
const wholeUplink = z
	.object({
		renderer: z.enum(['netplan', 'ifupdown', 'networkd']),
		mac: z.string(),
		iaid: z.number().optional(),
		files: z.array(z.object({path: z.string(), content: z.string().transform(content => Buffer.from(content))})),
	})
	.transform(whole => ({whole}));

/** Uplinks by NIC. Whole files saved by an earlier version are reduced when read, so that they are not saved again. */
export const uplinksSchema = z
	.record(z.string(), z.union([uplinkSchema, wholeUplink]))
	.transform((uplinks): Record<string, Uplink> =>
		Object.fromEntries(
			Object.entries(uplinks).map(([nic, uplink]) => [
				nic,
				'whole' in uplink ? reduceUplink({...uplink.whole, nic}) : uplink,
			]),
		),
	);

import type {Section, Uplink} from '../host/uplink/uplink.ts';
import {writeSections, type ConfigurationFile} from './bridge-configuration.ts';

type Networkd = Extract<Uplink, {readonly renderer: 'networkd'}>;

/**
 * Files for systemd-networkd: the bridge device, its configuration and the NIC's. The user's files are not changed:
 * networkd uses the first file that matches, and ours sort first.
 */
export function networkdFiles({
	nic,
	bridge,
	mac,
	iaid,
	sections,
}: Networkd & {readonly nic: string; readonly bridge: string}): ConfigurationFile[] {
	const link = sections.filter(({name}) => name === 'Link');
	const mtu = link.map(section => ({
		...section,
		lines: section.lines.filter(line => /^(MTUBytes|RequiredForOnline)\s*=/.test(line)),
	}));
	const moved = sections.filter(({name}) => name !== 'Match' && name !== 'Link');
	const identity = iaid === undefined ? [] : [{name: 'DHCPv4', lines: [`IAID=${iaid}`]}];
	const content = (all: readonly Section[]) => writeSections(all.filter(({lines}) => lines.length > 0));
	const path = (name: string) => `/etc/systemd/network/00-cluster-wizard-${name}`;
	return [
		{
			path: path(`${bridge}.netdev`),
			mode: '0644',
			content: content([
				{name: 'NetDev', lines: [`Name=${bridge}`, 'Kind=bridge', `MACAddress=${mac}`]},
				{name: 'Bridge', lines: ['STP=no', 'ForwardDelaySec=0']},
			]),
		},
		{
			path: path(`${bridge}.network`),
			mode: '0644',
			content: content([{name: 'Match', lines: [`Name=${bridge}`]}, ...mtu, ...moved, ...identity]),
		},
		{
			path: path(`${nic}.network`),
			mode: '0644',
			content: content([
				{name: 'Match', lines: [`Name=${nic}`]},
				...link,
				{name: 'Network', lines: [`Bridge=${bridge}`, 'LinkLocalAddressing=no', 'IPv6AcceptRA=no']},
			]),
		},
	];
}

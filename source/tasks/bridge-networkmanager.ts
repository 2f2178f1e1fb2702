import type {Section, Uplink} from '../host/uplink/uplink.ts';
import {writeSections, type ConfigurationFile} from './bridge-configuration.ts';

type NetworkManager = Extract<Uplink, {readonly renderer: 'networkmanager'}>;

/** The profile of the bridge's port; bringing it up brings the bridge up as well. */
function portProfile(bridge: string): string {
	return `cluster-wizard-${bridge}-port`;
}

/**
 * NetworkManager: a profile of the bridge, with what the NIC's profile says of addresses, and one of its port. Nothing
 * of the user's is changed: of several profiles that fit, the one with the highest priority is started.
 */
export function networkManagerFiles({nic, bridge, mac, sections}: NetworkManager & {readonly nic: string; readonly bridge: string}): ConfigurationFile[] {
	const file = (id: string, parts: readonly Section[]): ConfigurationFile => ({
		path: `/etc/NetworkManager/system-connections/${id}.nmconnection`,
		// NetworkManager reads no profile that others could.
		mode: '0600',
		content: writeSections(parts),
	});
	const first = ['autoconnect=true', 'autoconnect-priority=999'];
	const ethernet = sections.find(({name}) => name === 'ethernet')?.lines ?? [];
	const mtu = ethernet.filter(line => /^mtu\s*=/.test(line));
	return [
		// Without STP NetworkManager takes no 0, and a kernel's default of 15 s otherwise.
		file(`cluster-wizard-${bridge}`, [
			{name: 'connection', lines: [`id=cluster-wizard-${bridge}`, 'type=bridge', `interface-name=${bridge}`, 'autoconnect-slaves=1', ...first]},
			{name: 'bridge', lines: [`mac-address=${mac}`, 'stp=false', 'forward-delay=2']},
			...(mtu.length > 0 ? [{name: 'ethernet', lines: mtu}] : []),
			...sections.filter(({name}) => name !== 'ethernet'),
		]),
		file(portProfile(bridge), [
			{name: 'connection', lines: [`id=${portProfile(bridge)}`, 'type=ethernet', `interface-name=${nic}`, `master=${bridge}`, 'slave-type=bridge', ...first]},
			{name: 'ethernet', lines: ethernet},
		]),
	];
}

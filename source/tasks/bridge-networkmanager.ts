import type {Section, Uplink} from '../host/uplink/uplink.ts';
import {writeSections, type ConfigurationFile} from './bridge-configuration.ts';

type NetworkManager = Extract<Uplink, {readonly renderer: 'networkmanager'}>;

/** Name of the port's profile; activating this profile activates the bridge as well. */
function portProfile(bridge: string): string {
	return `cluster-wizard-${bridge}-port`;
}

/**
 * Files for NetworkManager: a profile of the bridge with the address settings of the NIC's profile, and one of its port.
 * The user's profiles are not changed: of several matching profiles, the one with the highest priority is activated.
 */
export function networkManagerFiles({
	nic,
	bridge,
	mac,
	sections,
}: NetworkManager & {readonly nic: string; readonly bridge: string}): ConfigurationFile[] {
	const file = (id: string, parts: readonly Section[]): ConfigurationFile => ({
		path: `/etc/NetworkManager/system-connections/${id}.nmconnection`,
		// NetworkManager ignores profiles that other users can read.
		mode: '0600',
		content: writeSections(parts),
	});
	const first = ['autoconnect=true', 'autoconnect-priority=999'];
	const ethernet = sections.find(({name}) => name === 'ethernet')?.lines ?? [];
	const mtu = ethernet.filter(line => /^mtu\s*=/.test(line));
	return [
		// NetworkManager rejects a delay of 0; without the setting, the kernel's default of 15 s applies.
		file(`cluster-wizard-${bridge}`, [
			{
				name: 'connection',
				lines: [
					`id=cluster-wizard-${bridge}`,
					'type=bridge',
					`interface-name=${bridge}`,
					'autoconnect-slaves=1',
					...first,
				],
			},
			{name: 'bridge', lines: [`mac-address=${mac}`, 'stp=false', 'forward-delay=2']},
			...(mtu.length > 0 ? [{name: 'ethernet', lines: mtu}] : []),
			...sections.filter(({name}) => name !== 'ethernet'),
		]),
		file(portProfile(bridge), [
			{
				name: 'connection',
				lines: [
					`id=${portProfile(bridge)}`,
					'type=ethernet',
					`interface-name=${nic}`,
					`master=${bridge}`,
					'slave-type=bridge',
					...first,
				],
			},
			{name: 'ethernet', lines: ethernet},
		]),
	];
}

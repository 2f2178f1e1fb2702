import {stringify} from 'yaml';
import type {Cluster} from '../cluster/cluster.ts';
import {bridgePlaceholder, type Uplink} from '../host/uplink/uplink.ts';
import type {BridgeChange, ConfigurationFile, Refusal} from './bridge-configuration.ts';
import {networkdFiles} from './bridge-networkd.ts';
import {networkManagerFiles} from './bridge-networkmanager.ts';
import {networkManager, refusalText} from './bridge-refusals.ts';
import {phrase} from '../languages/text.ts';

/**
 * Computes the host's network configuration with the NIC as a port of the bridge. The NIC's settings (DHCP or addresses,
 * routes, name servers, IPv4 and IPv6) move to the bridge; the rest of the files is not changed.
 */
export function bridgeChange({host, networks}: Cluster): BridgeChange | Refusal {
	const {nic, uplink, renderer} = host;
	const bridge = networks.external.label;
	if (renderer === 'networkmanager' && uplink === undefined) {
		return {refusal: networkManager(bridge, nic)};
	}

	if (nic === undefined) {
		return {refusal: phrase("It is not known which NIC becomes the bridge's port: set `host.nic` to a wired NIC")};
	}

	if (uplink === undefined && renderer !== 'none') {
		return {
			refusal: phrase(
				"{nic} cannot be a bridge's port: it is not on this host, or it is Wi-Fi or mobile broadband: set `host.nic` to a wired NIC, or choose `external: nat`",
				{nic},
			),
		};
	}

	if (uplink === undefined) {
		return {
			refusal: phrase(
				'Nothing that the wizard knows (netplan, ifupdown, systemd-networkd) configures {nic}: make the bridge yourself, it will be used as it is, or choose `external: nat`',
				{nic},
			),
		};
	}

	if ('refusal' in uplink) {
		return {refusal: refusalText(nic, uplink.renderer, uplink.refusal)};
	}

	switch (uplink.renderer) {
		case 'netplan': {
			return {edited: uplink.files, added: netplanFiles(bridge, uplink)};
		}

		case 'ifupdown': {
			return {
				edited: uplink.files.map(file => ({
					...file,
					edits: file.edits.map(edit => ({...edit, text: edit.text.replaceAll(bridgePlaceholder, bridge)})),
				})),
				added: [],
			};
		}

		case 'networkd': {
			return {edited: [], added: networkdFiles({...uplink, nic, bridge})};
		}

		case 'networkmanager': {
			return {edited: [], added: networkManagerFiles({...uplink, nic, bridge})};
		}
	}
}

/** The bridge's definition; its name sorts after the user's files, so netplan reads it last. */
function netplanFiles(
	bridge: string,
	{id, settings, mac, iaid}: Extract<Uplink, {readonly settings: unknown}>,
): ConfigurationFile[] {
	const definition = {interfaces: [id], macaddress: mac, parameters: {stp: false, 'forward-delay': 0}, ...settings};
	return [
		{
			path: `/etc/netplan/95-cluster-wizard-${bridge}.yaml`,
			mode: '0600',
			content: `# Made by cluster-wizard.\n${stringify({network: {version: 2, bridges: {[bridge]: definition}}})}`,
		},
		// The DHCP server assigns the NIC's address only to the same IAID.
		...(iaid === undefined
			? []
			: [
					{
						path: `/etc/systemd/network/10-netplan-${bridge}.network.d/cluster-wizard.conf`,
						mode: '0644',
						content: `[DHCPv4]\nIAID=${iaid}\n`,
					},
				]),
	];
}

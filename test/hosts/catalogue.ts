import {side, wan} from './host.ts';
import type {Addition, Release} from './layers.ts';

/** Who configures a host's network. */
export type Manager = 'ifupdown' | 'netplan' | 'networkd' | 'networkmanager';

/** A host as data. */
export interface HostDefinition {
	readonly name: string;
	readonly release: Release;
	readonly manager: Manager;
	readonly additions?: readonly Addition[];
	/** Of the NIC with the cable, as the host has them before and after the bridge; one that is not bridged has none here. */
	readonly bridged?: readonly string[];
	/** On its disk before the first boot, by path. */
	readonly files?: Readonly<Record<string, string>>;
	/** Files that take the place of /proc's, by path below /proc. */
	readonly proc?: Readonly<Record<string, string>>;
	/** Shell text that is run once, after the first boot. */
	readonly setup?: string;
}

const loopback = 'auto lo\niface lo inet loopback\n';
const interfaces = (first: string) => `${loopback}\n# the cable\n${first}\nauto ${side.nic}\niface ${side.nic} inet static\n\taddress ${side.address}/24\n`;
const netplan = (first: string, renderer = 'networkd') => `network:\n  version: 2\n  renderer: ${renderer}\n  ethernets:\n    ${side.nic}:\n      addresses: [${side.address}/24]\n    # the cable\n    ${wan.nic}:\n${first}`;

/** What the managers are made of. */
const ifupdown: Addition = {packages: ['ifupdown', 'isc-dhcp-client', 'bridge-utils']};
const networkd: Addition = {packages: ['systemd-resolved'], commands: 'systemctl enable --quiet systemd-networkd'};

const networkmanager: Addition = {
	packages: ['network-manager'],
	// NetworkManager leaves virtual cables to those who made them.
	commands: 'ln -s /dev/null /etc/udev/rules.d/85-nm-unmanaged.rules',
};
const profile = (nic: string, ipv4: string) => ({[`/etc/NetworkManager/system-connections/${nic}.nmconnection`]: `[connection]\nid=${nic}\ntype=ethernet\ninterface-name=${nic}\n\n[ipv4]\n${ipv4}`});

const address = `${wan.address}/24`;
/** Second address of the host with an alias. */
const alias = '192.168.1.21/24';

const plain: readonly HostDefinition[] = [
	{
		name: 'Debian 12, ifupdown, DHCP', release: 'bookworm', manager: 'ifupdown', additions: [ifupdown], bridged: [address],
		files: {'/etc/network/interfaces': interfaces(`allow-hotplug ${wan.nic}\niface ${wan.nic} inet dhcp\n`)},
	},
	{
		name: 'Debian 12, ifupdown, static', release: 'bookworm', manager: 'ifupdown', additions: [ifupdown], bridged: [address, alias],
		files: {'/etc/network/interfaces': interfaces(`auto ${wan.nic}\niface ${wan.nic} inet static\n\taddress ${wan.address}/24\n\tgateway ${wan.gateway}\n\nauto ${wan.nic}:0\niface ${wan.nic}:0 inet static\n\taddress ${alias}\n`)},
	},
	{
		name: 'Debian 13, netplan, DHCP', release: 'trixie', manager: 'netplan', additions: [networkd, {packages: ['netplan.io']}], bridged: [address],
		files: {'/etc/netplan/01-host.yaml': netplan('      dhcp4: true\n')},
	},
	{
		name: 'Debian 13, netplan, static', release: 'trixie', manager: 'netplan', additions: [networkd, {packages: ['netplan.io']}], bridged: [address],
		files: {'/etc/netplan/01-host.yaml': netplan(`      addresses: [${wan.address}/24]\n      routes: [{to: default, via: ${wan.gateway}}]\n`)},
	},
	{
		name: 'Debian 13, systemd-networkd, DHCP', release: 'trixie', manager: 'networkd', additions: [networkd], bridged: [address],
		files: {
			'/etc/systemd/network/20-cable.network': `[Match]\nName=${wan.nic}\n\n[Network]\nDHCP=ipv4\n`,
			'/etc/systemd/network/30-side.network': `[Match]\nName=${side.nic}\n\n[Network]\nAddress=${side.address}/24\n`,
		},
	},
];

const desktops: readonly HostDefinition[] = [
	{
		name: 'Debian 13, NetworkManager, DHCP', release: 'trixie', manager: 'networkmanager', additions: [networkmanager], bridged: [address],
		files: {...profile(wan.nic, 'method=auto\n'), ...profile(side.nic, `method=manual\naddress1=${side.address}/24\n`)},
	},
	{
		name: 'Debian 12, NetworkManager, static', release: 'bookworm', manager: 'networkmanager', additions: [networkmanager], bridged: [address],
		files: {...profile(wan.nic, `method=manual\naddress1=${address},${wan.gateway}\n`), ...profile(side.nic, `method=manual\naddress1=${side.address}/24\n`)},
	},
];

export const catalogue: readonly HostDefinition[] = [...plain, ...desktops];

/** The hosts on which the bridge is tested, of those with this manager. */
export function bridgedHosts(manager: Manager): ReadonlyArray<HostDefinition & {readonly bridged: readonly string[]}> {
	return catalogue.flatMap(host => host.manager === manager && host.bridged ? [{...host, bridged: host.bridged}] : []);
}

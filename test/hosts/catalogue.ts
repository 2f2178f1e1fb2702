import {side, wan} from './cables.ts';
import type {Addition, Release} from './layers.ts';
import {bridgeFilter, dockerFilter, fullTunnel, otherNetworks} from './surroundings.ts';

/** Who configures a host's network. */
export type Manager = 'ifupdown' | 'netplan' | 'networkd' | 'networkmanager';

/** A host as data. */
export interface HostDefinition {
	readonly name: string;
	readonly release: Release;
	readonly manager: Manager;
	readonly additions?: readonly Addition[];
	/** On its disk before the first boot, by path. */
	readonly files?: Readonly<Record<string, string>>;
	/** Files that take the place of /proc's, by path below /proc. */
	readonly proc?: Readonly<Record<string, string>>;
	/** Shell text that is run once, after the first boot. */
	readonly setup?: string;
	/** What `plan` has to say; without it, that the host fits. */
	readonly unfit?: readonly string[];
	/** Other things that `plan` has to say. */
	readonly says?: readonly string[];
	/** What it must not say. */
	readonly keepsSilent?: readonly string[];
	/** The NIC's addresses, before and after it is a port of the bridge; or why `plan` refuses that, and the command that it names. */
	readonly bridge: {readonly addresses: readonly string[]} | {readonly refusal: string; readonly remedy?: string};
	/** Whether its router leads to the Internet; otherwise nothing outside answers. */
	readonly hasWayOut?: boolean;
	/** Whether the bridge is also tested with the wizard killed and the power lost. */
	readonly isHarmed?: boolean;
	/** Whether the whole cluster is built on it: in every run, or in the long one. */
	readonly build?: 'always' | 'long';
	/** Whether that cluster is also stopped and started. */
	readonly isStopped?: boolean;
}

const loopback = 'auto lo\niface lo inet loopback\n';
const interfaces = (first: string) =>
	`${loopback}\n# the cable\n${first}\nauto ${side.nic}\niface ${side.nic} inet static\n\taddress ${side.address}/24\n`;
const netplan = (first: string) =>
	`network:\n  version: 2\n  renderer: networkd\n  ethernets:\n    ${side.nic}:\n      addresses: [${side.address}/24]\n    # the cable\n    ${wan.nic}:\n${first}`;
const staticNetplan = netplan(
	`      addresses: [${wan.address}/24]\n      routes: [{to: default, via: ${wan.gateway}}]\n`,
);

/** What the managers are made of. */
const ifupdown: Addition = {packages: ['ifupdown', 'isc-dhcp-client', 'bridge-utils']};
const networkd: Addition = {packages: ['systemd-resolved'], commands: 'systemctl enable --quiet systemd-networkd'};
const netplanTool: Addition = {packages: ['netplan.io']};
const libvirt: Addition = {packages: ['libvirt-daemon-system', 'libvirt-clients', 'qemu-system-x86', 'dnsmasq-base']};

const networkmanager: Addition = {
	packages: ['network-manager'],
	// NetworkManager leaves virtual cables to those who made them.
	commands: 'ln -s /dev/null /etc/udev/rules.d/85-nm-unmanaged.rules',
};
const firewalld: Addition = {packages: ['firewalld'], commands: 'systemctl enable --quiet firewalld'};

/** Ubuntu's sudo since 25.10; Debian has it beside the other one. */
export const sudoRs: Addition = {packages: ['sudo-rs'], commands: 'ln -sf sudo-rs /usr/bin/sudo'};

const profile = (nic: string, ipv4: string) => ({
	[`/etc/NetworkManager/system-connections/${nic}.nmconnection`]: `[connection]\nid=${nic}\ntype=ethernet\ninterface-name=${nic}\n\n[ipv4]\n${ipv4}`,
});

const address = `${wan.address}/24`;
/** Second address of the host with an alias. */
const alias = '192.168.1.21/24';
const keeps = {addresses: [address]};

const ifupdownDhcp = {
	release: 'bookworm',
	manager: 'ifupdown',
	additions: [ifupdown],
	bridge: keeps,
	files: {'/etc/network/interfaces': interfaces(`allow-hotplug ${wan.nic}\niface ${wan.nic} inet dhcp\n`)},
} as const satisfies Partial<HostDefinition>;

const netplanStatic = {
	release: 'trixie',
	manager: 'netplan',
	additions: [networkd, netplanTool],
	bridge: keeps,
	files: {'/etc/netplan/01-host.yaml': staticNetplan},
} as const satisfies Partial<HostDefinition>;

const networkdDhcp = {
	release: 'trixie',
	manager: 'networkd',
	additions: [networkd],
	bridge: keeps,
	files: {
		'/etc/systemd/network/20-cable.network': `[Match]\nName=${wan.nic}\n\n[Network]\nDHCP=ipv4\n`,
		'/etc/systemd/network/30-side.network': `[Match]\nName=${side.nic}\n\n[Network]\nAddress=${side.address}/24\n`,
	},
} as const satisfies Partial<HostDefinition>;

/** Neither Debian 12 nor 13 has libvirt's daemons for single drivers: the one for all of them runs under such a name. */
const virtqemud =
	'[Unit]\nAfter=dbus.service\n\n[Service]\nType=notify\nExecStart=/usr/sbin/libvirtd\n\n[Install]\nWantedBy=multi-user.target\n';

/** One for each way to configure a network. */
const plain: readonly HostDefinition[] = [
	{...ifupdownDhcp, name: 'Debian 12, ifupdown, DHCP', isHarmed: true, build: 'long', isStopped: true},
	{
		...ifupdownDhcp,
		name: 'Debian 12, ifupdown, static',
		isHarmed: true,
		bridge: {addresses: [address, alias]},
		files: {
			'/etc/network/interfaces': interfaces(
				`auto ${wan.nic}\niface ${wan.nic} inet static\n\taddress ${address}\n\tgateway ${wan.gateway}\n\nauto ${wan.nic}:0\niface ${wan.nic}:0 inet static\n\taddress ${alias}\n`,
			),
		},
	},
	{
		...netplanStatic,
		name: 'Debian 13, netplan, DHCP',
		isHarmed: true,
		files: {'/etc/netplan/01-host.yaml': netplan('      dhcp4: true\n')},
	},
	{...netplanStatic, name: 'Debian 13, netplan, static', isHarmed: true, build: 'long'},
	{...networkdDhcp, name: 'Debian 13, systemd-networkd, DHCP', isHarmed: true},
];

const desktops: readonly HostDefinition[] = [
	{
		name: 'Debian 13, NetworkManager, DHCP',
		release: 'trixie',
		manager: 'networkmanager',
		additions: [networkmanager],
		bridge: keeps,
		isHarmed: true,
		build: 'long',
		files: {...profile(wan.nic, 'method=auto\n'), ...profile(side.nic, `method=manual\naddress1=${side.address}/24\n`)},
	},
	{
		name: 'Debian 12, NetworkManager, static',
		release: 'bookworm',
		manager: 'networkmanager',
		additions: [networkmanager],
		bridge: keeps,
		isHarmed: true,
		files: {
			...profile(wan.nic, `method=manual\naddress1=${address},${wan.gateway}\n`),
			...profile(side.nic, `method=manual\naddress1=${side.address}/24\n`),
		},
	},
	{
		name: 'Debian 13, netplan for NetworkManager, DHCP',
		release: 'trixie',
		manager: 'networkmanager',
		additions: [networkmanager, netplanTool],
		bridge: keeps,
		isHarmed: true,
		files: {
			'/etc/netplan/01-network-manager-all.yaml': netplan('      dhcp4: true\n').replace(
				'renderer: networkd',
				'renderer: NetworkManager',
			),
		},
	},
];

/** The same hosts with something that computers of users have. */
const variants: readonly HostDefinition[] = [
	{...ifupdownDhcp, name: "Docker's packet filter", build: 'long', files: {...ifupdownDhcp.files, ...dockerFilter}},
	{
		...networkdDhcp,
		name: 'br_netfilter without Docker',
		build: 'always',
		files: {...networkdDhcp.files, ...bridgeFilter},
	},
	{...networkdDhcp, name: 'firewalld', build: 'long', additions: [networkd, firewalld]},
	{
		...networkdDhcp,
		name: 'firewalld with br_netfilter',
		additions: [networkd, firewalld],
		files: {...networkdDhcp.files, ...bridgeFilter},
		bridge: {
			refusal: 'the packet filter cuts off machines on kvmbr0: inet firewalld filter_FORWARD_POLICIES: reject',
			remedy: 'firewall-cmd --permanent --add-interface=kvmbr0 && firewall-cmd --reload',
		},
	},
	{
		...ifupdownDhcp,
		name: 'ufw',
		additions: [ifupdown, {packages: ['ufw']}],
		setup: 'ufw allow 22/tcp && ufw --force enable',
	},
	{
		...networkdDhcp,
		name: 'VPN with a full tunnel',
		files: {...networkdDhcp.files, ...fullTunnel},
		says: ['192.168.200.135', '10.0.10.100'],
	},
	{
		...ifupdownDhcp,
		name: 'other machines and networks in libvirt',
		additions: [ifupdown, libvirt],
		setup: otherNetworks,
		says: ['192.168.201.135', '10.110.10.100'],
	},
	{
		...networkdDhcp,
		name: 'virtqemud in the place of libvirtd',
		additions: [
			networkd,
			libvirt,
			{commands: 'systemctl mask --quiet libvirtd.service libvirtd.socket libvirtd-ro.socket libvirtd-admin.socket'},
		],
		files: {...networkdDhcp.files, '/etc/systemd/system/virtqemud.service': virtqemud},
		setup: 'systemctl enable --quiet --now virtqemud.service',
		keepsSilent: ['libvirt does not answer', 'libvirt does not start'],
	},
	{
		...ifupdownDhcp,
		name: "the user's own bridge br0",
		bridge: {refusal: 'it is a port of br0'},
		files: {
			'/etc/network/interfaces': interfaces(
				`iface ${wan.nic} inet manual\n\nauto br0\niface br0 inet dhcp\n\tbridge_ports ${wan.nic}\n\tbridge_fd 0\n`,
			),
		},
	},
	{
		...netplanStatic,
		name: 'little memory',
		proc: {
			meminfo:
				'MemTotal:        4000000 kB\nMemFree:          500000 kB\nMemAvailable:    1500000 kB\nBuffers:               0 kB\nCached:                0 kB\nSwapTotal:             0 kB\nSwapFree:              0 kB\n',
		},
		unfit: ['1.4 GiB are available'],
		bridge: {refusal: '1.4 GiB are available'},
	},
	{
		...ifupdownDhcp,
		name: 'Spanish',
		files: {...ifupdownDhcp.files, '/etc/default/locale': 'LANG=es_ES.UTF-8\n'},
		says: ['Instalar KVM, libvirt y lo necesario para crear las máquinas'],
	},
	{
		...networkdDhcp,
		name: 'sudo-rs in the place of sudo',
		additions: [networkd, sudoRs],
	},
	{
		...networkdDhcp,
		name: 'a home with blanks and an apostrophe',
		setup:
			'loginctl terminate-user ana 2>/dev/null; install -d "/srv/la casa de l\'Ana" && usermod -d "/srv/la casa de l\'Ana/ana maria" -m ana',
	},
];

/** Ubuntu's files on top of Debian's packages: what the program reads of them is tested, not what Ubuntu's packages do. */
const ubuntu = (version: string, codename: string, title: string) =>
	`PRETTY_NAME="${title}"\nNAME="Ubuntu"\nVERSION_ID="${version}"\nVERSION="${title.replace('Ubuntu ', '')}"\nVERSION_CODENAME=${codename}\nID=ubuntu\nID_LIKE=debian\nUBUNTU_CODENAME=${codename}\n`;
const cloudInit = `# This file is generated from information provided by the datasource.  Changes\n# to it will not persist across an instance reboot.\nnetwork:\n    ethernets:\n        ${wan.nic}:\n            dhcp4: true\n    version: 2\n`;
const subiquity = `# This is the network config written by 'subiquity'\nnetwork:\n  ethernets:\n    ${wan.nic}:\n      addresses:\n      - ${address}\n      nameservers:\n        addresses:\n        - ${wan.gateway}\n        search: []\n      routes:\n      - to: default\n        via: ${wan.gateway}\n  version: 2\n`;

/** Coreutils in Rust, as Ubuntu 26.04 has them; its cp, mv and rm are GNU's. */
const uutils: Addition = {
	packages: ['rust-coreutils'],
	commands:
		'for file in $(dpkg -L coreutils | grep ^/usr/bin/); do name=${file##*/}; case $name in cp | mv | rm) continue ;; esac; [ ! -e "/usr/lib/cargo/bin/coreutils/$name" ] || ln -sf coreutils "$file"; done',
};

const ubuntus: readonly HostDefinition[] = [
	{
		...netplanStatic,
		name: 'files of Ubuntu 22.04, netplan of subiquity',
		files: {
			'/etc/os-release': ubuntu('22.04', 'jammy', 'Ubuntu 22.04.5 LTS'),
			'/etc/netplan/00-installer-config.yaml': subiquity,
		},
	},
	{
		...netplanStatic,
		name: 'files of Ubuntu 24.04, netplan of cloud-init',
		files: {
			'/etc/os-release': ubuntu('24.04', 'noble', 'Ubuntu 24.04.3 LTS'),
			'/etc/netplan/50-cloud-init.yaml': cloudInit,
		},
	},
	{
		...netplanStatic,
		name: 'files of Ubuntu 26.04 and its coreutils, netplan of cloud-init',
		files: {
			'/etc/os-release': ubuntu('26.04', 'resolute', 'Ubuntu 26.04 LTS'),
			'/etc/netplan/50-cloud-init.yaml': cloudInit,
		},
		additions: [networkd, netplanTool, uutils],
	},
];

export const catalogue: readonly HostDefinition[] = [...plain, ...desktops, ...variants, ...ubuntus];

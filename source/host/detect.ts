import {render} from '../shell/command.ts';
import {parseUplink, readUplink} from './uplink/read.ts';
import type {HostFacts, HostNic} from './host-facts.ts';
import {localHost, type HostProbe} from './host-probe.ts';
import {
	findRenderer,
	parseAddresses,
	parseCpuinfo,
	parseForwardPolicy,
	parseMeminfo,
	parseOsRelease,
	parseResolvConf,
	parseRoutes,
	type Sysfs,
} from './parse-facts.ts';

export interface DetectOptions {
	/** Folder for the VMs' disks; it need not exist. */
	readonly disks?: string;
	readonly machine?: HostProbe;
}

/**
 * Reads facts about this computer without changing it. Runs once for a cluster; later runs use the saved facts.
 * @param clusterId a random UUID, chosen once
 */
export function detectHostFacts(
	clusterId: string,
	{disks = '/var/lib/libvirt/images', machine = localHost}: DetectOptions = {},
): HostFacts {
	const cpu = parseCpuinfo(machine.file('/proc/cpuinfo') ?? '');
	const routes = parseRoutes(machine.run('ip', '-json', '-4', 'route') ?? '[]');
	const nics = parseAddresses(machine.run('ip', '-json', 'address') ?? '[]', name => sysfs(machine, name));
	return {
		clusterId,
		detectedAt: new Date().toISOString(),
		release: {value: parseOsRelease(machine.file('/etc/os-release') ?? ''), source: '/etc/os-release'},
		memory: {value: parseMeminfo(machine.file('/proc/meminfo') ?? ''), source: '/proc/meminfo'},
		disk: {value: machine.free(disks), source: `df ${disks}`},
		cpus: {value: cpu.cpus, source: '/proc/cpuinfo'},
		virtualization: {value: cpu.virtualization, source: '/proc/cpuinfo'},
		nics: {value: nics, source: 'ip address; /sys/class/net'},
		defaultRoute: {value: routes.defaultRoute, source: 'ip -4 route'},
		routes: {value: routes.ranges, source: 'ip -4 route'},
		nameservers: detectNameservers(machine),
		renderer: detectRenderer(
			machine,
			nics.find(({name}) => name === routes.defaultRoute?.nic) ?? nics.find(nic => nic.kind === 'wired'),
		),
		uplinks: detectUplinks(machine, nics),
		forwardPolicy: detectForwardPolicy(machine),
		bridgeFiltered: {
			value: machine.file('/proc/sys/net/bridge/bridge-nf-call-iptables')?.trim() === '1',
			source: '/proc/sys/net/bridge/bridge-nf-call-iptables',
		},
	};
}

function sysfs(machine: HostProbe, name: string): Sysfs {
	const folder = `/sys/class/net/${name}`;
	const carrier = machine.file(`${folder}/carrier`)?.trim();
	return {
		hardware: machine.exists(`${folder}/device`),
		wireless:
			machine.exists(`${folder}/wireless`) ||
			machine.exists(`${folder}/phy80211`) ||
			/^DEVTYPE=wwan$/m.test(machine.file(`${folder}/uevent`) ?? ''),
		bridge: machine.exists(`${folder}/bridge`),
		carrier: carrier === undefined || carrier === '' ? undefined : carrier === '1',
	};
}

/** If /etc/resolv.conf names only a local stub, reads the real servers from systemd-resolved's or NetworkManager's file. */
function detectNameservers(machine: HostProbe): HostFacts['nameservers'] {
	const files = ['/etc/resolv.conf', '/run/systemd/resolve/resolv.conf', '/run/NetworkManager/no-stub-resolv.conf'];
	for (const source of files) {
		const value = parseResolvConf(machine.file(source) ?? '');
		if (value.length > 0) {
			return {value, source};
		}
	}

	return {value: [], source: files.join(', ')};
}

function detectRenderer(
	machine: HostProbe,
	{name: nic, mac = '', altnames = []}: Pick<HostNic, 'name' | 'mac' | 'altnames'> = {name: ''},
): HostFacts['renderer'] {
	const read = (folder: string, ending: string) =>
		machine
			.list(folder)
			.filter(name => name.endsWith(ending))
			.map(name => machine.file(`${folder}/${name}`) ?? '');
	const index = machine.file(`/sys/class/net/${nic}/ifindex`)?.trim() ?? '0';
	const value = findRenderer(
		{
			netplan: read('/etc/netplan', '.yaml'),
			interfaces: `${machine.file('/etc/network/interfaces') ?? ''}\n${read('/etc/network/interfaces.d', '').join('\n')}`,
			networkManager: machine.file(`/run/NetworkManager/devices/${index}`),
			networkd: machine.file(`/run/systemd/netif/links/${index}`),
		},
		{nic, mac, altnames},
	);
	const sources = {
		netplan: '/etc/netplan',
		ifupdown: '/etc/network/interfaces',
		networkmanager: machine.list('/etc/netplan').length > 0 ? '/etc/netplan' : `/run/NetworkManager/devices/${index}`,
		networkd: `/run/systemd/netif/links/${index}`,
		none: '/etc/netplan, /etc/network/interfaces, /run/NetworkManager, /run/systemd/netif',
	};
	return {value, source: sources[value]};
}

/** Reads the configuration of every possible port of the bridge: any Ethernet interface except Wi-Fi and bridges. */
function detectUplinks(machine: HostProbe, nics: readonly HostNic[]): HostFacts['uplinks'] {
	if (!machine.isRoot) {
		return undefined;
	}

	const uplinks = nics
		.filter(nic => nic.kind !== 'wireless' && nic.mac !== undefined && nic.bridge !== true)
		.flatMap(nic => {
			const {name} = nic;
			const renderer = detectRenderer(machine, nic).value;
			if (renderer === 'none') {
				return [];
			}

			const output = machine.run('sh', '-c', render(readUplink(name, renderer), 'execute'));
			return output === undefined
				? []
				: [[name, parseUplink({nic: name, altnames: nic.altnames ?? []}, renderer, output)] as const];
		});
	return {value: Object.fromEntries(uplinks), source: '/etc/netplan, /etc/network, networkctl'};
}

/** Runs iptables-legacy only if its tables are in use, because running it would load its kernel modules. */
function detectForwardPolicy(machine: HostProbe): HostFacts['forwardPolicy'] {
	const legacy = machine.file('/proc/net/ip_tables_names')?.includes('filter')
		? machine.run('iptables-legacy', '-S', 'FORWARD')
		: undefined;
	if (legacy !== undefined && /^-P FORWARD DROP/m.test(legacy)) {
		return {value: 'drop', source: 'iptables-legacy -S FORWARD'};
	}

	const chains = machine.run('nft', '--json', 'list', 'chains');
	return {
		value: chains === undefined ? (legacy === undefined ? 'unknown' : 'accept') : parseForwardPolicy(chains),
		source: 'nft list chains',
	};
}

import {regExp} from '../regexp.ts';
import {linesOf} from './uplink/interfaces-lines.ts';
import {netplanRenderer, type NicNames} from './uplink/netplan-definitions.ts';
import {formatAddress, networkOf, parseAddress} from '../text/cidr.ts';
import type {HostFacts, HostNic} from './host-facts.ts';
import {parseJson} from '../text/json.ts';

/** Parses /etc/os-release: shell assignments, quoted or not (os-release(5)). */
export function parseOsRelease(text: string): HostFacts['release']['value'] {
	const fields = Object.fromEntries(
		text.split('\n').flatMap(line => {
			const match = /^([A-Z_\d]+)=(.*)$/.exec(line.trim());
			return match ? [[match[1]!, match[2]!.replace(/^(["'])(.*)\1$/, '$2').replaceAll(/\\(["$`\\])/g, '$1')]] : [];
		}),
	);
	const distribution = fields['ID'] ?? 'linux';
	return {
		distribution,
		version: fields['VERSION_ID'] ?? '',
		codename: fields['VERSION_CODENAME'] ?? '',
		title: fields['PRETTY_NAME'] ?? distribution,
	};
}

/** Parses /proc/meminfo into MiB. Uses MemFree on kernels before 3.14, which have no MemAvailable. */
export function parseMeminfo(text: string): HostFacts['memory']['value'] {
	const field = (name: string) => Number(regExp('m')`^${name}:\s+(\d+) kB`.exec(text)?.[1] ?? Number.NaN);
	const available = field('MemAvailable');
	return {
		total: Math.floor(field('MemTotal') / 1024),
		available: Math.floor((Number.isNaN(available) ? field('MemFree') : available) / 1024),
	};
}

/** Parses /proc/cpuinfo of an x86 computer: number of logical processors, and the flag for hardware virtualization. */
export function parseCpuinfo(text: string): {cpus: number; virtualization: HostFacts['virtualization']['value']} {
	const flags = new Set(/^flags\s*:(.*)$/m.exec(text)?.[1]?.trim().split(/\s+/));
	return {
		cpus: text.match(/^processor\s*:/gm)?.length ?? 1,
		virtualization: flags.has('vmx') ? 'vmx' : flags.has('svm') ? 'svm' : 'none',
	};
}

/** Parses the IPv4 name servers of a resolv.conf. Skips local stubs such as 127.0.0.53, which VMs cannot query. */
export function parseResolvConf(text: string): string[] {
	const servers = [...text.matchAll(/^[\t ]*nameserver[\t ]+(\S+)/gm)].map(match => match[1]!);
	return [...new Set(servers)].filter(
		server => parseAddress(server) !== undefined && !server.startsWith('127.') && server !== '0.0.0.0',
	);
}

/** Facts about one interface from /sys/class/net. */
export interface Sysfs {
	/** Whether the interface is a device on a bus, not a virtual one. */
	readonly hardware: boolean;
	readonly wireless: boolean;
	readonly bridge: boolean;
	readonly carrier: boolean | undefined;
}

interface IpAddress {
	ifname: string;
	altnames?: string[];
	link_type?: string;
	address?: string;
	master?: string;
	addr_info?: Array<{family?: string; local?: string; prefixlen?: number; scope?: string}>;
}

/** Parses `ip -json address` and adds facts from sysfs; skips the loopback interface. */
export function parseAddresses(json: string, sysfs: (name: string) => Sysfs): HostNic[] {
	return (parseJson(json) as IpAddress[])
		.filter(link => link.ifname && link.link_type !== 'loopback')
		.map(link => {
			const {hardware, wireless, bridge, carrier} = sysfs(link.ifname);
			return {
				name: link.ifname,
				kind: wireless ? 'wireless' : hardware ? 'wired' : 'virtual',
				carrier,
				mac: link.link_type === 'ether' ? link.address?.toLowerCase() : undefined,
				...(link.altnames && {altnames: link.altnames}),
				bridge,
				controller: link.master,
				addresses: (link.addr_info ?? [])
					.filter(info => info.family === 'inet' && info.local)
					.map(info => `${info.local}/${info.prefixlen ?? 32}`),
			};
		});
}

interface IpRoute {
	type?: string;
	dst?: string;
	gateway?: string;
	via?: {host?: string};
	dev?: string;
	metric?: number;
	nexthops?: Array<{gateway?: string; dev?: string}>;
}

/** Parses `ip -json route`: the default route with the lowest metric, and the ranges in use. */
export function parseRoutes(json: string): {defaultRoute: HostFacts['defaultRoute']['value']; ranges: string[]} {
	const routes = parseJson(json) as IpRoute[];
	const defaults = routes
		.filter(route => route.dst === 'default' && (route.type ?? 'unicast') === 'unicast')
		.map(route => ({
			metric: route.metric ?? 0,
			gateway: route.gateway ?? route.nexthops?.[0]?.gateway,
			nic: route.dev ?? route.nexthops?.[0]?.dev,
		}))
		.sort((one, other) => one.metric - other.metric);
	const [first] = defaults;
	const ranges = routes.flatMap(({dst}) => {
		const [address = '', prefix = '32'] = dst?.split('/') ?? [];
		const number = parseAddress(address);
		// Skip a VPN's 0.0.0.0/1 and 128.0.0.0/1, which together are a default route.
		return number === undefined || address.startsWith('169.254.') || Number(prefix) < 8
			? []
			: [networkOf(formatAddress(number), Number(prefix))];
	});
	return {
		defaultRoute: first?.nic === undefined ? undefined : {gateway: first.gateway, nic: first.nic},
		ranges: [...new Set(ranges)],
	};
}

/** Files that show which program configures a NIC. */
export interface RendererEvidence {
	/** Contents of /etc/netplan/*.yaml, in the order of their names. */
	readonly netplan: readonly string[];
	/** Contents of /etc/network/interfaces and of the files that it includes. */
	readonly interfaces: string;
	/** NetworkManager's state file of the NIC (/run/NetworkManager/devices/INDEX); undefined if there is none. */
	readonly networkManager: string | undefined;
	/** networkd's state file of the NIC (/run/systemd/netif/links/INDEX); undefined if there is none. */
	readonly networkd: string | undefined;
}

/** Finds the program that configures a NIC. Netplan comes first: it generates files for NetworkManager and networkd. */
export function findRenderer(signs: RendererEvidence, names: NicNames): HostFacts['renderer']['value'] {
	const byNetplan = netplanRenderer(signs.netplan, names);
	if (byNetplan !== undefined) {
		return byNetplan;
	}

	// Any `iface` line counts, even a lone `iface eno1 inet6 auto`.
	if (
		linesOf(signs.interfaces).some(({line}) => /^\s*iface\s/.test(line) && line.trim().split(/\s+/)[1] === names.nic)
	) {
		return 'ifupdown';
	}

	if (signs.networkManager !== undefined && !/^managed=false/m.test(signs.networkManager)) {
		return 'networkmanager';
	}

	if (signs.networkd !== undefined && /^NETWORK_FILE=/m.test(signs.networkd)) {
		// A file that netplan generated is not the user's own.
		return signs.netplan.length > 0 && /^NETWORK_FILE=\/run\/systemd\/network\/\d+-netplan-/m.test(signs.networkd)
			? 'netplan'
			: 'networkd';
	}

	return 'none';
}

interface NftList {
	nftables?: Array<{chain?: {family?: string; hook?: string; policy?: string; type?: string}}>;
}

/** Parses `nft --json list chains`: `drop` if any IPv4 chain on the forward hook has the policy drop. */
export function parseForwardPolicy(json: string): 'accept' | 'drop' {
	const chains = (parseJson(json) as NftList | null)?.nftables?.flatMap(entry => entry.chain ?? []) ?? [];
	return chains.some(
		chain => chain.hook === 'forward' && chain.policy === 'drop' && (chain.family === 'ip' || chain.family === 'inet'),
	)
		? 'drop'
		: 'accept';
}

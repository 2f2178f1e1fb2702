import {describe, expect, it} from 'vitest';
import {detectHostFacts} from '../../source/host/detect.ts';
import {hostFactsSchema} from '../../source/host/host-facts.ts';
import {hostDefaults} from '../../source/answers/host-defaults.ts';
import type {HostProbe} from '../../source/host/host-probe.ts';
import {hostSecrets, secretNetplan} from '../host-secrets.ts';

const id = '00000000-0000-4000-8000-000000000009';

interface World {
	readonly files?: Readonly<Record<string, string>>;
	readonly commands?: Readonly<Record<string, string>>;
}

/** A machine made of files and of what commands print. */
function machineOf({files = {}, commands = {}}: World): HostProbe {
	return {
		isRoot: true,
		file: path => files[path],
		exists: path => Object.keys(files).some(file => file === path || file.startsWith(`${path}/`)),
		list: folder =>
			Object.keys(files)
				.filter(file => file.startsWith(`${folder}/`))
				.map(file => file.slice(folder.length + 1))
				.sort(),
		run: (command, ...words) => commands[command === 'sh' ? 'sh' : [command, ...words].join(' ')],
		free: () => 50_000,
	};
}

const ubuntu: World = {
	files: {
		'/etc/os-release': 'ID=ubuntu\nVERSION_ID="24.04"\nVERSION_CODENAME=noble\nPRETTY_NAME="Ubuntu 24.04 LTS"\n',
		'/proc/meminfo': 'MemTotal: 8388608 kB\nMemAvailable: 4194304 kB\n',
		'/proc/cpuinfo': 'processor\t: 0\nflags\t\t: vmx\n',
		'/etc/resolv.conf': 'nameserver 127.0.0.53\n',
		'/run/systemd/resolve/resolv.conf': 'nameserver 192.168.1.1\n',
		'/etc/netplan/50-cloud-init.yaml': 'network:\n  ethernets:\n    eno1: {dhcp4: true}\n',
		'/sys/class/net/eno1/device': '',
		'/sys/class/net/eno1/carrier': '1\n',
		'/sys/class/net/eno1/ifindex': '2\n',
		'/sys/class/net/wlp3s0/device': '',
		'/sys/class/net/wlp3s0/phy80211': '',
		'/proc/sys/net/bridge/bridge-nf-call-iptables': '1\n',
	},
	commands: {
		'ip -json address': JSON.stringify([
			{
				ifname: 'eno1',
				link_type: 'ether',
				address: '02:00:00:00:00:01',
				addr_info: [{family: 'inet', local: '192.168.1.20', prefixlen: 24}],
			},
			{ifname: 'wlp3s0', link_type: 'ether', address: '02:00:00:00:00:02', addr_info: []},
		]),
		'ip -json -4 route': JSON.stringify([
			{dst: 'default', gateway: '192.168.1.1', dev: 'eno1'},
			{dst: '192.168.1.0/24', dev: 'eno1'},
		]),
		sh: `mac 02:00:00:00:00:01\niaid 0000000a\n${Object.entries(secretNetplan)
			.map(([path, content]) => `file ${Buffer.from(content).toString('base64')} ${path}\n`)
			.join('')}`,
		'nft --json list chains': JSON.stringify({nftables: [{chain: {family: 'ip', hook: 'forward', policy: 'drop'}}]}),
	},
};

function values(facts: ReturnType<typeof detectHostFacts>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(facts).map(([key, fact]) => [key, typeof fact === 'object' ? fact.value : fact]),
	);
}

describe('detectHostFacts', () => {
	it('finds what an Ubuntu server with Docker has', () => {
		const facts = detectHostFacts(id, {machine: machineOf(ubuntu)});
		expect(values(facts)).toMatchObject({
			clusterId: id,
			release: {distribution: 'ubuntu', version: '24.04'},
			memory: {total: 8192, available: 4096},
			disk: 50_000,
			cpus: 1,
			virtualization: 'vmx',
			nics: [
				{name: 'eno1', kind: 'wired', carrier: true},
				{name: 'wlp3s0', kind: 'wireless', carrier: undefined},
			],
			defaultRoute: {gateway: '192.168.1.1', nic: 'eno1'},
			routes: ['192.168.1.0/24'],
			nameservers: ['192.168.1.1'],
			renderer: 'netplan',
			uplinks: {
				eno1: {
					renderer: 'netplan',
					mac: '02:00:00:00:00:01',
					iaid: 10,
					id: 'eno1',
					settings: {dhcp4: true, mtu: 9000},
					files: [{path: '/etc/netplan/01-all.yaml'}],
				},
			},
			forwardPolicy: 'drop',
			bridgeFiltered: true,
		});
		expect(hostSecrets.filter(secret => JSON.stringify(facts).includes(secret))).toEqual([]);
		expect([facts.nameservers.source, facts.renderer.source]).toEqual([
			'/run/systemd/resolve/resolv.conf',
			'/etc/netplan',
		]);
	});

	it.each<[string, object, Record<string, string>]>([
		[
			'a modem that is an Ethernet interface',
			{link_type: 'ether', address: '02:00:00:00:00:05'},
			{uevent: 'DEVTYPE=wwan\nINTERFACE=wwan0\n'},
		],
		['a modem without Ethernet frames', {link_type: 'none'}, {uevent: 'DEVTYPE=wwan\nINTERFACE=wwan0\n'}],
		['Wi-Fi of an old driver', {link_type: 'ether', address: '02:00:00:00:00:05'}, {'wireless/beacon': ''}],
	])('never proposes %s as a port of the bridge, though the default route leads through it', (_, link, sysfs) => {
		const files = Object.fromEntries(
			Object.entries({device: '', carrier: '1\n', ifindex: '3\n', ...sysfs}).map(([name, content]) => [
				`/sys/class/net/wwan0/${name}`,
				content,
			]),
		);
		const commands = {
			'ip -json address': JSON.stringify([
				{ifname: 'wwan0', ...link, addr_info: [{family: 'inet', local: '100.64.7.9', prefixlen: 24}]},
			]),
			'ip -json -4 route': JSON.stringify([{dst: 'default', gateway: '100.64.7.1', dev: 'wwan0'}]),
		};
		const proposal = hostDefaults(detectHostFacts(id, {machine: machineOf({files, commands})}), false);
		expect(proposal.external).toBe('nat');
		expect([...proposal.instead!.bridges.keys()]).toEqual([]);
	});

	it('leaves private files to root', () => {
		expect(detectHostFacts(id, {machine: {...machineOf(ubuntu), isRoot: false}}).uplinks).toBeUndefined();
	});

	it('comes through a file unchanged', () => {
		const facts = detectHostFacts(id, {machine: machineOf(ubuntu)});
		expect(hostFactsSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(JSON.parse(JSON.stringify(facts)));
	});

	it('has an answer where a machine shows nothing at all', () => {
		expect(values(detectHostFacts(id, {machine: machineOf({})}))).toMatchObject({
			cpus: 1,
			virtualization: 'none',
			nics: [],
			defaultRoute: undefined,
			routes: [],
			nameservers: [],
			renderer: 'none',
			forwardPolicy: 'unknown',
			bridgeFiltered: false,
		});
	});

	it('asks the old packet filter only where it is in use', () => {
		const asked: string[] = [];
		const machine = (tables: string | undefined) => ({
			...machineOf({
				files: tables === undefined ? {} : {'/proc/net/ip_tables_names': tables},
				commands: {'iptables-legacy -S FORWARD': '-P FORWARD DROP\n'},
			}),
			run(command: string) {
				asked.push(command);
				return command === 'iptables-legacy' ? '-P FORWARD DROP\n-A FORWARD -j DOCKER-USER\n' : undefined;
			},
		});
		expect(detectHostFacts(id, {machine: machine(undefined)}).forwardPolicy.value).toBe('unknown');
		expect(asked).not.toContain('iptables-legacy');
		expect(detectHostFacts(id, {machine: machine('nat\nfilter\n')}).forwardPolicy).toEqual({
			value: 'drop',
			source: 'iptables-legacy -S FORWARD',
		});
	});

	it('works on the machine the tests run on', () => {
		const facts = hostFactsSchema.parse(
			JSON.parse(JSON.stringify(detectHostFacts(id, {disks: '/var/lib/no/such/folder'}))),
		);
		expect(facts.memory.value.total).toBeGreaterThan(100);
		expect(facts.disk.value).toBeGreaterThan(0);
		expect(facts.cpus.value).toBeGreaterThan(0);
	});
});

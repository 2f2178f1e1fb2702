import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {applyEdits} from '../../source/host/uplink/edits.ts';
import {reduceUplink} from '../../source/host/uplink/reduce.ts';
import type {Uplink} from '../../source/host/uplink/uplink.ts';
import {bridgeChange} from '../../source/tasks/bridge-change.ts';
import {testCluster, testFacts} from '../cluster-fixture.ts';

// Configurations of real hosts, after public bug reports; netplan and ifupdown judge what becomes of them.
const inputs = new URL('../inputs/', import.meta.url);
const mac = '02:00:00:00:00:01';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'uplink-'));
});
afterEach(() => {
	rmSync(root, {recursive: true});
});

function uplinkOf(renderer: 'netplan' | 'ifupdown', path: string, content: Buffer): Uplink {
	return reduceUplink({renderer, nic: 'eno1', mac, altnames: ['enp3s0'], files: [{path, content}]});
}

/** The files of the host's configuration when eno1 is a port of kvmbr0. */
function bridged(renderer: 'netplan' | 'ifupdown', path: string, content: Buffer): Record<string, string> {
	const uplink = uplinkOf(renderer, path, content);
	const facts = {
		...testFacts,
		renderer: {value: renderer, source: 'test'},
		uplinks: {value: {eno1: uplink}, source: 'test'},
	};
	const change = bridgeChange(testCluster({host: {external: 'bridge', nic: 'eno1'}}, {sandbox: false, facts}));
	if ('refusal' in change) {
		throw new Error(change.refusal.en);
	}

	return Object.fromEntries([
		[path, content.toString('latin1')],
		...change.edited.map(({edits}) => [path, applyEdits(content, edits).toString('latin1')]),
		...change.added.map(added => [added.path, added.content]),
	]);
}

function run(program: string, ...words: string[]) {
	const {status, stdout, stderr} = spawnSync(program, words, {encoding: 'utf8'});
	return {status, stdout, stderr};
}

describe('netplan', () => {
	const path = '/etc/netplan/01.yaml';
	const read = (name: string) => readFileSync(new URL(`netplan/${name}.yaml`, inputs));

	test.each([
		['anchors', 'form', path],
		['bond', 'member', 'bond0'],
		['bridge-user', 'member', 'br0'],
		['glob', 'pattern', 'all-en'],
		['null-nic', 'form', path],
	])('%s is refused', (name, kind, first) => {
		expect(uplinkOf('netplan', path, read(name))).toMatchObject({
			refusal: {kind, names: expect.arrayContaining([first])},
		});
	});

	test.each([
		['alias-ours', 'eno1', ['Address=192.168.1.20/24', 'DNS=192.168.1.53']],
		['altname', 'enp3s0', ['DHCP=ipv4']],
		['dhcp-id', 'primary', ['DHCP=ipv4', 'ClientIdentifier=mac', 'Gateway=192.168.1.1']],
		['duplicate-group', 'eno1', ['DHCP=ipv4']],
		['flow', 'eno1', ['DHCP=ipv4']],
		['long', 'eno1', ['DHCP=ipv4']],
		['tab-trailing', 'eno1', ['DHCP=ipv4']],
		['two-docs', 'eno1', ['DHCP=ipv4']],
		['vlan', 'eno1', ['DHCP=ipv4']],
		['wifi-nm', 'eno1', ['DHCP=ipv4']],
	])('%s is bridged', (name, id, expected) => {
		for (const [file, content] of Object.entries(bridged('netplan', path, read(name)))) {
			mkdirSync(join(root, file, '..'), {recursive: true});
			writeFileSync(join(root, file), content, {mode: 0o600});
		}

		expect(run('netplan', 'generate', '--root-dir', root)).toMatchObject({status: 0});
		const made = join(root, 'run/systemd/network');
		const bridge = readFileSync(join(made, '10-netplan-kvmbr0.network'), 'utf8');
		for (const line of expected) {
			expect(bridge).toContain(`${line}\n`);
		}

		const ports = readdirSync(made).filter(
			file => file.endsWith('.network') && readFileSync(join(made, file), 'utf8').includes('Bridge=kvmbr0\n'),
		);
		expect(ports).toEqual([`10-netplan-${id}.network`]);
		expect(readFileSync(join(made, ports[0]!), 'utf8')).not.toMatch(/^(DHCP|Address|Gateway)=/m);
	});
});

describe('ifupdown', () => {
	const path = '/etc/network/interfaces';
	const read = (name: string) => readFileSync(new URL(`ifupdown/${name}`, inputs));

	test.each([
		['bridge-regex', 'member', 'br0'],
		['mapping', 'obstacle', 'mapping'],
	])('%s is refused', (name, kind, first) => {
		expect(uplinkOf('ifupdown', path, read(name))).toEqual({
			renderer: 'ifupdown',
			mac,
			refusal: {kind, names: [first]},
		});
	});

	test.each([
		['no-scripts', 'auto eno1\nno-scripts en*\niface eno1 inet dhcp\n', {kind: 'obstacle', names: ['no-scripts']}],
		[
			'a port of a bridge by name',
			'auto br0\niface br0 inet dhcp\n\tbridge-ports eno2 eno1\n',
			{kind: 'member', names: ['br0']},
		],
		[
			'a bridge of all NICs',
			'auto br0\niface br0 inet dhcp\n\tbridge_ports all\niface eno1 inet manual\n',
			{kind: 'member', names: ['br0']},
		],
		[
			"a bond's member",
			'auto bond0\niface bond0 inet dhcp\n\tbond-slaves eno1 eno2\niface eno1 inet manual\n',
			{kind: 'member', names: ['bond0']},
		],
		[
			"a password in a command of the cable's",
			'auto eno1\niface eno1 inet dhcp\n\tpre-up authenticate $IFACE --password hidden\n',
			{kind: 'secret', names: ['pre-up']},
		],
	])('%s is refused', (_, content, refusal) => {
		expect(uplinkOf('ifupdown', path, Buffer.from(content))).toEqual({renderer: 'ifupdown', mac, refusal});
	});

	interface Expected {
		/** What `ifup --no-act kvmbr0` would run. */
		readonly bridge?: readonly string[];
		/** What `ifup --no-act eno1` would run. */
		readonly nic?: readonly string[];
		/** What starts at boot, in order, behind `lo`. */
		readonly starts?: readonly string[];
	}

	const address = 'ip addr add 192.168.1.20/255.255.255.0 broadcast 192.168.1.255 dev kvmbr0 label kvmbr0';
	test.each<[string, Expected, string?]>([
		['continued-auto', {}],
		['continued-iface', {}],
		['continued-option', {bridge: [address, 'ip route add 10.8.0.0/16 via 192.168.1.9 dev kvmbr0']}],
		['crlf', {bridge: [address, 'ip route add default via 192.168.1.1 dev kvmbr0 onlink']}],
		['inherits', {bridge: [address, 'ip -6 addr add 2001:db8::20/64 dev kvmbr0']}],
		[
			'label',
			{
				bridge: [
					address,
					'ip a add 192.168.1.77/24 dev kvmbr0 label kvmbr0:7',
					'ifconfig kvmbr0:1 192.168.1.78 netmask 255.255.255.0',
				],
			},
		],
		[
			'mtu',
			{
				bridge: [address, 'ip link set dev kvmbr0 mtu 9000 up'],
				nic: ['ethtool -K $IFACE gso off'],
				starts: ['eno1', 'kvmbr0'],
			},
		],
		['mtu-plain', {bridge: [address, 'ip link set dev kvmbr0 mtu 9000 up']}],
		[
			'nat-command',
			{
				bridge: [
					address,
					'iptables -t nat -A POSTROUTING -s 10.66.0.0/24 -o kvmbr0 -j MASQUERADE',
					'ip route add 10.0.0.0/8 via 192.168.1.254 dev kvmbr0 metric 5',
					'ip rule add iif kvmbr0 table 100 || true',
				],
			},
		],
		['no-auto-down', {}],
		['pre-up-iface', {bridge: [address], nic: ['ip link set dev $IFACE txqueuelen 2000'], starts: ['eno1', 'kvmbr0']}],
		[
			'route-command',
			{
				bridge: [
					address,
					'route add -net 10.0.0.0 netmask 255.0.0.0 gw 192.168.1.254 kvmbr0',
					'iptables -t nat -A POSTROUTING -s 10.66.0.0/24 -o kvmbr0 -j MASQUERADE',
					'sysctl -w net.ipv6.conf.kvmbr0.accept_ra=0',
					'tc qdisc add dev kvmbr0 root fq',
				],
			},
		],
		[
			'every device before ; and &',
			{
				bridge: [
					'ip route add 10.8.0.0/16 dev kvmbr0; ip route add 10.9.0.0/16 dev kvmbr0&',
					'ip route add 10.7.0.0/16 dev eno1.20',
				],
			},
			'auto eno1\niface eno1 inet dhcp\n\tup ip route add 10.8.0.0/16 dev eno1; ip route add 10.9.0.0/16 dev eno1&\n\tup ip route add 10.7.0.0/16 dev eno1.20\n',
		],
		[
			'allow-hotplug with commands for the cable',
			{nic: ['ethtool -s eno1 wol g'], starts: ['eno1', 'kvmbr0']},
			'allow-hotplug eno1\niface eno1 inet dhcp\n\tup ethtool -s eno1 wol g\n',
		],
		['started by a pattern', {}, 'auto /eno*\niface eno1 inet dhcp\n'],
		[
			'filters come before the bridge',
			{bridge: ['iptables -A INPUT -i $IFACE -j ACCEPT']},
			'auto eno1\niface eno1 inet dhcp\n\tpre-up iptables -A INPUT -i $IFACE -j ACCEPT\n',
		],
		[
			'a VLAN of the NIC',
			{},
			'auto eno1\niface eno1 inet dhcp\nauto eno1.20\niface eno1.20 inet static\n\taddress 10.20.0.2/24\n\tvlan-raw-device eno1\n',
		],
	])('%s is bridged', (name, {bridge = [], nic = [], starts = ['kvmbr0']}, content) => {
		const file = join(root, 'interfaces');
		const [text] = Object.values(
			bridged(
				'ifupdown',
				path,
				content === undefined ? read(name) : Buffer.from(`auto lo\niface lo inet loopback\n${content}`),
			),
		);
		writeFileSync(file, text!, 'latin1');
		const listed = run('ifquery', '-i', file, '--list')
			.stdout.trim()
			.split('\n')
			.filter(each => each !== 'lo' && each !== 'eno1.20');
		expect(listed).toEqual(starts);
		const options = run('ifquery', '-i', file, 'kvmbr0').stdout.split('\n');
		expect(options).toEqual(
			expect.arrayContaining(['bridge_ports: eno1', 'bridge_stp: off', 'bridge_fd: 0', `bridge_hw: ${mac}`]),
		);
		const commands = (of: string) =>
			run('ifup', '--no-act', '--force', '-v', '-i', file, of)
				.stderr.split('\n')
				.map(line => line.trim().replaceAll(/\s+/g, ' '));
		const ofBridge = commands('kvmbr0');
		const ofNic = commands('eno1');
		expect(ofBridge).toEqual(expect.arrayContaining([...bridge]));
		expect(ofNic).toEqual(expect.arrayContaining([...nic]));
		// Nothing for the cable runs for the bridge, and the NIC has no address of its own.
		expect(ofBridge.filter(line => nic.includes(line))).toEqual([]);
		expect(ofNic.join('\n')).not.toMatch(/addr add|route add|DHCP/);
		expect(ofBridge.join('\n')).not.toMatch(/(?<![\w.])eno1(?![\w.])/);
	});

	test('a bond can be the port', () => {
		const content = Buffer.from(
			'auto lo bond0\niface lo inet loopback\niface bond0 inet dhcp\n\tbond-slaves eno1 eno2\n\tbond-mode 802.3ad\n',
		);
		const uplink = reduceUplink({renderer: 'ifupdown', nic: 'bond0', mac, files: [{path, content}]});
		const edits = 'files' in uplink ? uplink.files[0]!.edits : [];
		expect(applyEdits(content, edits).toString().replaceAll('/bridge/', 'kvmbr0')).toBe(
			`auto lo bond0 kvmbr0\niface lo inet loopback\niface bond0 inet manual\n\tbond-slaves eno1 eno2\n\tbond-mode 802.3ad\n\niface kvmbr0 inet dhcp\n\tbridge_ports bond0\n\tbridge_stp off\n\tbridge_fd 0\n\tbridge_hw ${mac}\n`,
		);
	});

	test('no-auto-down stays with the configuration that has the addresses', () => {
		expect(Object.values(bridged('ifupdown', path, read('no-auto-down')))[0]).toContain(
			'no-auto-down kvmbr0\nauto kvmbr0\n',
		);
	});
});

import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {asset} from '../../source/assets.ts';
import {bridgeChange} from '../../source/tasks/bridge-change.ts';
import {afterwards, bridgedCluster, type HostFiles} from '../bridged-cluster.ts';
import {hostSecrets, secretNetplan} from '../host-secrets.ts';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'bridge-'));
});
afterEach(() => {
	rmSync(root, {recursive: true});
});

describe('netplan understands what is written', () => {
	test.each([
		['DHCP', 'eno1: {dhcp4: true}', ['DHCP=ipv4']],
		[
			'addresses',
			'eno1: {addresses: [192.168.1.20/24], routes: [{to: default, via: 192.168.1.1}], nameservers: {addresses: [192.168.1.1]}}',
			['Address=192.168.1.20/24', 'Gateway=192.168.1.1', 'DNS=192.168.1.1'],
		],
		[
			'IPv6',
			'eno1: {dhcp4: true, dhcp6: true, accept-ra: true, ipv6-privacy: true}',
			['DHCP=yes', 'IPv6AcceptRA=yes', 'IPv6PrivacyExtensions=yes'],
		],
		[
			'several NICs and a large MTU',
			'eno1: {dhcp4: true, mtu: 9000}, eno2: {addresses: [10.9.0.1/24]}',
			['MTUBytes=9000'],
		],
		[
			'found by its MAC address',
			'cable: {match: {macaddress: "02:00:00:00:00:01"}, set-name: eno1, dhcp4: true}',
			['DHCP=ipv4'],
		],
	])('%s', (_, ethernets, expected) => {
		write(
			after('netplan', {
				'/etc/netplan/01.yaml': `network: {version: 2, renderer: networkd, ethernets: {${ethernets}}}\n`,
			}),
		);
		expect(run('netplan', 'generate', '--root-dir', root)).toMatchObject({status: 0, stderr: ''});
		const made = join(root, 'run/systemd/network');
		const bridge = readFileSync(join(made, '10-netplan-kvmbr0.network'), 'utf8');
		for (const line of expected) {
			expect(bridge).toContain(`${line}\n`);
		}

		const netdev = readFileSync(join(made, '10-netplan-kvmbr0.netdev'), 'utf8');
		expect(netdev).toContain('MACAddress=02:00:00:00:00:01\n');
		expect(netdev).toMatch(/STP=(false|no)\n/);
		expect(netdev).toContain('ForwardDelaySec=0\n');
		const port = readdirSync(made)
			.filter(name => /-(eno1|cable)\.network$/.test(name))
			.map(name => readFileSync(join(made, name), 'utf8'))
			.join('');
		expect(port).toContain('Bridge=kvmbr0\n');
		expect(port).not.toMatch(/^(DHCP|Address|Gateway)=/m);
	});
});

test("netplan finds the other interfaces, and the NIC's port authentication, as they were", () => {
	const made = (files: HostFiles) => {
		write(files);
		expect(run('netplan', 'generate', '--root-dir', root)).toMatchObject({status: 0, stderr: ''});
		const names = readdirSync(join(root, 'run'), {recursive: true, withFileTypes: true})
			.filter(entry => entry.isFile())
			.map(entry => join(entry.parentPath, entry.name));
		// A rule for NetworkManager lists all interfaces of netplan's.
		return new Map(
			names
				.map(name => [name.slice(root.length), readFileSync(name, 'utf8')] as const)
				.filter(([name]) => !name.startsWith('/run/udev/')),
		);
	};

	const before = made(secretNetplan);
	rmSync(join(root, 'run'), {recursive: true});
	const now = made(after('netplan', secretNetplan));
	const changed = [...now]
		.filter(([name, content]) => before.get(name) !== content)
		.map(([name]) => name)
		.sort();
	expect(changed).toEqual(
		['eno1.network', 'kvmbr0.netdev', 'kvmbr0.network'].map(name => `/run/systemd/network/10-netplan-${name}`),
	);
	expect([...before.keys()].filter(name => !now.has(name))).toEqual([]);
	expect(now.get('/run/netplan/wpa-eno1.conf')).toContain(hostSecrets[2]);
});

describe('ifupdown understands what is written', () => {
	const ports = ['bridge_ports: eno1', 'bridge_stp: off', 'bridge_fd: 0', 'bridge_hw: 02:00:00:00:00:01'];
	test.each([
		['DHCP', 'allow-hotplug eno1\niface eno1 inet dhcp\n', []],
		[
			'an address',
			'auto eno1\niface eno1 inet static\n\taddress 192.168.1.20/24\n\tgateway 192.168.1.1\n',
			['address: 192.168.1.20', 'gateway: 192.168.1.1'],
		],
		[
			'IPv6',
			'auto eno1\niface eno1 inet dhcp\niface eno1 inet6 static\n\taddress 2001:db8::20/64\n',
			['address: 2001:db8::20'],
		],
		['several NICs', 'auto eno1 eno2\niface eno2 inet dhcp\niface eno1 inet dhcp\n', []],
	])('%s', (_, interfaces, expected) => {
		write(after('ifupdown', {'/etc/network/interfaces': `auto lo\niface lo inet loopback\n${interfaces}`}));
		const path = join(root, 'etc/network/interfaces');
		const {status, stdout} = run('ifquery', '-i', path, 'kvmbr0');
		expect(status).toBe(0);
		expect(stdout.split('\n')).toEqual(expect.arrayContaining([...ports, ...expected]));
		expect(run('ifquery', '-i', path, '--list').stdout.split('\n')).toContain('kvmbr0');
		expect(run('ifup', '--no-act', '--force', '-i', path, 'kvmbr0')).toMatchObject({status: 0});
		expect(run('ifup', '--no-act', '--force', '-v', '-i', path, 'eno1').stderr).not.toMatch(/dhclient|ip addr add/);
	});
});

test.each([
	[
		'host/bridge/switch.sh',
		{
			nic: 'eno1',
			bridge: 'kvmbr0',
			renderer: 'networkmanager',
			patience: 90,
			directory: '/var/lib/cluster-wizard-bridges/kvmbr0',
			connection: '6b1e3a4c-0000-4000-8000-000000000001',
		},
	],
	[
		'host/etc/cluster-wizard/network',
		{nic: 'eno1', bridge: 'kvmbr0', address: '192.168.1.254/24', gateway: '192.168.1.1'},
	],
])('%s is shell that shellcheck finds nothing in', (path, values) => {
	const file = join(root, 'script');
	writeFileSync(file, asset(path, values));
	expect(run('shellcheck', file)).toMatchObject({status: 0, stdout: ''});
});

function after(renderer: 'netplan' | 'ifupdown', files: HostFiles): HostFiles {
	const change = bridgeChange(bridgedCluster(renderer, files));
	expect(change).toHaveProperty('added');
	return 'added' in change ? {...files, ...afterwards(change, files)} : {};
}

function write(files: HostFiles): void {
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), {recursive: true});
		writeFileSync(join(root, path), content, {mode: 0o600});
	}
}

function run(program: string, ...words: string[]) {
	const {status, stdout, stderr} = spawnSync(program, words, {encoding: 'utf8'});
	return {status, stdout, stderr};
}

import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Task} from '../../source/engine/task.ts';
import {isolatedNetwork, natNetwork} from '../../source/tasks/network.ts';
import {removal} from '../../source/tasks/removal.ts';
import {externalNetwork} from '../../steps/external-network.ts';
import {networks} from '../../steps/networks.ts';
import {sandbox} from '../../steps/sandbox.ts';
import {testCluster} from '../cluster-fixture.ts';
import {fulfil, insideOf, shell} from './inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'networks-'));
const inside = insideOf(folder);
const fixture = testCluster({name: 'networks'}, {acceleration: 'tcg'});
const cluster = {...fixture, paths: {...fixture.paths, state: folder}};
const {internal} = cluster.networks;
const control = join(folder, 'sandbox', 'control');
/** A machine's shell without a disk: enough for libvirt to attach it. */
const machine = `<domain type='qemu'><name>${cluster.storage.vm}</name><memory unit='MiB'>64</memory><os><type arch='x86_64' machine='pc'>hvm</type></os><devices><controller type='usb' model='none'/><interface type='network'><source network='redInter'/><model type='virtio'/></interface></devices></domain>`;

beforeAll(() => {
	for (const task of sandbox.tasks(cluster, {})) {
		fulfil(task, shell);
	}
});

afterAll(() => {
	spawnSync(control, ['remove']);
	rmSync(folder, {recursive: true, force: true});
});

describe("the sandbox's bridge", () => {
	const tasks = externalNetwork.tasks(cluster, {});

	test("is made, with the host's address and the way out", () => {
		expect(check(tasks[1]!)).toEqual({code: 1, output: 'kvmbr0: missing'});
		for (const task of tasks) {
			fulfil(task, inside);
		}

		expect(
			inside(
				"ip -4 -o address show | awk '{print $2, $4}'; ip -4 route show default; cat /sys/class/net/kvmbr0/bridge/stp_state",
			).output,
		).toBe('lo 127.0.0.1/8\nkvmbr0 192.168.1.254/24\ndefault via 192.168.1.1 dev kvmbr0 \n0');
		expect(inside('arping -q -c 1 -w 2 -I kvmbr0 192.168.1.1').code, 'the router answers').toBe(0);
	});

	test.each([
		['ip link set eno1 nomaster', 'eno1 is not a port of kvmbr0'],
		['ip link set kvmbr0 type bridge stp_state 1', 'kvmbr0: STP is on'],
		['ip link set kvmbr0 down', 'kvmbr0 is down'],
		['ip address flush dev kvmbr0', 'kvmbr0: address 192.168.1.254/24 wanted, found none'],
		['ip route del default', 'the default route does not go via 192.168.1.1 and kvmbr0'],
		['ip link del kvmbr0', 'kvmbr0: missing'],
		['rm /etc/cluster-wizard/network', '/etc/cluster-wizard/network: missing'],
	])('%s is seen and mended', (harm, said) => {
		inside(harm);
		expect(tasks.map(task => check(task)).find(({code}) => code !== 0)).toEqual({code: 1, output: said});
		for (const task of tasks) {
			fulfil(task, inside);
		}
	});
});

describe('isolated networks', () => {
	const tasks = networks.tasks(cluster, {});
	const definition = tasks[0]!;

	test('a network of that name that is not ours is a conflict, and left alone', () => {
		inside('virsh net-define /dev/stdin', '<network><name>redInter</name></network>');
		expect(check(definition)).toMatchObject({code: 2, output: expect.stringContaining('that is not ours')});
		expect(inside(removal(definition.creates![0]!, cluster.paths).remove).code).toBe(0);
		expect(inside('virsh net-list --all --name').output).toBe('redInter');
		inside('virsh net-undefine redInter');
	});

	test('an interface of that name is one too', () => {
		inside('ip link add redInter type bridge');
		expect(check(definition)).toMatchObject({code: 2, output: expect.stringContaining('an interface redInter')});
		inside('ip link del redInter');
	});

	test('both are defined, started, and start with the host', () => {
		expect(check(definition)).toEqual({code: 1, output: 'redInter: missing'});
		for (const task of tasks) {
			fulfil(task, inside);
		}

		expect(
			inside(
				'virsh net-list --name --autostart; ip -4 -o address show dev redInter; cat /sys/class/net/redInter/bridge/stp_state',
			).output,
		).toBe('redHeart\nredInter\n\n0');
	});

	test.each([
		['virsh net-destroy redInter', 'redInter'],
		['virsh net-autostart redInter --disable', 'redInter does not start with the host'],
		[
			'virsh net-dumpxml redInter | sed "s/stp=.off./stp=\'on\'/" | virsh net-define /dev/stdin',
			"redInter: its definition differs:   <bridge name='redInter' stp='on' delay='0'/>",
		],
		[
			"virsh net-dumpxml redInter | sed \"s#</network>#<ip address='10.0.10.1' prefix='24'/></network>#\" | virsh net-define /dev/stdin; virsh net-destroy redInter; virsh net-start redInter",
			'redInter: its definition differs:',
		],
		['virsh net-destroy redInter; virsh net-undefine redInter', 'redInter: missing'],
	])('%s is seen and mended', (harm, said) => {
		inside(harm);
		expect(check(definition)).toEqual({code: 1, output: expect.stringContaining(said)});
		fulfil(definition, inside);
	});

	describe('with a machine', () => {
		beforeAll(() => {
			expect(inside(`virsh define /dev/stdin >&2; virsh start ${cluster.storage.vm} --paused`, machine)).toMatchObject({
				code: 0,
			});
		});

		const port = () => inside('ls /sys/class/net/redInter/brif').output;

		test('its interface is put back when it was taken away', () => {
			const ports = tasks[2]!;
			const name = port();
			expect(name).toMatch(/^vnet\d+$/);
			expect(check(ports)).toEqual({code: 0, output: ''});
			inside(`ip link set ${name} nomaster`);
			expect(check(ports)).toEqual({code: 1, output: `${name} not attached to redInter`});
			fulfil(ports, inside);
			expect(port()).toBe(name);
		});

		test('and when the network was made anew', () => {
			const name = port();
			inside('virsh net-destroy redInter');
			for (const task of tasks) {
				fulfil(task, inside);
			}

			expect(port()).toBe(name);
			inside(`virsh destroy ${cluster.storage.vm}; virsh undefine ${cluster.storage.vm}`);
		});
	});
});

test('everything is there again when the host restarts', () => {
	expect(shell(`${control} stop && ${control} start`)).toMatchObject({code: 0});
	for (const task of [...externalNetwork.tasks(cluster, {}), ...networks.tasks(cluster, {})]) {
		expect(check(task), task.title.en).toEqual({code: 0, output: ''});
	}
});

test('what was made is removed, and nothing else', () => {
	inside('virsh net-define /dev/stdin', '<network><name>another</name></network>');
	for (const resource of networks
		.tasks(cluster, {})
		.flatMap(({creates}) => creates ?? [])
		.reverse()) {
		const {remove, gone} = removal(resource, cluster.paths);
		expect(inside(gone).code).toBe(1);
		expect(inside(remove).code).toBe(0);
		expect(inside(gone)).toEqual({code: 0, output: ''});
		expect(inside(remove).code, 'once more').toBe(0);
	}

	expect(inside('virsh net-list --all --name; ls /sys/class/net').output).not.toMatch(/redInter|redHeart/);
	expect(inside('virsh net-list --all --name').output).toBe('another');
});

describe('a NAT network', () => {
	const nat = testCluster({name: 'networks', host: {external: 'nat'}}, {sandbox: false});
	const task = natNetwork({
		...nat,
		gateway: '192.168.77.1',
		networks: {...nat.networks, external: {...nat.networks.external, cidr: '192.168.77.0/24'}},
	});

	test("is made with the gateway as the host's address, and found again", () => {
		fulfil(task, inside);
		expect(inside(`ip -4 -o address show dev ${nat.networks.external.label} | awk '{print $4}'`).output).toBe(
			'192.168.77.1/24',
		);
		expect(check(task)).toEqual({code: 0, output: ''});
		expect(inside(removal(task.creates![0]!, cluster.paths).remove).code).toBe(0);
	});
});

test("libvirt's own schema accepts every definition", () => {
	const nat = testCluster({host: {external: 'nat'}}, {sandbox: false});
	for (const task of [isolatedNetwork(internal), natNetwork(nat)]) {
		const path = join(folder, 'network.xml');
		writeFileSync(path, task.apply![0]!.input as string);
		expect(shell(`virt-xml-validate ${path} network`)).toMatchObject({code: 0});
		expect(shell(`virsh -c test:///default net-define --validate ${path}`)).toMatchObject({code: 0});
	}
});

function check(task: Task) {
	return inside(task.check);
}

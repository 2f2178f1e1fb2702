import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Cluster} from '../../source/answers/cluster.ts';
import {render} from '../../source/engine/command.ts';
import {bridgeTask, folderOf} from '../../source/tasks/bridge.ts';
import {parseUplink, readUplink} from '../../source/tasks/host-uplink.ts';
import {removal} from '../../source/tasks/removal.ts';
import {testCluster, testFacts} from '../cluster-fixture.ts';
import {BridgeGuest, side, wan, type Answer} from './bridge-guest.ts';

const loopback = 'auto lo\niface lo inet loopback\n';
const interfaces = (first: string) => `${loopback}\n# the cable\n${first}\nauto ${side.nic}\niface ${side.nic} inet static\n\taddress ${side.address}/24\n`;
const netplan = (first: string) => `network:\n  version: 2\n  renderer: networkd\n  ethernets:\n    ${side.nic}:\n      addresses: [${side.address}/24]\n    # the cable\n    ${wan.nic}:\n${first}`;

/** An alias that one of the hosts has. */
const second = '192.168.1.21/24';

/** How a host may have been set up, and how such a configuration is spoilt so that the bridge has no port. */
const hosts = [
	{name: 'ifupdown, DHCP', renderer: 'ifupdown', spoil: 's/bridge_ports .*/bridge_ports none/', files: {
		'/etc/network/interfaces': interfaces(`allow-hotplug ${wan.nic}\niface ${wan.nic} inet dhcp\n`),
	}},
	{name: 'ifupdown, static', renderer: 'ifupdown', spoil: 's/bridge_ports .*/bridge_ports none/', files: {
		'/etc/network/interfaces': interfaces(`auto ${wan.nic}\niface ${wan.nic} inet static\n\taddress ${wan.address}/24\n\tgateway ${wan.gateway}\n\nauto ${wan.nic}:0\niface ${wan.nic}:0 inet static\n\taddress ${second}\n`),
	}},
	{name: 'netplan, DHCP', renderer: 'netplan', spoil: '/interfaces:/,/macaddress/{/- ens3/d;s/interfaces:/interfaces: []/}', files: {
		'/etc/network/interfaces': loopback,
		'/etc/netplan/01-host.yaml': netplan('      dhcp4: true\n'),
	}},
	{name: 'netplan, static', renderer: 'netplan', spoil: '/interfaces:/,/macaddress/{/- ens3/d;s/interfaces:/interfaces: []/}', files: {
		'/etc/network/interfaces': loopback,
		'/etc/netplan/01-host.yaml': netplan(`      addresses: [${wan.address}/24]\n      routes: [{to: default, via: ${wan.gateway}}]\n`),
	}},
	{name: 'systemd-networkd, DHCP', renderer: 'networkd', spoil: '/^Bridge=/d', files: {
		'/etc/network/interfaces': loopback,
		'/etc/systemd/network/20-cable.network': `[Match]\nName=${wan.nic}\n\n[Network]\nDHCP=ipv4\n`,
		'/etc/systemd/network/30-side.network': `[Match]\nName=${side.nic}\n\n[Network]\nAddress=${side.address}/24\n`,
	}},
] as const;

/** Long enough for an emulated guest to bring its network up twice. */
const patience = 120;

describe.sequential.each(hosts)('a host with $name', ({name, renderer, spoil, files}) => {
	const guest = new BridgeGuest();
	const here = folderOf('kvmbr0');
	/** When the bridge is there and the way through the NIC is gone. */
	const cut = `[ -d /sys/class/net/kvmbr0 ] && [ -z "$(ip -4 -o address show scope global dev ${wan.nic})" ]`;
	let cluster: Cluster;
	let before: string;

	const task = () => bridgeTask(cluster, {patience});
	const look = (text: string) => guest.run(text).output.trim();
	const check = (by: 'wan' | 'side' = 'side') => guest.run(render(task().check, 'execute'), {by});
	const configuration = () => look(`cd / && sha256sum $(find etc/network/interfaces etc/netplan etc/systemd/network etc/systemd/system -type f -o -type l | sort)`);
	const expected = renderer === 'ifupdown' && files['/etc/network/interfaces'].includes(second) ? `${wan.address}/24\n${second}` : `${wan.address}/24`;
	const addresses = (nic: string) => look(`ip -4 -o address show dev ${nic} | awk '{print $4}'`);
	/** The task's commands, without the last one, which switches. */
	const prepare = () => {
		for (const command of task().apply!.slice(0, -1)) {
			expect(guest.run(render(command, 'execute'), {by: 'wan', input: String(command.input ?? '')}), render(command, 'show')).toEqual({code: 0, output: ''});
		}
	};

	const apply = (): Answer => {
		prepare();
		return guest.run(render(task().apply!.at(-1)!, 'execute'), {by: 'wan'});
	};

	/** Switches, and kills all of the wizard's side when the guest shows what is waited for. */
	const switchAndKill = async (when: string) => {
		const wizard = guest.begin(`sh ${here}/switch.sh to new`);
		await guest.until(() => guest.run(when).code === 0, patience, when);
		look('for process in /proc/[0-9]*; do case $(tr "\\0" " " < $process/cmdline) in sh*"switch.sh to new "*) kill -9 ${process#/proc/} ;; esac; done');
		wizard.kill('SIGKILL');
	};

	const restart = async (how: string, by: 'wan' | 'side') => {
		const boot = look('cat /proc/sys/kernel/random/boot_id');
		guest.begin(how, 'side');
		await guest.until(() => {
			const {code, output} = guest.run('cat /proc/sys/kernel/random/boot_id', {by});
			return code === 0 && output.trim() !== boot;
		}, 300, 'the restart');
	};

	beforeAll(async () => {
		await guest.start(files);
		await guest.answers('wan');
		before = configuration();
		const uplink = parseUplink({nic: wan.nic}, renderer, look(render(readUplink(wan.nic, renderer), 'execute')));
		cluster = testCluster({host: {external: 'bridge', nic: wan.nic}}, {sandbox: false, facts: {...testFacts, renderer: {value: renderer, source: 'test'}}});
		cluster = {...cluster, host: {...cluster.host, uplink}};
	});

	afterAll(async () => {
		await guest.stop();
	});

	test('the bridge is missing, and nothing has been touched', () => {
		expect(check()).toMatchObject({code: 1, output: expect.stringContaining('kvmbr0: missing')});
		expect(cluster.host.uplink!.mac).toBe(wan.mac);
	});

	test('a configuration that cuts the network is taken back by the timer, with the wizard killed', async () => {
		prepare();
		look(`for file in $(find ${here}/new -type f); do sed -i '${spoil}' $file; done`);
		await switchAndKill(cut);
		expect(guest.run('true', {by: 'wan'}).code, 'the network is cut').not.toBe(0);
		expect(check()).toMatchObject({code: 1, output: expect.stringContaining('has not been confirmed')});
		await guest.answers('wan', patience * 3);
		await guest.until(() => guest.run(`[ ! -e ${here}/rescuing ]`).code === 0, 60, 'the end of the rescue');
		expect(addresses(wan.nic)).toBe(expected);
		expect(look('ip -4 route show default')).toContain(`dev ${wan.nic}`);
		expect(configuration()).toBe(before);
		expect(check()).toMatchObject({code: 1, output: expect.stringContaining('nobody confirmed it in time')});
	});

	test.runIf(name === 'ifupdown, DHCP')('and also when the host loses its power meanwhile', async () => {
		prepare();
		look(`for file in $(find ${here}/new -type f); do sed -i '${spoil}' $file; done`);
		await switchAndKill(cut);
		await restart('echo b > /proc/sysrq-trigger', 'side');
		await guest.answers('wan', patience * 3);
		await guest.until(() => guest.run(`[ ! -e ${here}/rescuing ] && [ ! -e ${here}/pending ]`).code === 0, 60, 'the end of the rescue');
		expect(addresses(wan.nic)).toBe(expected);
		expect(configuration()).toBe(before);
	});

	test('killed in the middle of a good one and run again, it ends with the bridge; the connection lasts', async () => {
		prepare();
		await switchAndKill(`[ -e ${here}/pending ]`);
		await guest.answers('wan', patience * 3);
		expect(apply()).toMatchObject({code: 0});
		expect(check('wan')).toMatchObject({code: 0});
		expect(addresses('kvmbr0')).toBe(expected);
		expect(addresses(wan.nic)).toBe('');
		expect(look('ip -4 route show default')).toMatch(new RegExp(`^default via ${wan.gateway} dev kvmbr0.*$`));
		expect(look('cat /sys/class/net/kvmbr0/address /sys/class/net/kvmbr0/bridge/stp_state /sys/class/net/kvmbr0/bridge/forward_delay')).toBe(`${wan.mac}\n0\n0`);
		expect(look('systemctl list-timers --all | grep cluster-wizard; ls /etc/systemd/system | grep cluster-wizard')).toBe('');
		const {iaid} = cluster.host.uplink!;
		if (iaid !== undefined) {
			expect(look('cat /run/systemd/netif/leases/$(cat /sys/class/net/kvmbr0/ifindex)')).toContain(`CLIENTID=ff${iaid.toString(16).padStart(8, '0')}`);
		}
	});

	test.each([
		['a port taken away', 'ip link set ens3 nomaster', 'ens3 is not its port'],
		['STP switched on', 'ip link set kvmbr0 type bridge stp_state 1', 'STP is on'],
		['the address taken away', 'ip address flush dev kvmbr0', 'it has no address'],
	])('%s is seen and mended, and the bridge stays', (_, harm, said) => {
		const index = look('cat /sys/class/net/kvmbr0/ifindex');
		look(harm);
		const found = check();
		// systemd-networkd may have put it right by itself before anybody looked.
		if (renderer === 'ifupdown' || found.code !== 0) {
			expect(found).toMatchObject({code: 1, output: expect.stringContaining(said)});
		}

		expect(guest.run(render(task().apply!.at(-1)!, 'execute'))).toMatchObject({code: 0});
		expect(check()).toMatchObject({code: 0});
		expect(look('cat /sys/class/net/kvmbr0/ifindex')).toBe(index);
	});

	test('it is there after a restart of the host', async () => {
		await restart('systemctl reboot', 'wan');
		await guest.until(() => check().code === 0, 60, 'the bridge');
		expect(addresses('kvmbr0')).toBe(expected);
	});

	test('removing it gives the former configuration back, word for word', () => {
		const {remove, gone} = removal(task().creates![0]!, cluster.paths);
		expect(guest.run(render(remove!, 'execute'), {by: 'wan'})).toMatchObject({code: 0});
		expect(guest.run(render(gone!, 'execute'))).toMatchObject({code: 0});
		expect(configuration()).toBe(before);
		expect(addresses(wan.nic)).toBe(expected);
		expect(look('ls -d /sys/class/net/kvmbr0 /var/lib/cluster-wizard-bridges /run/systemd/transient/*wizard* 2>/dev/null')).toBe('');
	});
});

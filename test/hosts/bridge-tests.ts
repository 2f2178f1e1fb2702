import type {ChildProcess} from 'node:child_process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Cluster} from '../../source/cluster/cluster.ts';
import type {UplinkRenderer} from '../../source/host/uplink/uplink.ts';
import {render} from '../../source/shell/command.ts';
import {bridgeTask, folderOf} from '../../source/tasks/bridge.ts';
import {parseUplink, readUplink} from '../../source/host/uplink/read.ts';
import {removal} from '../../source/tasks/removal.ts';
import {testCluster, testFacts} from '../cluster-fixture.ts';

/** `console` leads past the NIC that is bridged; `wan` through it. */
export type Way = 'console' | 'wan';

export interface Answer {
	readonly code: number;
	readonly output: string;
}

export interface RunOptions {
	readonly by?: Way;
	readonly input?: string | Buffer;
	readonly seconds?: number;
}

/** The NIC that becomes the bridge's port, and its network's router. */
export interface Cable {
	readonly nic: string;
	readonly mac: string;
	readonly gateway: string;
	readonly address: string;
}

/** A host whose NIC can be bridged: in namespaces, or emulated. */
export interface BridgedMachine {
	readonly wan: Cable;
	start(): Promise<void>;
	/** Runs shell text as root and waits for its end. */
	run(text: string, options?: RunOptions): Promise<Answer>;
	/** Runs shell text as root without waiting: the process here is the wizard's, and may be killed. */
	begin(text: string, by?: Way): ChildProcess;
	/** Waits until a way in answers. */
	answers(by: Way, seconds?: number): Promise<void>;
	until(holds: () => Promise<boolean>, seconds: number, what: string): Promise<void>;
	losePower(): Promise<void>;
	reboot(): Promise<void>;
	remove(): Promise<void>;
}

export interface BridgeTests {
	readonly renderer: UplinkRenderer;
	/** The host's addresses before and after. */
	readonly addresses: readonly string[];
	/** Seconds until the former configuration comes back: long enough for the host to bring its network up twice. */
	readonly patience: number;
}

/** Seconds that ifupdown looks for a DHCP server, in vain, while the host starts and again when it is put right. */
const bringUp = 180;

/** How a new configuration is spoilt so that the bridge has no port: a sed script. */
function spoiltBy(renderer: UplinkRenderer, nic: string): string {
	return {
		ifupdown: 's/bridge_ports .*/bridge_ports none/',
		netplan: `/interfaces:/,/macaddress/{/- ${nic}/d;s/interfaces:/interfaces: []/}`,
		networkd: '/^Bridge=/d',
		// The port has no bridge and no address.
		networkmanager: String.raw`/^master=/d;/^slave-type=/d;s/^\[ethernet]$/[ipv4]\nmethod=disabled\n\n[ethernet]/`,
	}[renderer];
}

/** The bridge from the first look to its removal, with the wizard killed and the power lost in between. Defines tests. */
export function testBridge(machine: BridgedMachine, {renderer, addresses, patience}: BridgeTests): void {
	const {wan} = machine;
	const here = folderOf('kvmbr0');
	const expected = addresses.join('\n');
	/** When the bridge is there and the way through the NIC is gone. */
	const cut = `[ -d /sys/class/net/kvmbr0 ] && [ -z "$(ip -4 -o address show scope global dev ${wan.nic})" ]`;
	let cluster: Cluster;
	let before: string;

	const task = () => bridgeTask(cluster, {patience});
	const look = async (text: string) => (await machine.run(text)).output.trim();
	const check = async (by: Way = 'console') => machine.run(render(task().check, 'execute'), {by});
	const configuration = async () =>
		look(
			'cd / && find etc/network etc/netplan etc/NetworkManager/system-connections etc/systemd/network etc/systemd/system -type f -exec stat -c "%n %U:%G %a" {} + -exec sha256sum {} + 2>/dev/null | sort',
		);
	const addressesOf = async (nic: string) => look(`ip -4 -o address show dev ${nic} | awk '{print $4}'`);
	/** The task's commands, without the last one, which switches. */
	const prepare = async () => {
		for (const command of task().apply!.slice(0, -1)) {
			expect(
				await machine.run(render(command, 'execute'), {by: 'wan', input: String(command.input ?? '')}),
				render(command, 'show'),
			).toEqual({code: 0, output: ''});
		}
	};

	const prepareSpoilt = async () => {
		await prepare();
		await look(`for file in $(find ${here}/new -type f); do sed -i '${spoiltBy(renderer, wan.nic)}' $file; done`);
	};

	const apply = async (): Promise<Answer> => {
		await prepare();
		return machine.run(render(task().apply!.at(-1)!, 'execute'), {by: 'wan', seconds: patience * 4});
	};

	/** Switches, and kills all of the wizard's side when the host shows what is waited for. */
	const switchAndKill = async (when: string) => {
		const wizard = machine.begin(`sh ${here}/switch.sh to new`);
		await machine.until(async () => (await machine.run(when)).code === 0, patience, when);
		await look(
			'for process in /proc/[0-9]*; do case $(tr "\\0" " " < $process/cmdline) in sh*"switch.sh to new "*) kill -9 ${process#/proc/} ;; esac; done',
		);
		wizard.kill('SIGKILL');
	};

	const rescued = async () =>
		machine.until(
			async () => (await machine.run(`[ ! -e ${here}/rescuing ] && [ ! -e ${here}/pending ]`)).code === 0,
			patience + bringUp,
			'the end of the rescue',
		);

	beforeAll(async () => {
		await machine.start();
		await machine.answers('wan');
		before = await configuration();
		const uplink = parseUplink({nic: wan.nic}, renderer, await look(render(readUplink(wan.nic, renderer), 'execute')));
		cluster = testCluster(
			{host: {external: 'bridge', nic: wan.nic}},
			{sandbox: false, facts: {...testFacts, renderer: {value: renderer, source: 'test'}}},
		);
		cluster = {...cluster, host: {...cluster.host, uplink}};
	});

	afterAll(async () => {
		await machine.remove();
	});

	test('the bridge is missing, and nothing has been touched', async () => {
		expect(await check()).toMatchObject({code: 1, output: expect.stringContaining('kvmbr0: missing')});
		expect(cluster.host.uplink!.mac).toBe(wan.mac);
		expect(await addressesOf(wan.nic)).toBe(expected);
	});

	test('a configuration that cuts the network is taken back by the timer, with the wizard killed', async () => {
		await prepareSpoilt();
		await switchAndKill(cut);
		expect((await machine.run('true', {by: 'wan'})).code, 'the network is cut').not.toBe(0);
		expect(await check()).toMatchObject({code: 1, output: expect.stringContaining('has not been confirmed')});
		await machine.answers('wan', patience * 2 + bringUp);
		await rescued();
		expect(await addressesOf(wan.nic)).toBe(expected);
		expect(await look('ip -4 route show default')).toContain(`dev ${wan.nic}`);
		expect(await configuration()).toBe(before);
		expect(await check()).toMatchObject({code: 1, output: expect.stringContaining('nobody confirmed it in time')});
	});

	test('and also when the host loses its power meanwhile', async () => {
		await prepareSpoilt();
		await switchAndKill(cut);
		await machine.losePower();
		await machine.answers('wan', patience * 2 + bringUp);
		await rescued();
		expect(await addressesOf(wan.nic)).toBe(expected);
		expect(await configuration()).toBe(before);
	});

	test.runIf(renderer === 'networkmanager')(
		'and also by NetworkManager itself, where our timer is stopped',
		async () => {
			await prepareSpoilt();
			await switchAndKill(cut);
			await look('systemctl stop cluster-wizard-kvmbr0-rescue.timer');
			await machine.answers('wan', patience * 2 + bringUp);
			expect(await addressesOf(wan.nic)).toBe(expected);
			expect(await look(`ls ${here}/pending`)).toBe(`${here}/pending`);
			succeeded(await machine.run(`sh ${here}/switch.sh rescue`));
			expect(await configuration()).toBe(before);
		},
	);

	test('killed in the middle of a good one and run again, it ends with the bridge; the connection lasts', async () => {
		await prepare();
		await switchAndKill(`[ -e ${here}/pending ]`);
		await machine.answers('wan', patience * 2 + bringUp);
		succeeded(await apply());
		succeeded(await check('wan'));
		expect(await addressesOf('kvmbr0')).toBe(expected);
		expect(await addressesOf(wan.nic)).toBe('');
		expect(await look('ip -4 route show default')).toMatch(new RegExp(`^default via ${wan.gateway} dev kvmbr0.*$`));
		expect(
			await look(
				'cat /sys/class/net/kvmbr0/address /sys/class/net/kvmbr0/bridge/stp_state /sys/class/net/kvmbr0/bridge/forward_delay',
			),
		).toBe(`${wan.mac}\n0\n${renderer === 'networkmanager' ? 200 : 0}`);
		expect(
			await look('systemctl list-timers --all | grep cluster-wizard; ls /etc/systemd/system | grep cluster-wizard'),
		).toBe('');
		expect(
			await look('cat /var/lib/dhcp/*.leases 2>/dev/null | grep default-duid | sort -u | wc -l'),
			'numbers by which dhclient names the host',
		).toMatch(/^[01]$/);
		const {iaid} = cluster.host.uplink!;
		if (iaid !== undefined) {
			expect(await look('cat /run/systemd/netif/leases/$(cat /sys/class/net/kvmbr0/ifindex)')).toContain(
				`CLIENTID=ff${iaid.toString(16).padStart(8, '0')}`,
			);
		}
	});

	test.each([
		['a port taken away', `ip link set ${wan.nic} nomaster`, `${wan.nic} is not its port`],
		['STP switched on', 'ip link set kvmbr0 type bridge stp_state 1', 'STP is on'],
		['the address taken away', 'ip address flush dev kvmbr0', 'it has no address'],
	])('%s is seen and mended, and the bridge stays', async (_, harm, said) => {
		const index = await look('cat /sys/class/net/kvmbr0/ifindex');
		await look(harm);
		const found = await check();
		// systemd-networkd may have put it right by itself before anybody looked.
		if (renderer === 'ifupdown' || found.code !== 0) {
			expect(found).toMatchObject({code: 1, output: expect.stringContaining(said)});
		}

		succeeded(await machine.run(render(task().apply!.at(-1)!, 'execute')));
		await machine.until(async () => (await check()).code === 0, patience, 'the bridge');
		expect(await look('cat /sys/class/net/kvmbr0/ifindex')).toBe(index);
	});

	test('it is there after a restart of the host', async () => {
		await machine.reboot();
		await machine.until(async () => (await check()).code === 0, patience, 'the bridge');
		await machine.answers('wan', patience);
		expect(await addressesOf('kvmbr0')).toBe(expected);
	});

	test('removing it gives the former configuration back, word for word', async () => {
		const {remove, gone} = removal(task().creates![0]!, cluster.paths);
		succeeded(await machine.run(render(remove!, 'execute'), {by: 'wan', seconds: patience * 4}));
		succeeded(await machine.run(render(gone!, 'execute')));
		expect(await configuration()).toBe(before);
		expect(await addressesOf(wan.nic)).toBe(expected);
		expect(
			await look(
				'ls -d /sys/class/net/kvmbr0 /var/lib/cluster-wizard-bridges /var/lib/dhcp/*kvmbr0* /run/systemd/transient/*wizard* 2>/dev/null',
			),
		).toBe('');
	});
}

function succeeded({code, output}: Answer): void {
	expect(code, output).toBe(0);
}

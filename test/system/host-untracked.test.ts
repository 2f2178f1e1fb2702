import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {networks} from '../../steps/networks.ts';
import {testCluster} from '../cluster-fixture.ts';
import {inNamespace, peers} from './topology.ts';

const folder = mkdtempSync(join(tmpdir(), 'untracked-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

const cluster = testCluster({host: {external: 'nat'}}, {sandbox: false});
const task = networks.tasks(cluster, {}).find(({creates}) => creates?.[0]?.kind === 'untracked')!;
const name = 'cluster-wizard-redInter-untracked.service';
const path = `/etc/systemd/system/${name}`;
const unit = join(folder, name);
writeFileSync(unit, String(task.apply![0]!.input));

/** Runs a command of the unit as systemd does: its words, with quotes as in a shell. */
const unitCommand = (which: string) => `eval "$(sed -n 's/^${which}=//p' "$UNIT")"`;
/** The task's check, on a host where the unit is enabled. */
const check = `systemctl() { :; }; ${render(task.check, 'execute').replaceAll(path, '"$UNIT"')}`;
const inScript = (script: string) => inNamespace(script, {UNIT: unit});

/** A host with libvirt's NAT (its rules for nftables, version 11) whose client asks a web server through a director. */
const host = `
	${peers}
	peer director; peer server
	ip link add ext type bridge; ip link add redInter type bridge
	port() { ip link add $2-$3 type veth peer name $3 netns $1; ip link set $2-$3 master $4 up; at $1 ip link set $3 up; at $1 ip addr add $5 dev $3; }
	ip link set lo up; ip link set ext up; ip link set redInter up; ip addr add 192.168.1.1/24 dev ext
	port $director d ext0 ext 192.168.1.135/24; port $director d int0 redInter 10.0.10.1/24; port $server s int0 redInter 10.0.10.110/24
	at $director sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'; at $server ip route add default via 10.0.10.1; ip route add 10.0.10.0/24 via 192.168.1.135
	nft 'add table ip libvirt_network; add chain ip libvirt_network guest_nat { type nat hook postrouting priority 100; }; add rule ip libvirt_network guest_nat ip saddr 192.168.1.0/24 ip daddr != 192.168.1.0/24 masquerade'
	at $server python3 -c 'import socket
s = socket.create_server(("", 80), backlog=5)
while True:
    c, peer = s.accept(); c.sendall(peer[0].encode()); c.close()' &
	until at $server ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
	ask() { python3 -c 'import socket
try:
    s = socket.create_connection(("10.0.10.110", 80), 2); print(s.recv(99).decode())
except OSError as e: print("no answer")'; }
`;

describe('requests that cross a bridge of a host with br_netfilter', () => {
	const asked = (before: string) => inScript(`${host}\n${before}\nask`).output;

	test('are rewritten by the NAT of the host, and lost', () => {
		expect(asked('echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables')).toBe('no answer');
	});

	test("reach the web server under the client's address with the unit's rule", () => {
		expect(asked(`echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables; ${unitCommand('ExecStart')}`)).toBe(
			'192.168.1.1',
		);
	});

	test('need no rule where br_netfilter is off, and are not harmed by it', () => {
		expect(asked('echo 0 > /proc/sys/net/bridge/bridge-nf-call-iptables; ask')).toBe('192.168.1.1\n192.168.1.1');
		expect(asked(`echo 0 > /proc/sys/net/bridge/bridge-nf-call-iptables; ${unitCommand('ExecStart')}`)).toBe(
			'192.168.1.1',
		);
	});
});

describe('the unit', () => {
	test('can be started twice, and takes away what it added', () => {
		expect(
			inScript(
				`nft add table ip other; ${unitCommand('ExecStart')}; ${unitCommand('ExecStart')}; nft list ruleset | grep -c notrack; ${unitCommand('ExecStop')}; nft list tables`,
			),
		).toEqual({status: 0, output: '1\ntable ip other'});
	});

	test('is one that systemd accepts', () => {
		const {status, stderr} = spawnSync('systemd-analyze', ['verify', '--man=no', unit], {encoding: 'utf8'});
		expect({status, stderr: stderr.split('\n').filter(line => line.includes(name))}).toEqual({status: 0, stderr: []});
	});

	test.each([
		['loaded', unitCommand('ExecStart'), 0],
		['flushed by somebody', `${unitCommand('ExecStart')}; nft flush ruleset`, 1],
		['changed by hand', `${unitCommand('ExecStart')}; nft flush chain ip cluster-wizard-redInter bridged`, 1],
	])('%s: the check', (_, before, status) => {
		expect(inScript(`${before}\n${check}`).status).toBe(status);
	});
});

test('a sandbox has no such unit', () => {
	expect(
		networks
			.tasks(testCluster(), {})
			.flatMap(({creates}) => creates ?? [])
			.map(({kind}) => kind),
	).toEqual(['network', 'network']);
});

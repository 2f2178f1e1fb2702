import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {render} from '../../source/engine/command.ts';
import {bridgedThroughFilter} from '../../source/tasks/host-forward.ts';
import {freeAddresses, freeRanges} from '../../source/tasks/host-addresses.ts';
import {bridgedCluster} from '../bridged-cluster.ts';

const cluster = bridgedCluster('ifupdown', {'/etc/network/interfaces': 'iface eno1 inet dhcp\n'});
const ours = cluster.directors[0].nics[0]!.mac;

/** A network of its own: this host with eno1, and somebody at the other end of the cable. */
const network = `
mount -t tmpfs none /run; mkdir /run/netns; ip netns add other
ip link set lo up; ip link add eno1 type veth peer name cable netns other
ip address add 192.168.1.20/24 dev eno1; ip link set eno1 up; ip -n other link set cable up
`;

test.each([
	['nobody answers', '', 0, ''],
	['somebody has the VIP', 'ip -n other address add 192.168.1.200/24 dev cable', 1, '192.168.1.200 is taken: '],
	['our own director has its address', `ip -n other link set cable address ${ours}; ip -n other address add 192.168.1.135/24 dev cable`, 0, ''],
])('addresses: %s', (_, somebody, status, said) => {
	expect(inside(somebody, freeAddresses(cluster).check)).toEqual({status, stdout: expect.stringContaining(said)});
});

test.each([
	['only the NIC', '', 0, ''],
	['a VPN with a part of the internal network', 'ip link add tun0 type bridge; ip address add 10.0.10.77/25 dev tun0; ip link set tun0 up', 1, 'redInter (10.0.10.0/24) meets 10.0.10.0 with the mask 255.255.255.128, which tun0 leads to'],
])('ranges: %s', (_, somebody, status, said) => {
	expect(inside(somebody, freeRanges(cluster).check)).toEqual({status, stdout: expect.stringContaining(said)});
});

test.each([
	['Docker\'s policy', 'iptables -w -P FORWARD DROP', 1],
	['a last rule that rejects', 'iptables -w -A FORWARD -j REJECT', 1],
	['our rule behind one that rejects', 'iptables -w -A FORWARD -j REJECT; iptables -w -A FORWARD -i kvmbr0 -o kvmbr0 -j ACCEPT; systemctl() { :; }', 1],
	['the rule that our unit makes', 'iptables -w -P FORWARD DROP; iptables -w -I FORWARD -i kvmbr0 -o kvmbr0 -j ACCEPT; systemctl() { :; }', 0],
	['no policy', '', 0],
])('packet filter: %s', (_, somebody, status) => {
	expect(inside(`ip link add kvmbr0 type bridge; ${somebody}`, bridgedThroughFilter(cluster).check)).toMatchObject({status});
});

function inside(somebody: string, check: Parameters<typeof render>[0]) {
	const {status, stdout} = spawnSync('/bin/sh', ['-c', 'exec unshare "$@"', 'sh', '--mount', '--net', '--propagation', 'private', 'sh', '-c', `{ ${network} } >&2\n${somebody}\n(\n${render(check, 'execute')}\n)`], {encoding: 'utf8'});
	return {status, stdout: stdout.trim()};
}

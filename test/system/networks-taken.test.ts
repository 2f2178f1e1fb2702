import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {iptablesAcceptsBridge, nftablesAcceptsBridge} from '../../source/tasks/host-forward.ts';
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
	[
		'our own director has its address',
		`ip -n other link set cable address ${ours}; ip -n other address add 192.168.1.135/24 dev cable`,
		0,
		'',
	],
])('addresses: %s', (_, somebody, status, said) => {
	expect(inside(somebody, freeAddresses(cluster).check)).toEqual({status, stdout: expect.stringContaining(said)});
});

test.each([
	['only the NIC', '', 0, ''],
	[
		'a VPN with a part of the internal network',
		'ip link add tun0 type bridge; ip address add 10.0.10.77/25 dev tun0; ip link set tun0 up',
		1,
		'redInter (10.0.10.0/24) meets 10.0.10.0 with the mask 255.255.255.128, which tun0 leads to',
	],
])('ranges: %s', (_, somebody, status, said) => {
	expect(inside(somebody, freeRanges(cluster).check)).toEqual({status, stdout: expect.stringContaining(said)});
});

test.each([
	["Docker's policy", 'iptables -w -P FORWARD DROP', 1],
	['a last rule that rejects', 'iptables -w -A FORWARD -j REJECT', 1],
	[
		'our rule behind one that rejects',
		'iptables -w -A FORWARD -j REJECT; iptables -w -A FORWARD -i kvmbr0 -o kvmbr0 -j ACCEPT; systemctl() { :; }',
		1,
	],
	[
		'the rule that our unit makes',
		'iptables -w -P FORWARD DROP; iptables -w -I FORWARD -i kvmbr0 -o kvmbr0 -j ACCEPT; systemctl() { :; }',
		0,
	],
	['no policy', '', 0],
])('packet filter: %s', (_, somebody, status) => {
	expect(inside(`ip link add kvmbr0 type bridge; ${somebody}`, iptablesAcceptsBridge(cluster).check)).toMatchObject({
		status,
	});
});

/** As firewalld writes it: the zone of the bridge, or that of all others. */
const firewalld = (zone: string) => `table inet firewalld {
	chain allow { oifname "kvmbr0" accept; }
	chain zone_public { jump zone_public_allow; }
	chain zone_public_allow { }
	chain policies { ${zone} jump zone_public; reject with icmpx admin-prohibited; }
	chain forward {
		type filter hook forward priority filter + 10; policy accept;
		ct state { established, related } accept
		ct status dnat accept
		iifname "lo" accept
		ct state invalid drop
		ip6 daddr { ::/96, 2002:a00::/24 } reject with icmpv6 addr-unreachable
		jump policies
		reject with icmpx admin-prohibited
	}
}`;
const forward = (rules: string, policy = 'drop', table = 'inet filter') =>
	`table ${table} { chain forward { type filter hook forward priority 0; policy ${policy}; ${rules}; }; }`;

describe.each([1, 0])("nftables' other tables, with br_netfilter %d", filtered => {
	test.each([
		['firewalld, the bridge in no zone', firewalld(''), 'inet firewalld policies: reject with icmpx admin-prohibited'],
		['firewalld, the bridge in a zone', firewalld('iifname "kvmbr0" oifname "kvmbr0" jump allow;'), ''],
		['a policy', forward(''), 'inet filter forward: policy drop'],
		[
			"a policy, and what answers or is somebody else's",
			forward(
				'ct state established,related counter accept; iifname "lan*" log prefix "x accept" accept; iifname { "eth0", "eth1" } oifname != "eth0" accept; tcp dport { 22, 80 } accept',
			),
			'inet filter forward: policy drop',
		],
		['a policy, and all from the bridge', forward('iifname "kvmbr0" accept comment "drop"'), ''],
		[
			'a policy, and all bridges of that kind',
			forward('meta iifname "kvm*" oifname { "eth0", "kvmbr0" } counter packets 3 bytes 4 accept'),
			'',
		],
		['a policy, and all new connections', forward('ct state { established, related, new } accept'), ''],
		['a policy, and addresses: who knows', forward('ip saddr 192.168.0.0/16 accept'), ''],
		['a policy, and a set of names: who knows', forward('iifname vmap { "kvmbr0" : accept }'), ''],
		[
			'a rule for the bridge that rejects',
			forward('oifname "kvmbr0" reject', 'accept'),
			'inet filter forward: oifname "kvmbr0" reject',
		],
		[
			'a goto that ends in the policy',
			'table ip own { chain other { iifname "eth0" accept; }; chain forward { type filter hook forward priority 0; policy drop; goto other; accept; }; }',
			'ip own forward: policy drop',
		],
		[
			'a return',
			'table ip own { chain other { iifname "kvmbr0" return; drop; }; chain forward { type filter hook forward priority 0; policy accept; jump other; }; }',
			'',
		],
		['everything but the bridge', forward('iifname != "kvmbr0" drop', 'accept'), ''],
		['IPv6 alone', forward('', 'drop', 'ip6 filter'), ''],
		['another hook', 'table inet filter { chain input { type filter hook input priority 0; policy drop; }; }', ''],
		[
			'the table of iptables',
			'table ip filter { chain FORWARD { type filter hook forward priority 0; policy drop; }; }',
			'',
		],
		[
			'a table for bridges, with br_netfilter or without',
			forward('', 'drop', 'bridge own'),
			'bridge own forward: policy drop',
		],
		['none', '', ''],
	])('%s', (_, rules, said) => {
		const text = nftablesAcceptsBridge(cluster).check;
		const check = {
			strings: [render(text, 'execute').replaceAll('/proc/sys/net/bridge/bridge-nf-call-iptables', '/run/filtered')],
			values: [],
		};
		const {status, stdout} = inside(
			`echo ${filtered} >/run/filtered; nft -f - <<'END'\n${rules}\nEND\n[ $? = 0 ] || exit 9`,
			check,
		);
		const isSaid = said !== '' && (filtered === 1 || said.startsWith('bridge'));
		expect({status, stdout}).toEqual(
			isSaid
				? {
						status: 2,
						stdout: expect.stringContaining(`the packet filter cuts off machines on kvmbr0: ${said}`) as string,
					}
				: {status: 0, stdout: ''},
		);
	});
});

function inside(somebody: string, check: Parameters<typeof render>[0]) {
	const {status, stdout} = spawnSync(
		'/bin/sh',
		[
			'-c',
			'exec unshare "$@"',
			'sh',
			'--mount',
			'--net',
			'--propagation',
			'private',
			'sh',
			'-c',
			`{ ${network} } >&2\n${somebody}\n(\n${render(check, 'execute')}\n)`,
		],
		{encoding: 'utf8'},
	);
	return {status, stdout: stdout.trim()};
}

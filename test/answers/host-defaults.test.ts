import {describe, expect, it} from 'vitest';
import {applyDefaults, thesisDefaults} from '../../source/answers/defaults.ts';
import type {HostFacts, HostNic} from '../../source/host/host-facts.ts';
import {hostDefaults} from '../../source/answers/host-defaults.ts';
import {readAnswers} from '../../source/answers/read.ts';
import type {Uplink} from '../../source/host/uplink/uplink.ts';
import {testFacts} from '../cluster-fixture.ts';

const wired: HostNic = {
	name: 'eno1',
	kind: 'wired',
	carrier: true,
	mac: '02:00:00:00:00:01',
	addresses: ['192.168.178.20/24'],
};

interface Host {
	readonly nics?: readonly HostNic[];
	readonly gateway?: string;
	readonly nic?: string;
	readonly routes?: readonly string[];
	readonly nameservers?: readonly string[];
	readonly renderer?: HostFacts['renderer']['value'];
	readonly uplink?: Uplink;
}

function factsOf({
	nics = [wired],
	gateway = '192.168.178.1',
	nic = 'eno1',
	routes = ['192.168.178.0/24'],
	nameservers = ['192.168.178.1'],
	renderer = 'netplan',
	uplink,
}: Host): HostFacts {
	return {
		...testFacts,
		nics: {value: [...nics], source: ''},
		defaultRoute: {value: {gateway, nic}, source: ''},
		routes: {value: [...routes], source: ''},
		nameservers: {value: [...nameservers], source: ''},
		renderer: {value: renderer, source: ''},
		...(uplink && {uplinks: {value: {eno1: uplink}, source: ''}}),
	};
}

const nat = {
	external: 'nat',
	cidr: '192.168.1.0/24',
	gateway: '192.168.1.1',
	addresses: ['192.168.1.200', '192.168.1.135', '192.168.1.139'],
};

describe('hostDefaults', () => {
	it.each<[string, Host, object]>([
		[
			'a home network',
			{},
			{
				external: 'bridge',
				nic: 'eno1',
				cidr: '192.168.178.0/24',
				gateway: '192.168.178.1',
				addresses: ['192.168.178.200', '192.168.178.135', '192.168.178.139'],
				internal: '10.0.10.0/24',
				heartbeat: '10.0.20.0/24',
			},
		],
		[
			"a host that has the VIP's address itself",
			{nics: [{...wired, addresses: ['192.168.178.200/24']}]},
			{addresses: ['192.168.178.135', '192.168.178.139', '192.168.178.254']},
		],
		[
			'a gateway at the end',
			{gateway: '192.168.178.139'},
			{gateway: '192.168.178.139', addresses: ['192.168.178.200', '192.168.178.135', '192.168.178.254']},
		],
		[
			"a large campus network: addresses near the host's",
			{nics: [{...wired, addresses: ['172.20.7.9/16']}], gateway: '172.20.0.1', routes: ['172.20.0.0/16']},
			{cidr: '172.20.0.0/16', gateway: '172.20.0.1', addresses: ['172.20.7.200', '172.20.7.135', '172.20.7.139']},
		],
		[
			'a small network',
			{
				nics: [{...wired, addresses: ['10.1.2.18/28']}],
				gateway: '10.1.2.17',
				nameservers: ['10.1.2.30'],
				routes: ['10.1.2.16/28'],
			},
			{cidr: '10.1.2.16/28', addresses: ['10.1.2.29', '10.1.2.28', '10.1.2.27']},
		],
		[
			"two NICs: the default route's",
			{nics: [{...wired, name: 'eno2', addresses: ['10.9.9.5/24']}, wired]},
			{nic: 'eno1'},
		],
		[
			'a NIC without the default route',
			{nic: 'wlp3s0', gateway: '10.44.0.1'},
			{external: 'bridge', nic: 'eno1', gateway: '192.168.178.1'},
		],
		['systemd-networkd', {renderer: 'networkd'}, {external: 'bridge', nic: 'eno1'}],
		[
			'internal ranges in use',
			{routes: ['192.168.178.0/24', '10.0.0.0/8']},
			{internal: '172.30.10.0/24', heartbeat: '172.30.20.0/24'},
		],
		['one internal range in use', {routes: ['10.0.10.0/24']}, {internal: '10.110.10.0/24', heartbeat: '10.0.20.0/24'}],
		['Wi-Fi', {nics: [{...wired, kind: 'wireless', name: 'wlp3s0'}]}, nat],
		['a cable that is not plugged in', {nics: [{...wired, carrier: false}]}, nat],
		["a NIC in somebody else's bridge", {nics: [{...wired, controller: 'br0'}]}, nat],
		['a NIC without address', {nics: [{...wired, addresses: []}]}, nat],
		['a point-to-point address', {nics: [{...wired, addresses: ['203.0.113.5/32']}]}, nat],
		[
			'a NIC that is no Ethernet (IPoIB)',
			{nics: [{name: 'ib0', kind: 'wired', carrier: true, addresses: ['192.168.178.20/24']}]},
			nat,
		],
		['a virtual NIC', {nics: [{...wired, kind: 'virtual', bridge: false}]}, nat],
		['NetworkManager, whose profile an earlier version did not read', {renderer: 'networkmanager'}, nat],
		[
			'NetworkManager',
			{
				renderer: 'networkmanager',
				uplink: {
					renderer: 'networkmanager',
					mac: '02:00:00:00:00:01',
					connection: '6b1e3a4c-0000-4000-8000-000000000001',
					sections: [],
				},
			},
			{external: 'bridge', nic: 'eno1'},
		],
		[
			'a configuration that cannot be changed',
			{uplink: {renderer: 'netplan', mac: '02:00:00:00:00:01', refusal: {kind: 'pattern', names: ['all', 'en*']}}},
			nat,
		],
		[
			'a VPN that takes all private ranges',
			{nics: [], routes: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']},
			{...nat, internal: '10.0.10.0/24', heartbeat: '10.0.20.0/24'},
		],
		[
			"the same VPN, and a LAN with the thesis's range",
			{
				nics: [{...wired, kind: 'wireless', addresses: ['192.168.1.20/24']}],
				routes: ['192.168.1.0/24', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
			},
			{external: 'nat', cidr: '192.168.200.0/24', internal: '10.0.10.0/24'},
		],
		[
			"NAT where the thesis's range is the host's own",
			{nics: [], routes: ['192.168.1.0/24', '192.168.200.0/24']},
			{
				external: 'nat',
				cidr: '192.168.201.0/24',
				gateway: '192.168.201.1',
				addresses: ['192.168.201.200', '192.168.201.135', '192.168.201.139'],
			},
		],
	])('%s', (_, host, expected) => {
		const proposal = hostDefaults(factsOf(host), false);
		expect(proposal).toMatchObject(expected);
		// What is proposed is always accepted.
		expect(readAnswers('', {proposal})).toEqual({answers: {}});
	});

	it.each([
		[
			"the host's own address",
			'vip: {external: 192.168.178.20}',
			'192.168.178.20 belongs to this host; choose another address.',
		],
		[
			"its name server's",
			'nodes: {master: {external: 192.168.178.9}}',
			"192.168.178.9 belongs to the host's name server; choose another address.",
		],
		[
			"its gateway's, where another one is chosen",
			'networks: {external: {gateway: 192.168.178.2}}\nnodes: {standby: {external: 192.168.178.1}}',
			"192.168.178.1 belongs to the host's gateway; choose another address.",
		],
		['the name of its NIC', 'networks: {internal: {label: eno1}}', 'eno1 is a NIC of this host; choose another name.'],
	])('lets nobody choose %s', (_, text, message) => {
		const facts = factsOf({nameservers: ['192.168.178.9', '192.168.178.1']});
		expect(readAnswers(text, {proposal: hostDefaults(facts, false)})).toMatchObject({
			problems: [{message: {en: message}}],
		});
		expect(readAnswers(text, {proposal: thesisDefaults}), 'in a sandbox').not.toMatchObject({
			problems: [{message: {en: message}}],
		});
	});

	const bond: HostNic = {
		name: 'bond0',
		kind: 'virtual',
		bridge: false,
		carrier: true,
		mac: '02:00:00:00:00:02',
		addresses: ['10.7.0.20/24'],
	};
	const bridge: HostNic = {
		name: 'br0',
		kind: 'virtual',
		bridge: true,
		carrier: true,
		mac: '02:00:00:00:00:03',
		addresses: ['10.8.0.20/24'],
	};
	it.each<[string, Host, string, object]>([
		[
			'NAT instead of the bridge: a range of its own',
			{},
			'host: {external: nat}',
			{
				host: {external: 'nat'},
				networks: {external: {cidr: '192.168.1.0/24', gateway: '192.168.1.1'}},
				vip: {external: '192.168.1.200'},
			},
		],
		[
			"NAT on a LAN with the thesis's range",
			{nics: [{...wired, addresses: ['192.168.1.20/24']}], gateway: '192.168.1.1', routes: ['192.168.1.0/24']},
			'host: {external: nat}',
			{networks: {external: {cidr: '192.168.200.0/24'}}},
		],
		[
			'another NIC: its range',
			{nics: [wired, {...wired, name: 'eno2', addresses: ['10.9.0.5/24']}]},
			'host: {nic: eno2}',
			{
				host: {external: 'bridge', nic: 'eno2'},
				networks: {external: {cidr: '10.9.0.0/24', gateway: '10.9.0.1'}},
				vip: {external: '10.9.0.200'},
			},
		],
		[
			'a bond, though NAT is proposed',
			{nics: [{...wired, addresses: []}, bond], nic: 'bond0', gateway: '10.7.0.1'},
			'host: {external: bridge, nic: bond0}',
			{host: {external: 'bridge', nic: 'bond0'}, networks: {external: {cidr: '10.7.0.0/24', gateway: '10.7.0.1'}}},
		],
		[
			'a bridge without a word about the NIC: that of the default route',
			{nics: [bond], nic: 'bond0', gateway: '10.7.0.1'},
			'host: {external: bridge}',
			{host: {external: 'bridge', nic: 'bond0'}},
		],
		[
			"a port of the user's own bridge: the bridge's range",
			{nics: [{...wired, addresses: [], controller: 'br0'}, bridge], nic: 'br0', gateway: '10.8.0.1'},
			'host: {external: bridge, nic: eno1}\nnetworks: {external: {label: br0}}',
			{
				host: {external: 'bridge', nic: 'eno1'},
				networks: {external: {cidr: '10.8.0.0/24', gateway: '10.8.0.1', label: 'br0'}},
			},
		],
		[
			'a NIC, but NAT',
			{nics: [wired, {...wired, name: 'eno2', addresses: ['10.9.0.5/24']}]},
			'host: {external: nat, nic: eno2}',
			{host: {external: 'nat'}},
		],
	])("follows the user's choice: %s", (_, host, text, expected) => {
		const proposal = hostDefaults(factsOf(host), false);
		const read = readAnswers(text, {proposal});
		expect(read).not.toHaveProperty('problems');
		expect(applyDefaults('answers' in read ? read.answers : {}, proposal)).toMatchObject(expected);
	});

	it('leaves out addresses that answered', () => {
		expect(
			hostDefaults(factsOf({}), false, ['192.168.178.200', '192.168.178.139', '192.168.178.254']).addresses,
		).toEqual(['192.168.178.135', '192.168.178.253', '192.168.178.252']);
	});

	it('is the thesis in the sandbox, whatever the host has', () => {
		expect(hostDefaults(factsOf({routes: ['10.0.0.0/8', '192.168.0.0/16']}), true)).toEqual(thesisDefaults);
	});
});

import {expect, test} from 'vitest';
import {publicNetworks} from '../../source/answers/public-ranges.ts';
import {testCluster} from '../cluster-fixture.ts';

const cidrs = (external: string, internal: string, host: 'bridge' | 'nat' = 'nat') =>
	publicNetworks(
		testCluster(
			{networks: {external: {cidr: external}, internal: {cidr: internal}}, host: {external: host, nic: 'eno1'}},
			{sandbox: false},
		),
	).map(({cidr}) => cidr);

test.each<[string, string, string[]]>([
	['192.168.200.0/24', '10.0.10.0/24', []],
	['198.18.0.0/24', '172.31.255.0/24', []],
	['100.127.0.0/16', '172.32.0.0/24', ['172.32.0.0/24']],
	['192.169.0.0/24', '8.8.8.0/24', ['192.169.0.0/24', '8.8.8.0/24']],
	['192.0.0.0/16', '192.160.0.0/12', ['192.0.0.0/16', '192.160.0.0/12']],
])('of %s and %s are public: %j', (external, internal, expected) => {
	expect(cidrs(external, internal)).toEqual(expected);
});

test('the range of a bridged NIC is what it is', () => {
	expect(cidrs('8.8.4.0/24', '8.8.8.0/24', 'bridge')).toEqual(['8.8.8.0/24']);
});

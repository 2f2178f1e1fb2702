import {describe, expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {removal} from '../../source/tasks/removal.ts';
import {sandbox, sandboxHostAddress} from '../../steps/sandbox.ts';
import {testCluster, type TestClusterOptions} from '../cluster-fixture.ts';

describe("the host's address on the external network is the last that is free", () => {
	test.each([
		['192.168.1.0/24', '192.168.1.200', '192.168.1.254'],
		['192.168.1.0/24', '192.168.1.254', '192.168.1.253'],
		['172.20.0.0/29', '172.20.0.6', '172.20.0.5'],
	])('%s with the VIP %s: %s', (cidr, vip, expected) => {
		expect(sandboxHostAddress(testCluster({networks: {external: {cidr}}, vip: {external: vip}}))).toBe(expected);
	});
});

describe('what the sandbox is started with', () => {
	test.each<[string, string, TestClusterOptions, string]>([
		['the usual uplink', '192.168.1.0/24', {}, 'UPLINK=10.0.2.0/24\nNAMESERVER=10.0.2.3\nKVM=shown\n'],
		[
			'an uplink beside the external network',
			'10.0.0.0/16',
			{},
			'UPLINK=198.18.0.0/24\nNAMESERVER=198.18.0.3\nKVM=shown\n',
		],
		[
			'no acceleration',
			'192.168.1.0/24',
			{acceleration: 'tcg'},
			'UPLINK=10.0.2.0/24\nNAMESERVER=10.0.2.3\nKVM=hidden\n',
		],
	])('%s', (_, cidr, options, expected) => {
		const tasks = sandbox.tasks(testCluster({networks: {external: {cidr}}}, options), {});
		const [write] = tasks.find(({title}) => title.en.endsWith('/parameters'))!.apply!;
		expect(write!.input).toContain(expected);
	});
});

test('what is removed is the folder of this cluster, whole', () => {
	const cluster = testCluster({name: 'trial'});
	const [first] = sandbox.tasks(cluster, {});
	const {shown, remove} = removal(first!.creates![0]!, cluster.paths);
	expect(shown).toBe('/var/lib/cluster-wizard/trial/sandbox');
	expect(render(remove, 'script')).toContain('/trial/sandbox/control remove');
});

test('it is part of the plan only where it is asked for', () => {
	expect([true, false].map(wanted => sandbox.when!(testCluster({}, {sandbox: wanted})))).toEqual([true, false]);
});

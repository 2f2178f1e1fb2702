import {describe, expect, it} from 'vitest';
import {buildCluster} from '../../source/answers/build-cluster.ts';
import {roles} from '../../source/roles/index.ts';
import {testCluster, testFacts, testKeys} from '../cluster-fixture.ts';

/** Nodes that every cluster has. */
const fixed = roles.flatMap(({nodes}) => nodes).length;
const counts = [1, 2, 3, 5, 10, 25, 50];

describe('buildCluster', () => {
	it('gives the same cluster every time', () => {
		expect(testCluster()).toEqual(testCluster());
		expect(JSON.stringify(testCluster(), undefined, 2)).toMatchSnapshot();
	});

	it('gives another cluster other identities, and the same addresses', () => {
		const [one, other] = [
			testCluster(),
			testCluster({}, {facts: {...testFacts, clusterId: '00000000-0000-4000-8000-000000000002'}}),
		];
		const identities = (cluster: typeof one) => [
			cluster.raid.uuid,
			cluster.raid.filesystemUuid,
			...Object.values(cluster.networks).map(({uuid}) => uuid),
			...cluster.nodes.flatMap(node => [node.uuid, node.machineId, ...node.nics.map(({mac}) => mac)]),
		];
		expect(identities(one).filter(identity => identities(other).includes(identity))).toEqual([]);
		expect(other.nodes.map(({internal}) => internal)).toEqual(one.nodes.map(({internal}) => internal));
	});

	it.each(counts)('with %i servers uses nothing twice', count => {
		const {nodes, networks, raid} = testCluster({web: {count}});
		for (const values of [
			nodes.map(({name}) => name),
			nodes.map(({vm}) => vm),
			nodes.flatMap(({nics}) => nics.map(({mac}) => mac)),
			nodes.flatMap(({nics}) => nics.map(({address}) => address)),
			[
				...nodes.flatMap(({uuid, machineId}) => [uuid, machineId]),
				...Object.values(networks).map(({uuid}) => uuid),
				raid.filesystemUuid,
			],
			nodes.map(({hostKey}) => hostKey.public),
		]) {
			expect(new Set(values).size).toBe(values.length);
		}

		expect(nodes).toHaveLength(fixed + count);
	});

	it('does not change the nodes that are there when servers are added', () => {
		const {nodes} = testCluster();
		expect(testCluster({web: {count: 50}}).nodes.slice(0, nodes.length)).toEqual(nodes);
	});

	it('writes identities in the form each tool wants', () => {
		const {nodes, raid, networks} = testCluster();
		const uuid = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
		for (const node of nodes) {
			expect(node.uuid).toMatch(uuid);
			expect(node.machineId).toMatch(/^[\da-f]{32}$/);
			for (const {mac} of node.nics) {
				expect(mac).toMatch(/^52:54:00(:[\da-f]{2}){3}$/);
			}
		}

		expect(networks.internal.uuid).toMatch(uuid);
		expect(raid.filesystemUuid).toMatch(uuid);
		expect(raid.uuid).toMatch(/^[\da-f]{8}(:[\da-f]{8}){3}$/);
		expect(raid.serials).toEqual(['raid1', 'raid2', 'raid3', 'raid4', 'raid5']);
	});

	it.each([
		[
			'thesis',
			'kvm',
			{token: 3000, monitor: 15, agentLimit: {startStop: 60, monitor: 20}, interval: 10, timeout: 3, vcpus: 2, pace: 1},
		],
		[
			'thesis',
			'tcg',
			{
				token: 15_000,
				monitor: 30,
				agentLimit: {startStop: 300, monitor: 300},
				interval: 20,
				timeout: 6,
				vcpus: 1,
				pace: 10,
			},
		],
		[
			'fast',
			'kvm',
			{token: 1000, monitor: 5, agentLimit: {startStop: 60, monitor: 20}, interval: 1, timeout: 2, vcpus: 2, pace: 1},
		],
		[
			'fast',
			'tcg',
			{
				token: 5000,
				monitor: 30,
				agentLimit: {startStop: 300, monitor: 300},
				interval: 2,
				timeout: 4,
				vcpus: 1,
				pace: 10,
			},
		],
	] as const)('scales the profile %s for %s', (profile, acceleration, expected) => {
		const {
			ha: {token, monitor, agentLimit},
			check,
			nodes,
			timeoutScale,
		} = testCluster({profile}, {acceleration});
		expect({token, monitor, agentLimit, ...check, vcpus: nodes[0]!.vcpus, pace: timeoutScale}).toEqual(expected);
	});

	it.each([
		[{ha: {token: 500}}, 5000],
		[{ha: {token: 4000}}, 20_000],
	])('scales what was chosen as well, never below what emulation needs: %j', (answers, token) => {
		expect(testCluster(answers, {acceleration: 'tcg'}).ha.token).toBe(token);
	});

	it('leaves the number of processors that was chosen', () => {
		const {nodes} = testCluster({web: {vcpus: 3}, nodes: {nas: {vcpus: 4}}}, {acceleration: 'tcg'});
		expect(nodes.map(({vcpus}) => vcpus)).toEqual([4, 1, 1, 3, 3, 3]);
	});

	it('supposes the acceleration from the processor until it was tried', () => {
		const derive = (value: 'vmx' | 'svm' | 'none') =>
			buildCluster({}, {...testFacts, acceleration: undefined, virtualization: {value, source: ''}}, testKeys, {
				sandbox: true,
				paths: testCluster().paths,
			}).acceleration;
		expect([derive('vmx'), derive('svm'), derive('none')]).toEqual(['kvm', 'kvm', 'tcg']);
	});

	it("on a real host bridges the NIC and asks the host's own name servers; with NAT and in the sandbox the gateway", () => {
		const facts = {...testFacts, nameservers: {value: ['9.9.9.9'], source: ''}};
		const place = (answers: Parameters<typeof testCluster>[0], sandbox: boolean) => {
			const {host, networks, nameservers} = testCluster(answers, {sandbox, facts});
			return {...host, label: networks.external.label, nameservers};
		};

		expect(place({}, false)).toEqual({
			external: 'bridge',
			nic: 'eno1',
			renderer: 'ifupdown',
			label: 'kvmbr0',
			nameservers: ['9.9.9.9'],
		});
		expect(place({host: {external: 'nat'}}, false)).toEqual({
			external: 'nat',
			label: 'redExterna',
			nameservers: ['192.168.200.1'],
		});
		expect(place({}, true)).toEqual({external: 'sandbox', label: 'kvmbr0', nameservers: ['192.168.1.1']});
	});

	it("takes the NIC's configuration as it was at the first run", () => {
		const uplink = {
			renderer: 'networkd' as const,
			mac: '02:00:00:00:00:01',
			sections: [{name: 'Network', lines: ['DHCP=yes']}],
		};
		const facts = {...testFacts, uplinks: {value: {eno2: uplink}, source: ''}};
		expect(testCluster({host: {nic: 'eno2'}}, {sandbox: false, facts}).host).toEqual({
			external: 'bridge',
			nic: 'eno2',
			renderer: 'networkd',
			uplink,
		});
		expect(testCluster({host: {nic: 'eno1'}}, {sandbox: false, facts}).host).toEqual({
			external: 'bridge',
			nic: 'eno1',
			renderer: 'ifupdown',
		});
	});

	it('shows no secret when it is printed', () => {
		const cluster = testCluster();
		const printed = JSON.stringify(cluster);
		for (const secret of [cluster.ha.authkey, ...cluster.nodes.map(({hostKey}) => hostKey.private)]) {
			expect(printed).not.toContain(secret.reveal().trim());
		}
	});

	it("refuses to go on without a node's key", () => {
		expect(() =>
			buildCluster({}, testFacts, {...testKeys, hosts: {}}, {sandbox: true, paths: testCluster().paths}),
		).toThrow('There is no host key for nas');
	});
});

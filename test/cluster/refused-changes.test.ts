import {describe, expect, it} from 'vitest';
import {refusedChanges} from '../../source/cluster/refused-changes.ts';
import {inventoryOf, inventorySchema} from '../../source/cluster/inventory.ts';
import type {Answers} from '../../source/answers/schema.ts';
import {testCluster, testFacts} from '../cluster-fixture.ts';

const built = inventorySchema.parse(JSON.parse(JSON.stringify(inventoryOf(testCluster()))));

describe('refusedChanges', () => {
	it.each<[string, Answers, string[]]>([
		['nothing', {}, []],
		['what is the default anyway', {web: {count: 3}, vip: {external: '192.168.1.200'}}, []],
		['more servers', {web: {count: 5}}, []],
		['fewer servers', {web: {count: 1}}, []],
		['times', {profile: 'fast'}, []],
		['where the service lives', {ha: {failback: false, sorryPage: false}}, []],
		['an address', {nodes: {master: {internal: '10.0.10.5'}}}, ['nodes.master.internal']],
		[
			"the first server's address",
			{web: {first: '10.0.10.120'}},
			['nodes.server1.internal', 'nodes.server2.internal', 'nodes.server3.internal'],
		],
		['a name', {nodes: {nas: {name: 'store'}}}, ['nodes.nas.name']],
		["libvirt's name", {nodes: {nas: {vm: 'STORE'}}}, ['nodes.nas.vm']],
		[
			'memory, processors and disk',
			{nodes: {server1: {memory: '1G', vcpus: 4, disk: '6G'}}},
			['nodes.server1.memory', 'nodes.server1.vcpus', 'nodes.server1.disk'],
		],
		[
			'memory of servers, some of them new',
			{web: {count: 4, memory: '1G'}},
			['nodes.server1.memory', 'nodes.server2.memory', 'nodes.server3.memory'],
		],
		['the array', {raid: {disks: 6, level: 5, size: '200M'}}, ['raid.level', 'raid.disks', 'raid.size']],
		['a VIP', {vip: {internal: '10.0.10.201'}}, ['vip.internal']],
		[
			'a range',
			{networks: {heartbeat: {cidr: '10.0.21.0/24'}}},
			['networks.heartbeat.cidr', 'nodes.master.heartbeat', 'nodes.standby.heartbeat'],
		],
		[
			"a network's name and the gateway, which is the name server too",
			{networks: {external: {label: 'br7', gateway: '192.168.1.2'}}},
			['networks.external.label', 'networks.external.gateway'],
		],
		['the release', {guest: {release: 'trixie'}}, ['guest.release']],
		["the cluster's name", {name: 'other'}, ['name']],
	])('%s', (_, answers, expected) => {
		expect(refusedChanges(built, testCluster(answers)).map(({key}) => key)).toEqual(expected);
	});

	it('says why, with both values, in both languages', () => {
		const [refused] = refusedChanges(built, testCluster({nodes: {master: {internal: '10.0.10.5'}}}));
		expect(refused!.reason).toMatchObject({
			en: 'nodes.master.internal cannot change from 10.0.10.1 to 10.0.10.5: master exists already and keeps what it was made with. Put 10.0.10.1 back, or run "cluster-wizard down" and build again.',
			es: 'nodes.master.internal no puede pasar de 10.0.10.1 a 10.0.10.5: master ya existe y conserva aquello con lo que se creó. Vuelva a poner 10.0.10.1, o ejecute «cluster-wizard down» y construya de nuevo.',
		});
	});

	it("refuses another cluster's machines", () => {
		const other = testCluster({}, {facts: {...testFacts, clusterId: '00000000-0000-4000-8000-000000000002'}});
		expect(refusedChanges(built, other).map(({key}) => key)).toEqual(
			expect.arrayContaining(['raid.uuid', 'nodes.nas.uuid', 'nodes.nas.internal MAC']),
		);
	});

	it('does not take a number of processors for a choice when only the acceleration was found to be another', () => {
		expect(refusedChanges(built, testCluster({}, {acceleration: 'tcg'}))).toEqual([]);
	});
});

describe('inventoryOf', () => {
	it('has no secrets, and of the pages the digest alone', () => {
		const cluster = testCluster(
			{},
			{content: {kind: 'own', archive: '/state/content/abc.tar.gz', digest: 'abc', size: 4096}},
		);
		const saved = JSON.stringify(inventoryOf(cluster));
		expect(saved).not.toMatch(/\*\*\*|tar\.gz|not a key/);
		expect(inventorySchema.parse(JSON.parse(saved))).toEqual(inventoryOf(cluster));
	});
});

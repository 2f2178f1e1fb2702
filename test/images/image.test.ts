import {expect, test} from 'vitest';
import {baseImage, roleImage, roleImages} from '../../source/images/image.ts';
import {roleIds} from '../../source/roles/index.ts';
import {testCluster} from '../cluster-fixture.ts';

const cluster = testCluster();

test('an image lies in the cache under its release, its role and a hash of what it is made from', () => {
	expect(baseImage(cluster).path).toMatch(/^\/var\/cache\/cluster-wizard\/bookworm-base-[\da-f]{12}\.tar$/);
	expect(roleImage(cluster, 'director', 10).path).toMatch(
		/^\/var\/cache\/cluster-wizard\/bookworm-director-[\da-f]{12}\.img$/,
	);
});

test.each([
	[
		'the same cluster elsewhere is made from the same images',
		testCluster({name: 'other', networks: {internal: {cidr: '10.9.0.0/24'}}}),
		'same',
	],
	['emulated or not', testCluster({}, {acceleration: 'tcg'}), 'same'],
	['another age from which images are made anew', testCluster({guest: {maxAge: 30}}), 'same'],
	['another release', testCluster({guest: {release: 'trixie'}}), 'other'],
] as const)('%s', (_, other, expected) => {
	for (const role of roleIds) {
		const {disk} = cluster.byRole[role][0]!;
		expect(roleImage(other, role, disk).path === roleImage(cluster, role, disk).path).toBe(expected === 'same');
	}
});

test('another size of disk is another image, on the same base', () => {
	const [small, large] = [roleImage(cluster, 'web', 5), roleImage(cluster, 'web', 8)];
	expect(small.path).not.toBe(large.path);
	expect(small.base).toEqual(large.base);
});

test("there is one image for each size that a role's nodes have", () => {
	expect(roleImages(cluster, 'web')).toHaveLength(1);
	const mixed = testCluster({nodes: {server2: {disk: '8G'}}});
	expect(roleImages(mixed, 'web').map(({partitions: {system, swap}}) => system + swap)).toEqual([5 * 1024, 8 * 1024]);
});

test('what no step has configured does not start at the first boot', () => {
	expect(roleImage(cluster, 'director', 10).unconfigured).toEqual(
		expect.arrayContaining(['corosync', 'pacemaker', 'ldirectord', 'dnsmasq']),
	);
});

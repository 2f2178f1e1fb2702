import {describe, expect, test} from 'vitest';
import {makePlan} from '../../source/engine/plan.ts';
import {canJoinGroups, isCached, ownedResourceSchema, type Resource} from '../../source/engine/resource.ts';
import {benchDrill} from '../../steps/drills/bench.ts';
import {steps} from '../../steps/index.ts';
import {bridgedCluster} from '../bridged-cluster.ts';
import {testCluster} from '../cluster-fixture.ts';

const uuid = '9d0d2bbf-ee51-8147-be87-df9f89343733';
const accepts = (resource: object) => ownedResourceSchema.safeParse({place: 'machine', ...resource}).success;

describe('resources that plans have', () => {
	const longest = testCluster(
		{
			name: 'a'.repeat(32),
			nodes: {nas: {vm: 'N'.repeat(50)}},
			networks: {internal: {label: 'n'.repeat(15)}},
			raid: {disks: 16},
			web: {count: 50},
		},
		{sandbox: false},
	);
	test.each([
		['in a sandbox', testCluster()],
		['behind NAT, for a user', {...testCluster({host: {external: 'nat'}}, {sandbox: false}), user: 'student'}],
		['on a bridge', bridgedCluster('ifupdown', {'/etc/network/interfaces': 'auto eno1\niface eno1 inet dhcp\n'})],
		['for Ubuntu', testCluster({guest: {distribution: 'ubuntu', release: 'noble'}})],
		['with the longest names', longest],
	])('%s', (_, cluster) => {
		const resources = [
			...makePlan(cluster, steps).flatMap(({tasks}) => tasks),
			...benchDrill.scenario(cluster).phases.flatMap(({inject}) => inject.map(({task}) => task)),
		].flatMap(({creates}) => creates ?? []);
		expect(resources.length).toBeGreaterThan(10);
		expect(resources.filter(resource => !accepts(resource))).toEqual([]);
	});
});

const foreignNames = [
	'',
	'.',
	'..',
	'../etc',
	'/etc',
	'a/b',
	'-x',
	'.hidden',
	'a b',
	'a\nb',
	'a\u001B[31m',
	'a\0',
	'ñ',
	'a\n',
	'x'.repeat(10_000),
];
const kinds: Array<[Resource['kind'], string, object]> = [
	['machine', 'NFS', {uuid}],
	['network', 'redInter', {uuid}],
	['bridge', 'kvmbr0', {uuid}],
	['forwarding', 'kvmbr0', {}],
	['untracked', 'redInter', {}],
	['power-unit', 'web', {}],
	['pool', 'cluster-wizard-web', {}],
	['disk', 'NFS-raid1.img', {}],
	['disks', 'disks', {}],
	['image', 'bookworm-web-0123456789ab.img', {}],
	['archive', 'bookworm-packages', {}],
	['sandbox', 'sandbox', {}],
	['namespace', 'bench-0123abcd', {}],
	['membership', 'student:kvm', {}],
	['libvirt-folder', '/etc/libvirt', {}],
];

describe.each(kinds)('%s', (kind, name, more) => {
	test(`${name} is accepted, on the machine and the host, with a node and without`, () => {
		expect(accepts({kind, name, ...more})).toBe(true);
		expect(accepts({kind, name, ...more, place: 'host', node: 'server1'})).toBe(true);
	});

	test.each(foreignNames)('the name %j is refused', foreign => {
		expect(accepts({kind, name: foreign, ...more})).toBe(false);
	});

	test.each<[string, object]>([
		['no name', {name: undefined}],
		['a name that is no text', {name: 1}],
		['another place', {place: 'master'}],
		['a node that is a path', {node: '../x'}],
		['a key of no meaning', {path: '/etc'}],
		['a command', {remove: 'rm -rf /'}],
	])('%s is refused', (_, change) => {
		expect(accepts({kind, name, ...more, ...change})).toBe(false);
	});
});

test.each(['machine', 'network', 'bridge'])('%s: only a UUID tells which', kind => {
	for (const wrong of [undefined, '', uuid.toUpperCase(), `${uuid}\n`, `${uuid} x`, '-x', uuid.slice(1), '../../etc']) {
		expect(accepts({kind, name: 'A', uuid: wrong}), String(wrong)).toBe(false);
	}
});

test.each<[Resource['kind'], string]>([
	['disk', 'passwd'],
	['disk', 'a.img.new'],
	['image', 'shadow'],
	['image', 'a.img/x.img'],
	['archive', 'etc'],
	['namespace', 'router'],
	['namespace', 'bench-0123abcd2'],
	['network', 'n'.repeat(16)],
	['forwarding', 'kvmbr0 -o'],
	['libvirt-folder', '/etc/netplan'],
	['libvirt-folder', '/var/lib/libvirt/'],
	['sandbox', 'state'],
])('%s %s is refused', (kind, name) => {
	expect(accepts({kind, name, uuid})).toBe(false);
	expect(accepts({kind, name})).toBe(false);
});

test.each(['process', 'file', 'directory', 'constructor', '__proto__', ''])('the kind %j is refused', kind => {
	expect(accepts({kind, name: 'a'})).toBe(false);
});

describe('members of groups', () => {
	test.each(['student', '_apt', 'A.b-c_1', 'ñandú', String.raw`EXAMPLE\student`, 'student@example.org', 'host$', 'a'])(
		'%s may join kvm and libvirt',
		user => {
			expect(canJoinGroups(user)).toBe(true);
			expect(
				['kvm', 'libvirt', 'sudo', 'root', 'docker', ''].filter(group =>
					accepts({kind: 'membership', name: `${user}:${group}`}),
				),
			).toEqual(['kvm', 'libvirt']);
		},
	);

	test.each([
		'root',
		'0',
		'1000',
		'',
		'-student',
		'+a',
		'~a',
		'a b',
		'a:b',
		'a,b',
		'a/b',
		'a\nroot',
		'a\u001B',
		'a\u202E',
		'a'.repeat(10_000),
	])('%j may not', user => {
		expect(canJoinGroups(user)).toBe(false);
		expect(accepts({kind: 'membership', name: `${user}:kvm`})).toBe(false);
	});
});

test('only images and fetched packages are kept by down', () => {
	expect(kinds.map(([kind]) => kind).filter(kind => isCached({kind}))).toEqual(['image', 'archive']);
});

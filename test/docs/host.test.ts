import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {libvirtFolders, ownedResourceSchema} from '../../source/engine/resource.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {hostPackages} from '../../source/tasks/host-packages.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';
import {unlikeClusters} from '../unlike-clusters.ts';

const text = readFileSync(new URL('../../docs/host.md', import.meta.url), 'utf8');
const [, sandbox, host, packages] = text.split(/^## /m);
const clusters = [
	testCluster(),
	...Object.values(unlikeClusters),
	{...testCluster({host: {external: 'bridge', nic: 'eno1'}}, {sandbox: false}), user: 'ana'},
];
const quoted = (section: string) => new Set([...section.matchAll(/`([^`]+)`/g)].map(match => match[1]!));

test('every kind of thing that the program makes is told of, and no other', () => {
	const kinds = ownedResourceSchema.options.map(({shape}) => shape.kind.value);
	expect(kinds.filter(kind => !quoted(sandbox! + host!).has(kind))).toEqual([]);
	for (const cluster of clusters) {
		const made = new Set(
			makePlan(cluster, steps).flatMap(({tasks}) => tasks.flatMap(({creates = []}) => creates.map(({kind}) => kind))),
		);
		expect([...made].filter(kind => !quoted(cluster.sandbox ? sandbox! : sandbox! + host!).has(kind))).toEqual([]);
	}
});

test('groups, folders and services are named', () => {
	const [joins] = clusters.filter(({user}) => user);
	const groups = makePlan(joins!, steps).flatMap(({tasks}) =>
		tasks.flatMap(({creates = []}) =>
			creates.flatMap(({kind, name}) => (kind === 'membership' ? [name.split(':')[1]!] : [])),
		),
	);
	expect(groups).toHaveLength(2);
	expect([...groups, 'libvirtd.service'].filter(name => !quoted(host!).has(name))).toEqual([]);
	expect(libvirtFolders.filter(folder => !quoted(sandbox!).has(folder))).toEqual([]);
	const outside = makePlan(testCluster(), steps)
		.filter(({place}) => place === 'machine')
		.flatMap(({tasks}) => tasks.flatMap(({creates = []}) => creates.map(({kind}) => kind)));
	expect([...new Set(outside)].sort()).toEqual(['archive', 'image', 'libvirt-folder', 'sandbox']);
});

test('the packages are exactly those of the lists', () => {
	const installed = new Set(
		[
			...clusters,
			{
				...testCluster({host: {external: 'bridge', nic: 'eno1'}}, {sandbox: false}),
				host: {external: 'bridge' as const, nic: 'eno1', renderer: 'ifupdown' as const},
			},
		].flatMap(cluster => Object.values(hostPackages(cluster)).flat()),
	);
	const table = [...quoted(packages!.slice(packages!.indexOf('|')))];
	expect(table.sort()).toEqual([...installed].sort());
});

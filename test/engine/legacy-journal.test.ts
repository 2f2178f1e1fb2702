import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {Cluster} from '../../source/cluster/cluster.ts';
import {parseJournal} from '../../source/engine/journal-entry.ts';
import type {LegacyContext} from '../../source/engine/legacy-journal.ts';
import {bridgedCluster} from '../bridged-cluster.ts';
import {testCluster, testFacts} from '../cluster-fixture.ts';

/** Journals as version 0.1.0 wrote them, with its commands, for clusters like those below: each line as its `ownedBy` gave it. */
const old = (name: string) => readFileSync(join(import.meta.dirname, 'old-journals', `${name}.jsonl`), 'utf8');
const small = {web: {count: 1}, raid: {disks: 4}} as const;
const sandbox = testCluster(small);
const nat = testCluster({...small, host: {external: 'nat'}}, {sandbox: false});
const bridge = bridgedCluster('ifupdown', {'/etc/network/interfaces': 'auto eno1\niface eno1 inet dhcp\n'});
/** Where version 0.1.0 kept these clusters. */
const oldPaths = ({name, sandbox}: Cluster): LegacyContext['paths'] => {
	const state = `/home/student/.local/state/cluster-wizard/${name}`;
	return {
		state,
		cache: '/home/student/.cache/cluster-wizard',
		disks: sandbox ? `${state}/disks` : `/var/lib/cluster-wizard/${name}`,
	};
};

const contextOf = (cluster: Cluster, more: Partial<LegacyContext> = {}): LegacyContext => ({
	clusterId: testFacts.clusterId,
	paths: oldPaths(cluster),
	...more,
});

const resourcesIn = (text: string, context?: LegacyContext) =>
	parseJournal(text, context).entries.flatMap(entry => (entry.type === 'intent' ? entry.resource : []));

/** `place kind name`, with the node where there is one, each once. */
const listed = (name: string, context: LegacyContext) => [
	...new Set(
		resourcesIn(old(name), context).map(({place, kind, name, node}) =>
			[place, kind, name, ...(node ? [`of ${node}`] : [])].join(' '),
		),
	),
];

describe('every resource of an older journal is identified', () => {
	const images = [
		'machine image bookworm-base-12bb26047819.tar',
		'machine archive bookworm-packages',
		...['storage-51c89ee460b0', 'director-6a364e8afece', 'web-c4204b49213c'].map(
			name => `machine image bookworm-${name}.img`,
		),
	];
	const machines = (pool: string) =>
		[
			['NFS', 'nas'],
			['MASTER', 'master'],
			['STANDBY', 'standby'],
			['SERVER1', 'server1'],
		].flatMap(([vm, node]) => [
			`host disks disks of ${node}`,
			`host disk ${vm}.img of ${node}`,
			...(vm === 'NFS' ? [1, 2, 3, 4].map(number => `host disk NFS-raid${number}.img of nas`) : []),
			`host pool ${pool} of ${node}`,
			`host machine ${vm} of ${node}`,
		]);
	const inner = ['host network redInter', 'host network redHeart'];
	const bench = 'host namespace bench-1831be27';

	test.each<[string, Cluster, Partial<LegacyContext>, string[]]>([
		[
			'sandbox',
			sandbox,
			{},
			[
				...['/etc', '/var/lib', '/var/cache', '/var/log'].map(folder => `machine libvirt-folder ${folder}/libvirt`),
				...images,
				'machine sandbox sandbox',
				...inner,
				...machines('disks'),
				bench,
			],
		],
		[
			'nat',
			nat,
			{addedGroups: 'student kvm\nstudent libvirt\n'},
			[
				'machine membership student:kvm',
				'machine membership student:libvirt',
				...images,
				'host network redExterna',
				...inner,
				...machines('web'),
				bench,
			],
		],
		['bridge', bridge, {}, ['host bridge kvmbr0', 'host forwarding kvmbr0']],
	])('%s', (name, cluster, more, expected) => {
		const {problems, unknown} = parseJournal(old(name), contextOf(cluster, more));
		expect({problems, unknown}).toEqual({problems: [], unknown: []});
		expect(listed(name, contextOf(cluster, more))).toEqual(expected);
	});

	test('with the UUIDs of the cluster', () => {
		const uuids = [
			...resourcesIn(old('nat'), contextOf(nat)),
			...resourcesIn(old('bridge'), contextOf(bridge)),
		].flatMap(resource => ('uuid' in resource ? [[resource.name, resource.uuid]] : []));
		expect(uuids).toEqual([
			...[nat.networks.external, nat.networks.internal, nat.networks.heartbeat].map(({label, uuid}) => [label, uuid]),
			...nat.nodes.map(({vm, uuid}) => [vm, uuid]),
			['kvmbr0', bridge.networks.external.uuid],
		]);
	});
});

test('no text of an older journal is kept', () => {
	for (const [name, cluster] of [
		['sandbox', sandbox],
		['nat', nat],
		['bridge', bridge],
	] as const) {
		expect(JSON.stringify(parseJournal(old(name), contextOf(cluster)).entries)).not.toMatch(/virsh|rm -|\|\|/);
	}
});

/** The line of an old journal about this resource, changed. */
function changed(
	name: string,
	kind: string,
	change: (owned: {kind: string; name: string; remove: string; place: string}) => void,
): string {
	const line = old(name)
		.split('\n')
		.find(line => line.includes(`"kind":"${kind}"`))!;
	const entry = JSON.parse(line) as {owned: {kind: string; name: string; remove: string; place: string}};
	change(entry.owned);
	return `${JSON.stringify(entry)}\n`;
}

const otherUuid = '12345678-1234-8234-8234-123456789abc';
const anyUuid = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

describe('a resource that is not surely ours is unknown, and is said', () => {
	test.each<[string, string, Cluster, string, Parameters<typeof changed>[2]]>([
		[
			"another machine's UUID",
			'nat',
			nat,
			'machine',
			owned => {
				owned.remove = owned.remove.replaceAll(anyUuid, otherUuid);
			},
		],
		[
			'a machine without a UUID',
			'nat',
			nat,
			'machine',
			owned => {
				owned.remove = 'rm -rf /';
			},
		],
		[
			'a UUID elsewhere in the text',
			'nat',
			nat,
			'machine',
			owned => {
				owned.remove = owned.remove.replace('virsh undefine ', 'virsh undefine --storage vda ');
			},
		],
		[
			"another network's UUID",
			'nat',
			nat,
			'network',
			owned => {
				owned.remove = owned.remove.replaceAll(anyUuid, otherUuid);
			},
		],
		[
			"a network's name that is an option",
			'nat',
			nat,
			'network',
			owned => {
				owned.name = '--help';
			},
		],
		[
			'another bridge',
			'bridge',
			bridge,
			'bridge',
			owned => {
				owned.remove = owned.remove.replaceAll(anyUuid, otherUuid);
			},
		],
		[
			'a bridge whose name is a path',
			'bridge',
			bridge,
			'bridge',
			owned => {
				owned.name = '../../etc';
			},
		],
		[
			'a file elsewhere',
			'nat',
			nat,
			'file',
			owned => {
				owned.name = '/etc/passwd';
			},
		],
		[
			"a disk's name in another folder",
			'nat',
			nat,
			'file',
			owned => {
				owned.name = '/home/student/NFS.img';
			},
		],
		[
			'a way out of the folder',
			'nat',
			nat,
			'file',
			owned => {
				owned.name = `${nat.paths.disks}/../NFS.img`;
			},
		],
		[
			'a file of the folder that is no disk',
			'nat',
			nat,
			'file',
			owned => {
				owned.name = `${nat.paths.disks}/passwd`;
			},
		],
		[
			'another unit of systemd',
			'bridge',
			bridge,
			'file',
			owned => {
				owned.name = '/etc/systemd/system/ssh.service';
			},
		],
		[
			'a folder elsewhere',
			'sandbox',
			sandbox,
			'directory',
			owned => {
				owned.name = '/etc';
			},
		],
		[
			'a folder of the cache that is no archive',
			'sandbox',
			sandbox,
			'directory',
			owned => {
				owned.name = `${sandbox.paths.cache}/..`;
			},
		],
		[
			'an image elsewhere',
			'sandbox',
			sandbox,
			'image',
			owned => {
				owned.name = '/boot/vmlinuz.img';
			},
		],
		[
			'another pool',
			'sandbox',
			sandbox,
			'pool',
			owned => {
				owned.name = 'default';
			},
		],
		[
			'another sandbox',
			'sandbox',
			sandbox,
			'sandbox',
			owned => {
				owned.name = '/etc';
			},
		],
		[
			'another namespace',
			'sandbox',
			sandbox,
			'namespace',
			owned => {
				owned.name = 'bench-01234567';
			},
		],
		[
			'another file of groups',
			'nat',
			nat,
			'group',
			owned => {
				owned.name = '/etc/group';
			},
		],
		[
			'a kind that no version made',
			'nat',
			nat,
			'machine',
			owned => {
				owned.kind = 'process';
			},
		],
	])('%s', (_, name, cluster, kind, change) => {
		const text = changed(name, kind, change);
		const {owned} = JSON.parse(text) as {owned: {kind: string; name: string}};
		expect(parseJournal(text, contextOf(cluster))).toMatchObject({
			entries: [],
			problems: [],
			unknown: [{line: 1, kind: owned.kind, name: owned.name}],
		});
	});

	test('without facts about the cluster all is unknown', () => {
		expect(parseJournal(old('bridge'))).toMatchObject({
			problems: [],
			unknown: [
				{line: 2, kind: 'bridge'},
				{line: 3, kind: 'file'},
			],
		});
	});

	test('an escape sequence in a name is not shown', () => {
		const text = changed('nat', 'machine', owned => {
			owned.name = 'NFS\u001B]52;c;aWQ=\u0007';
			owned.kind = 'pool\u009B31m';
		});
		expect(parseJournal(text, contextOf(nat))).toMatchObject({
			entries: [],
			problems: [],
			unknown: [{line: 1, kind: 'pool', name: 'NFS\uFFFD'}],
		});
	});

	test.each<[string, Parameters<typeof changed>[2]]>([
		[
			'another place',
			owned => {
				owned.place = 'everywhere';
			},
		],
		[
			'a name of 10 kB',
			owned => {
				owned.name = 'x'.repeat(10_000);
			},
		],
	])('%s: the line is broken', (_, change) => {
		expect(parseJournal(changed('nat', 'machine', change), contextOf(nat))).toMatchObject({
			entries: [],
			problems: [{line: 1}],
			unknown: [],
		});
	});
});

describe('the file of groups', () => {
	const group = changed('nat', 'group', () => {});
	test.each<[string, string | undefined, string[] | 'unknown']>([
		['no file: nothing was added', undefined, []],
		['an empty file', '', []],
		['both groups, twice', 'student kvm\nstudent libvirt\nstudent kvm\n', ['student:kvm', 'student:libvirt']],
		['one group', 'student libvirt\n', ['student:libvirt']],
		['a user of a directory', 'EXAMPLE\\student kvm\n', [String.raw`EXAMPLE\student:kvm`]],
		['root sudo', 'root sudo\n', 'unknown'],
		['root kvm', 'root kvm\n', 'unknown'],
		['another group among ours', 'student kvm\nstudent sudo\n', 'unknown'],
		['an option', '-d kvm\n', 'unknown'],
		['three words', 'student kvm sudo\n', 'unknown'],
		['a colon', 'student:kvm sudo\n', 'unknown'],
		['an escape sequence', 'student\u001B kvm\n', 'unknown'],
	])('%s', (_, addedGroups, expected) => {
		const {unknown, problems} = parseJournal(group, contextOf(nat, {addedGroups}));
		expect(problems).toEqual([]);
		expect(unknown.map(({kind}) => kind)).toEqual(expected === 'unknown' ? ['group'] : []);
		expect(resourcesIn(group, contextOf(nat, {addedGroups})).map(({kind, name}) => `${kind} ${name}`)).toEqual(
			expected === 'unknown' ? [] : expected.map(name => `membership ${name}`),
		);
	});
});

test('a removal in an older journal counts, known or unknown', () => {
	const removed = (kind: string, name: string) =>
		`${JSON.stringify({time: '2026-01-02T10:00:00.000Z', type: 'removed', kind, name})}\n`;
	const text = [
		changed('nat', 'group', () => {}),
		changed('nat', 'file', () => {}),
		changed('nat', 'machine', () => {}),
		removed('group', `${oldPaths(nat).state}/added-groups`),
		removed('file', `${oldPaths(nat).disks}/NFS.img`),
		changed('nat', 'pool', owned => {
			owned.name = 'default';
		}),
		removed('pool', 'default'),
	].join('');
	const {entries, unknown} = parseJournal(text, contextOf(nat, {addedGroups: 'student kvm\nstudent libvirt\n'}));
	expect(unknown).toEqual([]);
	expect(entries.flatMap(entry => (entry.type === 'removed' ? `${entry.kind} ${entry.name}` : []))).toEqual([
		'membership student:kvm',
		'membership student:libvirt',
		'disk NFS.img',
		'pool default',
	]);
});

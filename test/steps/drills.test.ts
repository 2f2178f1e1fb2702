import {describe, expect, test} from 'vitest';
import type {Answers} from '../../source/answers/schema.ts';
import {render, type Command} from '../../source/shell/command.ts';
import {isHarmful, type Scenario, type PlacedTask} from '../../source/engine/drill.ts';
import {drills} from '../../steps/drills/index.ts';
import {testCluster, type TestClusterOptions} from '../cluster-fixture.ts';
import {foundWorld, look, type World} from './drill-world.ts';

const clusters = {
	"the thesis's": testCluster(),
	emulated: testCluster({}, {acceleration: 'tcg'}),
	'five servers, RAID 5, no failback, no sorry page': testCluster({
		web: {count: 5},
		raid: {level: 5},
		ha: {failback: false, sorryPage: false},
	}),
	'one server': testCluster({web: {count: 1}}),
	'other names': testCluster({nodes: {master: {name: 'one', vm: 'Uno'}, server1: {name: 'w1'}}}),
};
const cluster = clusters["the thesis's"];

function courseOf(id: string, of = cluster): Scenario {
	return drills.find(drill => drill.id === id)!.scenario(of);
}

/** The commands as one would type them, on one line each. */
function typed(placed: readonly PlacedTask[]): string[] {
	return placed.flatMap(({on, task}) => (task.apply ?? []).map(command => `${on}: ${oneLine(command)}`));
}

function oneLine(command: Command): string {
	return render(command, 'show').replaceAll(/\s+/g, ' ');
}

const placedIn = ({precheck, phases, undo}: Scenario) => [
	...precheck,
	...phases.flatMap(({inject, expect}) => [...inject, ...expect]),
	...undo,
];

test("the thesis's tests come first, and every id is given once", () => {
	expect(drills.map(({id}) => id)).toEqual([
		'1',
		'2-shutdown',
		'2-crash',
		'3',
		'4',
		'apache',
		'nfs',
		'disks',
		'heartbeat',
		'split-brain',
		'sorry',
		'reboot',
		'power',
	]);
	expect(drills.map(({chapter}) => chapter)).toEqual([
		'5, 1',
		'5, 2',
		'5, 2',
		'5, 3',
		'5, 4',
		...Array.from({length: 8}, () => ''),
	]);
});

test('with one server there is nothing to spread a failure over', () => {
	const [one] = [clusters['one server']];
	expect(drills.filter(({when}) => !(when?.(one) ?? true)).map(({id}) => id)).toEqual(['3', 'apache', 'reboot']);
});

describe.each(Object.entries(clusters))('%s', (_, of) => {
	const those = drills.filter(({when}) => when?.(of) ?? true);

	test.each(those.map(drill => [drill.id, drill] as const))('%s is complete', (_, {title, explanation, scenario}) => {
		const {precheck, phases, undo} = scenario(of);
		const texts = [
			title(cluster),
			explanation(cluster),
			...phases.map(phase => phase.title),
			...phases.flatMap(({predict}) => predict?.parts.map(part => part.title) ?? []),
		];
		const tasks = [...precheck, ...phases.flatMap(({inject, expect}) => [...inject, ...expect]), ...undo];
		for (const {en, es} of [...texts, ...tasks.map(({task}) => task.title)]) {
			expect(en).toMatch(/^\S.*\S$/);
			expect(es).toMatch(/^\S.*\S$/);
			expect(`${en} ${es}`).not.toMatch(/undefined|\[object|NaN/);
		}

		const places = new Set(['host', ...of.nodes.map(({name}) => name)]);
		expect(tasks.filter(({on}) => !places.has(on))).toEqual([]);
		expect(precheck.filter(({task}) => task.apply ?? task.timeout)).toEqual([]);
		// Whatever waits for a condition must be able to: an assertion that is not met at once and has no time fails.
		expect(phases.flatMap(({inject}) => inject).every(({task}) => task.apply)).toBe(true);
	});

	test.each(those.filter(({id}) => id !== '1').map(drill => [drill.id, drill] as const))(
		'%s ends with the whole cluster',
		(_, {scenario}) => {
			const {undo} = scenario(of);
			const [master] = of.directors;
			const last = undo.map(({on, task}) => `${on}: ${task.title.en}`);
			const wanted = [
				...of.nodes.map(({name}) => `${name}: ${name} answers by SSH`),
				`${master.name}: Both directors are online`,
				`${master.name}: Corosync reaches the other director over both links`,
				`${master.name}: Clean the fail counts`,
				`${master.name}: Bring the VIPs and ldirectord to ${master.name}`,
				`${of.storage.name}: Make the RAID ${of.raid.level} of ${of.raid.disks} disks, /dev/md0, with every member active`,
				`${master.name}: In rotation: ${of.webs.map(({name}) => name).join(', ')}`,
			];
			expect(last).toEqual(expect.arrayContaining(wanted));
		},
	);
});

describe('what is done to the default cluster', () => {
	const virsh = (command: string, ...vms: string[]) =>
		vms.map(vm => `host: virsh ${command} ${cluster.nodes.find(node => node.vm === vm)!.uuid}`);
	const mac = (link: string) => cluster.directors[0].nics.find(nic => nic.link === link)!.mac;
	const [{uuid}] = cluster.directors;

	test.each([
		['1', [[]]],
		[
			'2-shutdown',
			[
				[
					`host: mkdir -p /run/cluster-wizard/web && : > /run/cluster-wizard/web/MASTER.shutdown && virsh shutdown ${uuid} --mode acpi`,
				],
				[
					expect.stringContaining('host: seconds=60; while'),
					expect.stringContaining(`*) virsh start ${uuid} ;;`),
					'host: rm -f /run/cluster-wizard/web/MASTER.shutdown',
				],
			],
		],
		[
			'2-crash',
			[
				[expect.stringContaining(virsh('destroy', 'MASTER')[0]!)],
				[expect.stringContaining(`*) virsh start ${uuid} ;;`)],
			],
		],
		[
			'3',
			[
				virsh('destroy', 'SERVER1', 'SERVER3').map(text => expect.stringContaining(text)),
				['SERVER1', 'SERVER3'].map(vm => expect.stringContaining(virsh('start', vm)[0]!.slice(6))),
			],
		],
		[
			'4',
			[
				...Array.from({length: 3}, () => [
					expect.stringMatching(/^master: pid=\$\(cat \/run\/ldirectord\.ldirectord\.cf\.pid .*kill -s KILL "\$pid"$/),
				]),
				['master: crm_resource --cleanup'],
			],
		],
		[
			'apache',
			[
				['server1: systemctl stop apache2'],
				[expect.stringContaining('enable'), expect.stringContaining('server1: systemctl restart apache2')],
			],
		],
		[
			'nfs',
			[
				['nas: systemctl stop nfs-server'],
				[expect.stringContaining('enable'), expect.stringContaining('nas: systemctl restart nfs-server')],
			],
		],
		[
			'disks',
			[
				[
					expect.stringContaining('sha256sum'),
					expect.stringMatching(/virtio-raid1\).*mdadm "\$name" --fail "\$disk"$/),
				],
				[expect.stringMatching(/virtio-raid2\).*mdadm "\$name" --fail "\$disk"$/)],
				[expect.stringContaining('nas: udevadm settle'), expect.stringContaining('--add "$disk"')],
			],
		],
		[
			'heartbeat',
			[
				[`host: virsh domif-setlink ${uuid} ${mac('hb0')} down`],
				[`host: virsh domif-setlink ${uuid} ${mac('hb0')} up`],
			],
		],
		[
			'split-brain',
			[
				['hb0', 'int0'].map(link => `host: virsh domif-setlink ${uuid} ${mac(link)} down`),
				['hb0', 'int0'].map(link => `host: virsh domif-setlink ${uuid} ${mac(link)} up`),
			],
		],
		[
			'sorry',
			[
				['server1', 'server2', 'server3'].map(name => `${name}: systemctl stop apache2`),
				expect.arrayContaining(
					['server1', 'server2', 'server3'].map(name => expect.stringContaining(`${name}: systemctl restart apache2`)),
				),
			],
		],
		['reboot', [['server1: echo marked > /run/cluster-reboot', expect.stringContaining('exec systemctl reboot')]]],
		[
			'power',
			[
				[expect.stringContaining('virsh destroy "$uuid"')],
				['MASTER', 'STANDBY', 'NFS', 'SERVER1', 'SERVER2', 'SERVER3'].map(vm =>
					expect.stringContaining(virsh('start', vm)[0]!.slice(6)),
				),
			],
		],
	])('%s', (id, phases) => {
		expect(courseOf(id).phases.map(({inject}) => typed(inject))).toEqual(phases);
	});
});

describe('what is done is undone', () => {
	const down: World = {machines: 'shut off'};
	const stopped: World = {services: 'inactive'};
	/** The world as each drill leaves it before it is undone. */
	const harmed: Readonly<Record<string, World>> = {
		'2-shutdown': {...down, files: ['/run/cluster-wizard/web/MASTER.shutdown']},
		'2-crash': down,
		'3': down,
		'4': {failures: 3},
		apache: stopped,
		nfs: stopped,
		disks: {disks: 'faulty', files: ['/run/cluster-pages.sha256']},
		heartbeat: {links: 'down'},
		'split-brain': {links: 'down'},
		sorry: stopped,
		power: down,
	};

	test.each(Object.entries(harmed))('%s', (id, world) => {
		const {phases, undo} = courseOf(id);
		const isUndo = (placed: PlacedTask) =>
			undo.some(({on, task}) => on === placed.on && task.title.en === placed.task.title.en);
		const injected = phases.flatMap(({inject}) => inject).filter(placed => !isUndo(placed));
		expect(injected).not.toEqual([]);
		for (const {on, task} of injected) {
			expect(look(task.check, foundWorld), `${task.title.en}, before`).toMatchObject({code: 1});
			expect(look(task.check, world), `${task.title.en}, after`).toEqual({code: 0, output: ''});
			const undoing = undo.filter(
				placed =>
					placed.on === on &&
					placed.task.apply &&
					look(placed.task.check, foundWorld).code === 0 &&
					look(placed.task.check, world).code !== 0,
			);
			expect(
				undoing.map(placed => placed.task.title.en),
				`${on}: ${task.title.en} is undone`,
			).not.toEqual([]);
		}
	});

	test.each(drills.filter(({scenario}) => isHarmful(scenario(cluster))))(
		'a machine that has gone while $id lasted is started before anything is asked of it',
		({scenario}) => {
			const {undo} = scenario(cluster);
			const first = undo.slice(0, cluster.nodes.length);
			expect(first.map(({task}) => look(task.check, down).code)).toEqual(cluster.nodes.map(() => 1));
			expect(new Set(typed(first))).toHaveLength(cluster.nodes.length);
			expect(typed(first).every(command => /^host: .* virsh start /.test(command))).toBe(true);
			for (const {name} of cluster.nodes) {
				const [asked] = undo.filter(({on}) => on === name);
				expect(asked!.task).toMatchObject({title: {en: `${name} answers by SSH`}, timeout: 60});
			}
		},
	);

	test('a shutdown that has begun is not taken for none', () => {
		const start = courseOf('2-shutdown').undo[cluster.nodes.length];
		expect(look(start!.task.check, {files: ['/run/cluster-wizard/web/MASTER.shutdown']})).toEqual({
			code: 1,
			output: 'MASTER was told to shut down',
		});
	});

	test('a reboot that was asked for is waited for, a mark alone is removed', () => {
		const {
			phases: [{inject: [leave, reboot]} = {inject: []}],
			undo,
		} = courseOf('reboot');
		const [over, remove] = undo.slice(2 * cluster.nodes.length);
		const marked: World = {files: ['/run/cluster-reboot']};
		const codes = (task: PlacedTask | undefined) =>
			[foundWorld, marked, {files: [['/run/cluster-reboot', 'requested']]} satisfies World].map(
				world => look(task!.task.check, world).code,
			);
		expect([leave, reboot, over, remove].map(codes)).toEqual([
			[1, 0, 0],
			[0, 1, 1],
			[0, 0, 1],
			[0, 1, 1],
		]);
	});
});

describe('what clients lose at worst', () => {
	const profiles: Record<'thesis' | 'fast' | 'emulated', [Answers, TestClusterOptions]> = {
		thesis: [{profile: 'thesis'}, {}],
		fast: [{profile: 'fast'}, {}],
		emulated: [{profile: 'thesis'}, {acceleration: 'tcg'}],
	};

	test.each([
		[
			'thesis',
			{
				'1': ['none 0'],
				'2-shutdown': ['outage 2.95', 'outage 2.95'],
				'2-crash': ['outage 8.45', 'outage 2.95'],
				'3': ['affected 16.65', 'none 0'],
				'4': ['outage 2.3', 'outage 2.3', 'outage 2.95', 'outage 2.95'],
				apache: ['affected 11.45', 'none 0'],
				nfs: ['affected 18.2', 'none 0'],
				disks: ['none 0', 'none 0', 'none 0'],
				heartbeat: ['none 0', 'none 0'],
				'split-brain': ['-', 'affected 10.15'],
				sorry: ['affected 14.05', 'none 0'],
				reboot: ['affected 16.1'],
				power: ['-', 'affected 59.25'],
			},
		],
		[
			'fast',
			{
				'1': ['none 0'],
				'2-shutdown': ['outage 2.95', 'outage 2.95'],
				'2-crash': ['outage 4.05', 'outage 2.95'],
				'3': ['affected 5.65', 'none 0'],
				'4': ['outage 2.3', 'outage 2.3', 'outage 2.95', 'outage 2.95'],
				apache: ['affected 2.45', 'none 0'],
				nfs: ['affected 6.95', 'none 0'],
				disks: ['none 0', 'none 0', 'none 0'],
				heartbeat: ['none 0', 'none 0'],
				'split-brain': ['-', 'affected 5.75'],
				sorry: ['affected 5.05', 'none 0'],
				reboot: ['affected 6.1'],
				power: ['-', 'affected 42.85'],
			},
		],
		[
			'emulated',
			{
				'2-crash': ['outage 95', 'outage 102'],
				'3': ['affected 44', 'none 0'],
				apache: ['affected 41', 'none 0'],
			},
		],
	] as const)('%s', (profile, wanted) => {
		const of = testCluster(...profiles[profile]);
		const found = Object.keys(wanted)
			.sort()
			.map(id => [
				id,
				courseOf(id, of).phases.map(({predict}) => (predict ? `${predict.of} ${predict.seconds}` : '-')),
			]);
		expect(Object.fromEntries(found)).toEqual(wanted);
	});

	test('the parts add up', () => {
		for (const {predict} of Object.values(clusters).flatMap(of =>
			drills.filter(({when}) => when?.(of) ?? true).flatMap(({scenario}) => scenario(of).phases),
		)) {
			expect(predict?.parts.reduce((sum, {seconds}) => sum + seconds, 0) ?? 0).toBeCloseTo(predict?.seconds ?? 0, 6);
		}
	});

	test.each([
		['who stays loses nothing', {ha: {failback: false}}, '2-crash', ['outage', 'none']],
		[
			'without a sorry page what is lost until the end is not predicted',
			{ha: {sorryPage: false}},
			'sorry',
			[undefined, 'affected'],
		],
		['nor while the storage is away', {ha: {sorryPage: false}}, 'nfs', [undefined, 'affected']],
	] as const)('%s', (_, answers, id, kinds) => {
		expect(courseOf(id, testCluster(answers)).phases.map(({predict}) => predict?.of)).toEqual(kinds);
	});

	test('only RAID 6 bears a second disk', () => {
		expect(
			[4, 5, 6, 10].map(level => courseOf('disks', testCluster({raid: {level: level as 4}})).phases.length),
		).toEqual([2, 2, 3, 2]);
	});
});

test('a check never reads standard input, and each has its own', () => {
	expect(
		drills
			.flatMap(({scenario}) => placedIn(scenario(cluster)))
			.filter(({task}) => task.check.input !== undefined || render(task.check, 'execute') === ''),
	).toEqual([]);
});

import {describe, expect, test} from 'vitest';
import {changesOf, type PlanContext} from '../../source/planning/plan-changes.ts';
import {planLines, type PlanSummary} from '../../source/planning/plan-text.ts';
import type {EventBody, TaskStatus} from '../../source/engine/event.ts';
import {makePlan} from '../../source/engine/plan.ts';
import type {OwnedResource} from '../../source/engine/resource.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';

const cluster = testCluster({web: {count: 4}});
const plan = makePlan(cluster, steps);
/** Everything that was made for the first five nodes. */
const owned = plan.flatMap(({tasks, subject, place}) =>
	subject.node?.name === 'server4'
		? []
		: tasks.flatMap(({creates = []}) =>
				creates.map((resource): OwnedResource => ({...resource, place: place === 'machine' ? 'machine' : 'host'})),
			),
);
const context: PlanContext = {
	cluster,
	plan,
	language: 'en',
	owned,
	isDone: id => !id.endsWith('server4'),
	wasWritten: () => false,
	leaving: [],
};

/** Events of a dry run about the tasks whose English title begins so. */
function seen(
	unit: string,
	title: string,
	status: TaskStatus,
	more: {reason?: string; because?: string; diff?: string[]} = {},
): EventBody[] {
	const {id, step, place, tasks} = plan.find(({id}) => id === unit)!;
	const index = tasks.findIndex(task => task.title.en.startsWith(title));
	expect(index, `${unit}: ${title}`).not.toBe(-1);
	const label = {unit: id, step: step.id, host: place, task: tasks[index]!.title.en, index};
	const {diff, ...rest} = more;
	return [
		...(diff ? [{type: 'difference', ...label, lines: diff, left: 0} as const] : []),
		{type: 'task-finished', ...label, status, duration: 0, ...rest},
	];
}

const hosts = [
	'--- /etc/hosts',
	'+++ /etc/hosts',
	'@@ -8,1 +8,2 @@',
	' 10.0.10.112 server3 server3.cluster',
	'+10.0.10.113 server4 server4.cluster',
];
const summary: PlanSummary = {
	add: 0,
	change: 0,
	remove: 0,
	unknown: 0,
	failed: 0,
	isHostUnfit: false,
	asks: [],
	scaled: [],
	chapters: [],
};
const lines = (
	events: readonly EventBody[],
	more: Partial<PlanSummary> = {},
	leaving: readonly string[] = [],
	wasWritten = context.wasWritten,
) => {
	const changes = changesOf(events, {...context, leaving, wasWritten});
	const count = (action: string) => changes.filter(change => change.action === action).length;
	return planLines(
		changes,
		{
			...summary,
			add: count('add'),
			change: count('change'),
			remove: count('remove'),
			unknown: count('unknown'),
			failed: count('failed'),
			...more,
		},
		{language: 'en', paint: (_, text) => text},
	);
};

describe('a plan reads like a diff', () => {
	test('a server more, one less, and a longer token', () => {
		const nodes = ['nas', 'master', 'standby'];
		const token = [
			'--- /etc/corosync/corosync.conf',
			'+++ /etc/corosync/corosync.conf',
			'@@ -4,1 +4,1 @@',
			'-  token: 3000',
			'+  token: 5000',
		];
		expect(
			lines(
				[
					...seen('machines:server4', 'Copy the image', 'would-change', {reason: 'missing'}),
					...seen('machines:server4', 'Define the machine', 'would-change', {reason: 'missing'}),
					...seen('machines:server4', 'Start', 'unknown', {reason: 'libvirt does not answer'}),
					...seen('apache:server4', 'Start apache2', 'unknown', {
						reason: 'server4 cannot be reached before it is started',
					}),
					...nodes.flatMap(node =>
						seen(`names:${node}`, 'Name every node', 'would-change', {reason: 'x', diff: hosts}),
					),
					...['master', 'standby'].flatMap(node => [
						...seen(`corosync:${node}`, 'Write /etc/corosync/corosync.conf', 'would-change', {
							reason: 'x',
							diff: token,
						}),
						...seen(`corosync:${node}`, 'Start corosync', 'would-change', {
							reason: 'it reads …',
							because: '/etc/corosync/corosync.conf',
						}),
						...seen(`forwarding:${node}`, 'Start dnsmasq', 'would-change', {
							reason: 'it reads …',
							because: '/etc/hosts',
						}),
					]),
					...seen('verification', 'Requests to', 'unknown', {reason: 'server4 did not answer'}),
				],
				{
					seconds: 95,
					disk: {first: 1024, full: 5120},
					download: 150,
					scaled: [{key: 'ha.token', chosen: '1000 ms', used: '5000 ms'}],
					chapters: [{step: 'machines', chapter: '4.5', title: 'A machine for each node', seconds: 20}],
					asks: ['These machines are no longer in the answers and will be removed with their disks: server9'],
				},
				['server9'],
			),
		).toEqual([
			'+ server4: machine SERVER4: 512 MiB of memory, disk of 5 GiB, 10.0.10.113',
			'~ /etc/hosts on nas, master, standby',
			...hosts.map(line => `    ${line}`),
			'~ restart dnsmasq on master, standby: it reads /etc/hosts',
			'~ /etc/corosync/corosync.conf on master, standby',
			...token.map(line => `    ${line}`),
			'~ restart corosync on master, standby: it reads /etc/corosync/corosync.conf',
			expect.stringMatching(/^ {4}requests may be lost for up to \d+ seconds$/),
			'- server9 and its disks',
			'    requests may be lost for up to 1 second',
			'ha.token 1000 ms counts as 5000 ms here, because the machines are emulated.',
			'',
			'`up` asks before it begins:',
			'  These machines are no longer in the answers and will be removed with their disks: server9',
			'',
			'Chapters with something to do, some of them at the same time:',
			'  A machine for each node (machines): about 20 seconds',
			'',
			'Time: about 2 minutes. Disk: 1.0 GiB, at most 5.0 GiB. Download: 150 MiB',
			'Plan: 1 to add, 4 to change, 1 to remove.',
		]);
	});

	test('a machine that is off: what is on it cannot be known, and nothing else', () => {
		expect(
			lines([
				...seen('machines:server2', 'Start', 'would-change', {reason: 'SERVER2 is shut off'}),
				...['Write /etc/apache2', 'Start apache2'].flatMap(title =>
					seen('apache:server2', title, 'unknown', {reason: 'server2 cannot be reached before it is started'}),
				),
				...seen('names:server2', 'Name every node', 'unknown', {
					reason: 'server2 cannot be reached before it is started',
				}),
			]),
		).toEqual([
			'~ Start SERVER2: SERVER2 is shut off',
			'',
			'Not known before the changes are made: 1',
			'? everything on server2: it can be looked at once server2 runs',
			'',
			'Plan: 0 to add, 1 to change, 0 to remove.',
		]);
	});

	test('diffs that add the same lines are one, whatever stands around them', () => {
		const events = ['nas', 'master'].flatMap(node =>
			seen(`names:${node}`, 'Name every node', 'would-change', {
				reason: 'x',
				diff: hosts.map(line => line.replace(/^ .*/, ` ${node}`).replace('-8,', `-${node.length},`)),
			}),
		);
		expect(lines(events).filter(line => line.startsWith('~'))).toEqual(['~ /etc/hosts on nas, master']);
		// Two binary files have no such lines.
		const binary = ['nas', 'master'].flatMap(node =>
			seen(`names:${node}`, 'Name every node', 'would-change', {
				reason: 'x',
				diff: [`/etc/hosts: 9 bytes, SHA-256 ${node}`],
			}),
		);
		expect(lines(binary).filter(line => line.startsWith('~'))).toHaveLength(2);
	});

	test('a file that was changed by hand on one node, and by the answers on the others, is told apart', () => {
		const events = ['nas', 'master', 'standby'].flatMap(node =>
			seen(`names:${node}`, 'Name every node', 'would-change', {reason: 'x', diff: hosts}),
		);
		expect(lines(events, {}, [], ({place}) => place === 'master').filter(line => line.startsWith('~'))).toEqual([
			'~ /etc/hosts on nas, standby',
			'~ /etc/hosts on master: changed by hand, or by another program, since the last `up`',
		]);
	});

	test('nothing to change', () => {
		expect(lines(seen('apache:server1', 'Start apache2', 'ok'))).toEqual(['Nothing has to be changed.']);
	});

	test('something that up cannot mend: never that nothing has to be changed', () => {
		expect(lines(seen('resources:master', 'Both directors', 'failed', {reason: '1 of 2 online'}))).toEqual([
			'',
			'This does not hold, and `up` does not change it:',
			'✖ Both directors are online, with quorum on master: 1 of 2 online',
			'    `up` waits up to 120 s for it, and then fails',
			'',
		]);
	});
});

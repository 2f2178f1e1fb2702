import {expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {shutDownTogether, shutdownMarksRemoved} from '../../source/tasks/power.ts';
import {startedService} from '../../source/tasks/stopped-service.ts';
import {startSections, stopSections} from '../../steps/stop-start.ts';
import {testCluster} from '../cluster-fixture.ts';
import {unlikeClusters} from '../unlike-clusters.ts';
import {runWith} from './check.ts';

const cluster = testCluster();
const [master, standby] = cluster.directors;
const {nodes, storage, webs} = cluster;

test.each([
	['the holder is the first director', nodes, master, ['standby', 'master']],
	['the holder is the second one', nodes, standby, ['master', 'standby']],
	['nobody holds the VIPs', nodes, undefined, ['master', 'standby']],
	['one director is off already', nodes.filter(node => node !== master), standby, ['standby']],
	['only the storage runs', [storage], undefined, []],
] as const)('Pacemaker stops last where the VIPs are: %s', (_, running, holder, order) => {
	expect(stopSections(cluster, running, holder)[0]!.tasks.map(({on}) => on)).toEqual(order);
});

test('the storage is shut down after everything that mounts it', () => {
	const [, machines, last] = stopSections(cluster, nodes, master);
	const uuidsOf = (part = machines) => render(part!.tasks[0]!.task.apply![0]!, 'execute');
	expect(nodes.filter(({uuid}) => uuidsOf().includes(uuid)).map(({name}) => name)).toEqual(
		nodes.filter(node => node !== storage).map(({name}) => name),
	);
	expect(nodes.filter(({uuid}) => uuidsOf(last).includes(uuid))).toEqual([storage]);
});

test('the storage is started first, the directors last; nodes are asked when a director answers', () => {
	const [machines, answering, service, page] = startSections(cluster);
	expect(machines!.tasks.map(({task}) => /\S+$/.exec(task.title.en)![0])).toEqual(
		[storage, ...webs, master, standby].map(({vm}) => vm),
	);
	expect(answering!.tasks.map(({on}) => on)).toEqual([master, standby, storage, ...webs].map(({name}) => name));
	expect(service!.tasks.map(({on, task}) => `${on}: ${task.title.en}`)).toEqual([
		'master: Start pacemaker on master',
		'standby: Start pacemaker on standby',
		expect.stringMatching(/^standby: The VIPs and ldirectord are started/) as string,
	]);
	expect(page!.tasks.map(({on}) => on)).toEqual(['host', 'master', 'standby']);
});

test('parts of unlike clusters are complete', () => {
	for (const one of Object.values(unlikeClusters)) {
		for (const {title, tasks} of [...stopSections(one, one.nodes), ...startSections(one)]) {
			for (const {en, es} of [title, ...tasks.map(({task}) => task.title)]) {
				expect(`${en} ${es}`).not.toMatch(/undefined|\[object|NaN/);
			}
		}
	}
});

/** libvirt of which these machines run; it says what it is told to do. */
const libvirt = (running: readonly string[]) => ({
	virsh: `case "$1 $2" in 'list --uuid') printf '%s\\n' ${running.join(' ')} ;; domname*) echo "VM-$2"; echo ;; *) echo "virsh $*" ;; esac`,
});

test.each([
	['both run', [storage.uuid, master.uuid], 1, `still running: VM-${storage.uuid} VM-${master.uuid}`],
	['one runs', [master.uuid], 1, `still running: VM-${master.uuid}`],
	['another machine runs', [standby.uuid], 0, ''],
	['none runs', [], 0, ''],
] as const)('a shutdown is over when no machine of it runs: %s', (_, running, code, output) => {
	expect(runWith(shutDownTogether(cluster, [storage, master]).check, {programs: libvirt(running)})).toEqual({
		code,
		output,
	});
});

test('a libvirt that does not answer is no machine that is off', () => {
	expect(runWith(shutDownTogether(cluster, [storage]).check, {programs: {virsh: 'exit 1'}})).toEqual({
		code: 2,
		output: 'libvirt does not answer',
	});
});

test('only machines that run are told to shut down, each with a mark', () => {
	const [command] = shutDownTogether(cluster, [storage, master]).apply!;
	const text = render(command!, 'execute').replaceAll('/run/cluster-wizard/web', '"$PLACE"');
	const {code, output} = runWith(
		{strings: [`PLACE=$(mktemp -d)/marks\n${text}\nls "$PLACE"; rm -r "\${PLACE%/marks}"`], values: []},
		{programs: libvirt([master.uuid, standby.uuid])},
	);
	expect({code, output}).toEqual({
		code: 0,
		output: `virsh -q shutdown ${master.uuid} --mode acpi\n${master.vm}.shutdown`,
	});
});

test('no mark is left when all machines are off', () => {
	const {check} = shutdownMarksRemoved(cluster);
	const mark = `/run/cluster-wizard/web/${master.vm}.shutdown`;
	expect(runWith(check, {files: {[mark]: ''}}).code).toBe(1);
	expect(runWith(check).code).toBe(0);
});

test.each([
	['active', 0],
	['activating', 1],
	['inactive', 1],
	['failed', 1],
])('a service that is %s', (state, code) => {
	expect(runWith(startedService(master, 'pacemaker').check, {programs: {systemctl: `echo ${state}`}}).code).toBe(code);
});

test.each([
	['a web server', 'HTTP/1.1 404 Not Found\r\nX-Served-By: server1\r\n', 0],
	["a director's sorry page", 'HTTP/1.1 503 Service Unavailable\r\n', 1],
	['nobody', 'curl: (7) Failed to connect', 1],
])('the page is answered by a web server, whatever its pages are: %s', (_, answer, code) => {
	const {task} = startSections(cluster)[3]!.tasks[0]!;
	expect(runWith(task.check, {programs: {curl: `printf '%s' "$ANSWER"`}, environment: {ANSWER: answer}}).code).toBe(
		code,
	);
});

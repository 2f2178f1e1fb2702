import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {render} from '../../../source/shell/command.ts';
import type {Scenario} from '../../../source/engine/drill.ts';
import {benchDrill} from '../../../steps/drills/bench.ts';
import {testCluster} from '../../cluster-fixture.ts';
import {runWith} from '../check.ts';

const cluster = testCluster();
const course = benchDrill.scenario(cluster);
const placedOf = ({precheck, phases, undo}: Scenario) => [
	...precheck,
	...phases.flatMap(({inject, expect}) => [...inject, ...expect]),
	...undo,
];

test('a phase for one server directly, and one for each number of servers', () => {
	expect(course.phases.map(({title}) => title.en)).toEqual([
		'server1 directly',
		'1 of 3 servers in rotation',
		'2 of 3 servers in rotation',
		'3 of 3 servers in rotation',
	]);
	expect(benchDrill.scenario(testCluster({web: {count: 5}})).phases).toHaveLength(6);
});

test('both directors are told, each time', () => {
	for (const {inject} of course.phases) {
		expect(inject.map(({on}) => on).slice(0, 2)).toEqual(['master', 'standby']);
	}
});

test('nothing is changed by looking whether it can begin', () => {
	expect(course.precheck.flatMap(({task}) => task.apply ?? [])).toEqual([]);
});

test('undoing it puts all servers back, whatever was done and whatever has gone meanwhile', () => {
	const titles = course.undo.map(({on, task}) => `${on}: ${task.title.en}`);
	expect(titles).toEqual([
		...['MASTER', 'STANDBY', 'NFS', 'SERVER1', 'SERVER2', 'SERVER3'].map(machine => `host: Start ${machine}`),
		'host: Close the way from the host to redInter',
		...['master', 'standby', 'nas', 'server1', 'server2', 'server3'].map(node => `${node}: ${node} answers by SSH`),
		'master: Let ldirectord send requests to server1, server2, server3 only',
		'standby: Let ldirectord send requests to server1, server2, server3 only',
		'host: 192.168.1.200 is answered by server1, server2, server3 in turn, and by no other',
	]);
});

test('every command is shell', () => {
	for (const command of placedOf(course).flatMap(({task}) => [task.check, ...(task.apply ?? [])])) {
		expect(spawnSync('sh', ['-n'], {input: render(command, 'execute'), encoding: 'utf8'})).toMatchObject({
			status: 0,
			stderr: '',
		});
	}
});

describe('both directors must be online', () => {
	const {check} = course.precheck[0]!.task;
	const node = (name: string, online: boolean) => `<node name="${name}" id="1" online="${online}" standby="false"/>`;
	test.each([
		['both', [node('master', true), node('standby', true)], {code: 0, output: ''}],
		['one is not', [node('master', true), node('standby', false)], {code: 1, output: 'standby is not online'}],
		['one is not known', [node('standby', true)], {code: 1, output: 'master is not online'}],
	])('%s', (_, nodes, expected) => {
		expect(runWith(check, {programs: {crm_mon: `echo '${nodes.join('\n')}'`}})).toEqual(expected);
	});

	test('Pacemaker does not run', () => {
		expect(runWith(check, {programs: {crm_mon: 'exit 102'}})).toEqual({code: 1, output: 'Pacemaker does not answer'});
	});
});

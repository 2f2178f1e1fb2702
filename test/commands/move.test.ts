import {expect, test} from 'vitest';
import {moveNotices} from '../../source/drilling/impact-notices.ts';
import {moveFacts} from '../../source/drilling/move-facts.ts';
import {moveTasks} from '../../source/commands/move.ts';
import {plannedMove} from '../../steps/drills/predictions.ts';
import {testCluster} from '../cluster-fixture.ts';

test.each([
	[
		'to the director they belong on: nothing is left behind',
		true,
		0,
		[
			'Both directors are online',
			'Bring the VIPs and ldirectord to master',
			'Let the group run where its rules put it',
			'The VIPs and ldirectord are on master',
		],
	],
	[
		'away from it: the constraint stays, or Pacemaker would move them back',
		true,
		1,
		['Both directors are online', 'Bring the VIPs and ldirectord to standby'],
	],
	[
		'where either is as good: nothing is left behind',
		false,
		1,
		[
			'Both directors are online',
			'Bring the VIPs and ldirectord to standby',
			'Let the group run where its rules put it',
			'The VIPs and ldirectord are on standby',
		],
	],
] as const)('%s', (_, failback, index, titles) => {
	const cluster = testCluster({ha: {failback}});
	const target = cluster.directors[index];
	const tasks = moveTasks(cluster, target);
	expect(tasks.map(({task}) => task.title.en)).toEqual(titles);
	expect(new Set(tasks.map(({on}) => on))).toEqual(new Set([target.name]));
});

test('what clients notice is said beforehand, and that a move away from home is held', () => {
	const cluster = testCluster();
	const facts = moveFacts(cluster);
	const seconds = new Intl.NumberFormat('en', {maximumFractionDigits: 1}).format(plannedMove(cluster).seconds);
	expect(moveNotices('standby', facts, 'en').join(' ')).toContain(`outage for up to ${seconds} s`);
	expect(moveNotices('standby', facts, 'en').join(' ')).toContain('until they are moved back to master');
	expect(moveNotices('master', facts, 'es')).toHaveLength(1);
	expect(moveNotices('standby', moveFacts(testCluster({ha: {failback: false}})), 'en')).toHaveLength(1);
});

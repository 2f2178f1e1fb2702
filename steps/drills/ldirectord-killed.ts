import {failures} from '../../source/cluster/timing.ts';
import {phrase} from '../../source/languages/text.ts';
import {spokenDuration} from '../../source/languages/quantity.ts';
import {drill, type Phase} from '../../source/engine/drill.ts';
import type {Cluster} from '../../source/cluster/cluster.ts';
import {groupOn, ldirectordKilled, ldirectordRuns, withoutFailures} from '../../source/tasks/group.ts';
import {rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {groupHome} from './director-lost.ts';
import {ldirectordRestarted, nothingLost, plannedMove} from './predictions.ts';
import {roundRobin, healthyCluster, restoreCluster} from './whole.ts';

/** Number of failures after which Pacemaker moves the group: the migration-threshold of ldirectord1. */
const {threshold} = failures;

export const ldirectordKilledThrice = drill({
	id: '4',
	chapter: '5, 4',
	title: ({directors: [{vm}]}) => phrase('ldirectord is killed three times on {vm}', {vm}),
	explanation: ({ha: {failback, monitor}}) =>
		phrase(
			'ldirectord is killed (kill -9) three times, each time only after Pacemaker has noticed the last one and counted it: kills within one monitor interval ({monitor}) would count once. While it is dead the kernel goes on dividing requests by its table. Twice Pacemaker starts it again on the same director; what comes after it in the group, the external VIP, stops for that moment. The third failure reaches the migration-threshold, and the whole group moves to the other director. Then the fail count is cleaned, and the group {failback, select, true {goes back} other {stays}}. Nobody waits for failure-timeout, which would do the same {forgottenAfter} later.',
			{monitor: spokenDuration(monitor), failback, forgottenAfter: spokenDuration(failures.forgottenAfter * 60)},
		),
	scenario(cluster) {
		const {
			directors: [master, standby],
			ha: {failback},
		} = cluster;
		return {
			precheck: healthyCluster(cluster),
			phases: [
				...[1, 2].map(times => killedAndRestarted(cluster, times)),
				{
					title: phrase('Killed for the third time: the group moves to {vm}', {vm: standby.vm}),
					inject: [{on: master.name, task: ldirectordKilled(master, threshold)}],
					expect: [
						{on: master.name, task: groupOn(standby, 60)},
						{on: standby.name, task: rotationIs(cluster, cluster.webs, {within: 60})},
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: plannedMove(cluster),
				},
				{
					title: failback
						? phrase('The fail count is cleaned, and the group goes back to {vm}', {vm: master.vm})
						: phrase('The fail count is cleaned, and the group stays on {vm}', {vm: standby.vm}),
					inject: [{on: master.name, task: withoutFailures()}],
					expect: [...groupHome(cluster), {on: 'host', task: roundRobin(cluster)}],
					predict: failback ? plannedMove(cluster) : nothingLost,
				},
			],
			undo: restoreCluster(cluster),
		};
	},
});

function killedAndRestarted(cluster: Cluster, times: number): Phase {
	const [master] = cluster.directors;
	return {
		title:
			times === 1
				? phrase('Killed once: Pacemaker starts it again')
				: phrase('Killed twice: Pacemaker starts it again'),
		inject: [{on: master.name, task: ldirectordKilled(master, times)}],
		expect: [
			{on: master.name, task: groupOn(master, 60)},
			{on: master.name, task: ldirectordRuns(cluster, master, 60)},
			{on: master.name, task: rotationIs(cluster, cluster.webs, {within: 60})},
		],
		predict: ldirectordRestarted(cluster),
	};
}

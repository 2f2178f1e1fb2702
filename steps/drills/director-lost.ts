import type {Cluster} from '../../source/cluster/cluster.ts';
import type {Scenario, Fault, Phase} from '../../source/engine/drill.ts';
import type {Prediction} from '../../source/engine/prediction.ts';
import {phrase, type Text} from '../../source/languages/text.ts';
import {bothOnline, groupOn} from '../../source/tasks/group.ts';
import {nodeReachable} from '../../source/tasks/power.ts';
import {rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {asserted, roundRobin, healthyCluster, restoreCluster} from './whole.ts';
import {nothingLost, plannedMove} from './predictions.ts';
import {wantedResources} from '../resources.ts';

/** The first director fails in a given way, and comes back. */
export function directorLost(cluster: Cluster, {inject, undo}: Fault, title: Text, predict: Prediction): Scenario {
	return {
		precheck: healthyCluster(cluster),
		phases: [{title, inject: [inject], expect: takenOver(cluster), predict}, directorReturns(cluster, undo)],
		undo: restoreCluster(cluster, undo),
	};
}

/** Checks on the other director and by requests that it has taken over. */
function takenOver(cluster: Cluster): Phase['expect'] {
	const [, standby] = cluster.directors;
	return [
		{on: standby.name, task: groupOn(standby, 60)},
		{on: standby.name, task: rotationIs(cluster, cluster.webs, {within: 60})},
		{on: 'host', task: roundRobin(cluster)},
	];
}

function directorReturns(cluster: Cluster, start: Fault['undo']): Phase {
	const {
		directors: [master, standby],
		ha: {failback},
	} = cluster;
	return {
		title: failback
			? phrase('{vm} is started again, and the service goes back to it', {vm: master.vm})
			: phrase('{vm} is started again, and the service stays on {standbyVm}', {vm: master.vm, standbyVm: standby.vm}),
		inject: [start],
		expect: [
			{on: master.name, task: nodeReachable(master, 60)},
			{on: standby.name, task: bothOnline(cluster, 60)},
			...groupHome(cluster),
			{on: 'host', task: roundRobin(cluster)},
		],
		predict: failback ? plannedMove(cluster) : nothingLost,
	};
}

/** Checks where the group runs with both directors up: on the first one with failback, else still on the other. */
export function groupHome(cluster: Cluster): Phase['expect'] {
	const {
		directors: [master, standby],
		ha: {failback},
	} = cluster;
	const home = failback ? master : standby;
	return [
		// Check the configuration first: without its location preference, the group would never return.
		{on: standby.name, task: asserted(wantedResources(cluster))},
		{on: standby.name, task: groupOn(home, 60)},
		{on: home.name, task: rotationIs(cluster, cluster.webs, {within: 60})},
	];
}

import {nodeOf, step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {definitionOf} from '../source/roles/index.ts';
import {arrayDisks, arrayDiskTask, systemDiskTask} from '../source/tasks/disk.ts';
import {stoppedWithHost} from '../source/tasks/host-power.ts';
import {directorsFirst, machineTask, startMachine} from '../source/tasks/machine.ts';

export const machines = step({
	id: 'machines',
	name: phrase('Machines'),
	chapter: '4.5',
	title: phrase('A machine for each node'),
	on: 'host',
	each: 'node',
	needs: ['images', 'external-network', 'networks'],
	mends: [548, 634, 693, 789, 922, 997, 1264],
	tasks(cluster, subject) {
		const node = nodeOf(subject);
		return [
			systemDiskTask(cluster, node),
			...arrayDisks(cluster, node).map(disk => arrayDiskTask(cluster, disk)),
			...(cluster.acceleration === 'tcg' && definitionOf(node.role).pool ? [directorsFirst(cluster, node)] : []),
			machineTask(cluster, node),
			startMachine(node),
			// Once for all machines. In a sandbox there is no systemd, and its end is a power cut.
			...(node.role === cluster.storage.role && !cluster.sandbox ? [stoppedWithHost(cluster)] : []),
		];
	},
});

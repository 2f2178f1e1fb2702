import {nodeOf, step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
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
			...(cluster.acceleration === 'tcg' && node.role === 'web' ? [directorsFirst(cluster, node)] : []),
			machineTask(cluster, node),
			startMachine(node),
			// One unit for all VMs, set up with the storage node. A sandbox has no systemd, and stops like a power cut.
			...(node.role === 'storage' && !cluster.sandbox ? [stoppedWithHost(cluster)] : []),
		];
	},
});

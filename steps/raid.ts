import type {Cluster} from '../source/cluster/cluster.ts';
import {step} from '../source/engine/step.ts';
import type {Task} from '../source/engine/task.ts';
import {asset} from '../source/assets.ts';
import {phrase} from '../source/languages/text.ts';
import {array} from '../source/tasks/array.ts';
import {file} from '../source/tasks/file.ts';
import {filesystem} from '../source/tasks/filesystem.ts';
import {fstab, mounted, type Mount} from '../source/tasks/mount.ts';
import {service} from '../source/tasks/service.ts';
import {arrayMount} from '../source/roles/storage.ts';

const device = '/dev/md0';

export const raid = step({
	id: 'raid',
	name: phrase('RAID'),
	chapter: '4.5',
	title: phrase('The array that holds the web content'),
	on: 'storage',
	// `machines` is not enough: the storage node can be up before a director makes it reachable.
	needs: ['names'],
	mends: [1037, 1117, 1138],
	tasks(cluster) {
		const {uuid, filesystemUuid} = cluster.raid;
		const mount: Mount = {
			source: `UUID=${filesystemUuid}`,
			at: arrayMount,
			type: 'ext4',
			options: ['defaults', 'nofail'],
			pass: 2,
		};
		return [
			// Written before the array exists, so that every assembly uses this device name.
			file('/etc/mdadm/mdadm.conf', asset('storage/etc/mdadm/mdadm.conf', {device, uuid})),
			wholeArray(cluster),
			filesystem(device, filesystemUuid, 'web'),
			fstab('array', mount),
			mounted(mount),
			service('mdmonitor', {reads: ['/etc/mdadm/mdadm.conf']}),
		];
	},
});

/** The array with every member active; drills restore this state. */
export function wholeArray({raid: {level, serials, size, uuid}}: Cluster): Task {
	return array({device, level, disks: serials.map(serial => `/dev/disk/by-id/virtio-${serial}`), size, uuid});
}

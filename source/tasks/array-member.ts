import {sh} from '../shell/command.ts';
import type {Cluster} from '../cluster/cluster.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/** Marks one disk of the array as failed; the array keeps running without it. */
export function failedMember({raid: {uuid}}: Cluster, serial: string): Task {
	const where = sh`
		name=$(readlink -f ${`/dev/disk/by-id/md-uuid-${uuid}`}); md=/sys/block/\${name##*/}/md
		disk=$(readlink -f ${`/dev/disk/by-id/virtio-${serial}`}); state=$md/dev-\${disk##*/}/state
		[ -d $md ] || { echo 'the array is not running'; exit 2; }
	`;
	return {
		title: phrase('Let the disk {serial} fail', {serial}),
		check: sh`
			${where}
			[ ! -e $state ] || grep -q faulty $state || { echo ${`${serial}:`} "$(cat $state)"; exit 1; }
		`,
		apply: [
			sh`
			${where}
			mdadm "$name" --fail "$disk"
		`,
		],
		timeout: 15,
	};
}

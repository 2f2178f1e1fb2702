import {phrase} from '../languages/text.ts';
import {sh} from '../shell/command.ts';
import {role} from './role.ts';

/** Mount point of the array (the thesis's path): on the storage node itself, and over NFS on all nodes that use it. */
export const arrayMount = '/mnt/raid';

/** Web servers read this file to know that their storage answers. */
export const healthFile = `${arrayMount}/health.txt`;

/** The array of disks with the pages, shared over NFS. */
export const storage = role({
	id: 'storage',
	label: phrase('storage'),
	networks: [],
	nodes: [{id: 'nas', about: phrase('The storage server: array and NFS'), vm: 'NFS', internal: {wide: 100, narrow: 3}}],
	disk: 10,
	hasHome: true,
	hasArray: true,
	packages: ['mdadm', 'nfs-kernel-server'],
	unconfigured: ['nfs-server'],
	units: ['nfs-server', 'mdmonitor'],
	look: () => sh`
		echo %%mdstat; cat /proc/mdstat
		echo %%exports; exportfs -v
		echo %%nfsd; cat /proc/fs/nfsd/threads
	`,
	support: sh`cat /proc/mdstat; mdadm --detail /dev/md*; exportfs -v; findmnt`,
	hosts: {comment: 'NFS SERVER', alias: 'nfsserver'},
	whenStopped: node =>
		phrase('{node} is shut down. All pages come from it: clients get errors until it runs again.', {node}),
	picture: {line: 2.5, corners: 16},
});

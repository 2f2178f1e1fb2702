import {sh, withLimit} from '../source/shell/command.ts';
import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {fstab} from '../source/tasks/mount.ts';
import {arrayMount, healthFile} from '../source/roles/storage.ts';

export const nfsClients = step({
	id: 'nfs-clients',
	name: phrase('NFS clients'),
	chapter: '4.5',
	title: phrase('The array is mounted over NFS'),
	on: ['web', 'director'],
	needs: ['names', 'content', 'nfs'],
	mends: [852],
	tasks({storage}) {
		// automount mounts at the first access. A plain mount at boot gives up for good if the storage starts 90 s later.
		const options = ['vers=4.2', 'hard', 'ro', '_netdev', 'x-systemd.automount'];
		return [
			fstab('array', {source: `${storage.name}:${arrayMount}`, at: arrayMount, type: 'nfs', options}),
			{
				title: phrase("Mount {name}'s array at {arrayMount} with NFS 4.2", {name: storage.name, arrayMount}),
				// The first access after a boot mounts the array and loads kernel modules, so it gets a longer timeout.
				check: sh`
					limit=60; ! grep -q ${` ${arrayMount} nfs4 `} /proc/mounts || limit=10
					timeout -s KILL $limit cat ${healthFile} > /dev/null || { echo ${`${healthFile}: cannot be read`}; exit 1; }
					while read -r from at type options rest; do
						case "$from $at $type,$options," in
							${`${storage.name}:${arrayMount} ${arrayMount} nfs4`},*,vers=4.2,*,hard,*) exit 0 ;;
							*" "${arrayMount}" nfs4",*) echo "mounted as $from $options"; exit 1 ;;
						esac
					done < /proc/mounts
					echo ${`${arrayMount}: nothing is mounted`}; exit 1
				`,
				apply: [
					sh`[ -d ${arrayMount} ] || mkdir -p ${arrayMount}`,
					withLimit(
						sh`
					! findmnt -n -t nfs4 --mountpoint ${arrayMount} || umount ${arrayMount} || exit 1
					if findmnt -n -t autofs --mountpoint ${arrayMount}; then ls ${arrayMount}; else mount ${arrayMount}; fi > /dev/null
				`,
						120,
					),
				],
				uses: ['nfs-server'],
				timeout: 30,
			},
		];
	},
});

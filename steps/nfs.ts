import {graceTime} from '../source/cluster/timing.ts';
import {asset} from '../source/assets.ts';
import {sh} from '../source/shell/command.ts';
import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {expect} from '../source/tasks/expect.ts';
import {file} from '../source/tasks/file.ts';
import {masked, service} from '../source/tasks/service.ts';
import {arrayMount} from '../source/roles/storage.ts';
import {storageRestarted} from './drills/predictions.ts';

const exports = '/etc/exports.d/cluster.exports';
const settings = '/etc/nfs.conf.d/cluster.conf';
const unit = '/etc/systemd/system/nfs-server.service.d/array.conf';

/** Units of NFS 2 and 3, which listen on ports but are not needed by a server for version 4 only. */
const oldServices = ['rpcbind.socket', 'rpcbind.service', 'rpc-statd.service', 'rpc-statd-notify.service'];

export const nfs = step({
	id: 'nfs',
	name: phrase('NFS'),
	chapter: '4.5',
	title: phrase('The array is shared over NFS'),
	on: 'storage',
	needs: ['raid'],
	mends: [657, 1163],
	tasks(cluster) {
		const {
			networks: {internal},
		} = cluster;
		return [
			file(unit, asset('storage/etc/systemd/system/nfs-server.service.d/array.conf', {path: arrayMount})),
			file(exports, asset('storage/etc/exports.d/cluster.exports', {path: arrayMount, network: internal.cidr})),
			file(settings, asset('storage/etc/nfs.conf.d/cluster.conf', {grace: graceTime})),
			masked(oldServices),
			service('nfs-server', {reads: [settings, exports, unit], outage: storageRestarted(cluster)}),
			{
				title: phrase('Export the array to the internal network only'),
				check: sh`
					found=$(exportfs -s) || exit 2
					case $found in
						${`${arrayMount}  ${internal.cidr}(`}*,root_squash*) ;;
						*) echo "exported:" $found; exit 1 ;;
					esac
					[ "$(echo "$found" | wc -l)" = 1 ] || { echo "more is exported than the array:" $found; exit 1; }
				`,
				apply: [sh`exportfs -ra`],
				uses: ['nfs-server'],
			},
			expect(
				phrase('NFS 4.2 is offered, and nothing older'),
				sh`
				read -r found < /proc/fs/nfsd/versions
				[ "$found" = '-2 -3 +4 -4.0 -4.1 +4.2' ] || [ "$found" = '-3 +4 -4.0 -4.1 +4.2' ] || { echo "versions: $found"; exit 1; }
			`,
			),
		];
	},
});

import type {Cluster} from '../source/cluster/cluster.ts';
import {asset} from '../source/assets.ts';
import {sh} from '../source/shell/command.ts';
import {step} from '../source/engine/step.ts';
import type {Task} from '../source/engine/task.ts';
import {phrase} from '../source/languages/text.ts';
import {expect} from '../source/tasks/expect.ts';
import {file} from '../source/tasks/file.ts';
import {maintenanceFolder} from '../source/roles/director.ts';
import {maintenance} from '../source/tasks/rotation.ts';
import {notStarted, service} from '../source/tasks/service.ts';

const units = '/etc/systemd/system';
const sorry = '/usr/local/share/cluster/sorry';

export const ldirectord = step({
	id: 'ldirectord',
	name: phrase('ldirectord'),
	chapter: '4.6.2',
	title: phrase('ldirectord: which of the web servers are well'),
	on: 'director',
	needs: ['forwarding'],
	mends: [1418, 1622, 1635, 1656, 1660],
	tasks(cluster) {
		return [
			...sorryPage(cluster),
			...maintenance(),
			ldirectordConfig(cluster),
			// Pacemaker runs ldirectord on the active director. ldirectord reloads its file by itself (autoreload).
			notStarted('ldirectord'),
			file(`${units}/ipvs-sync.service`, asset('director/etc/systemd/system/ipvs-sync.service')),
			service('ipvs-sync', {reads: [`${units}/ipvs-sync.service`]}),
			expect(
				phrase('The directors tell each other of their connections'),
				sh`
				found=$(ipvsadm -L --daemon)
				case $found in *master*mcast=hb0*backup*mcast=hb0*) ;; *) echo "\${found:-no daemon}"; exit 1 ;; esac
			`,
			),
		];
	},
});

/** Writes ldirectord.cf: the web servers and their health checks. */
export function ldirectordConfig(cluster: Cluster): Task {
	return file('/etc/ha.d/ldirectord.cf', configuration(cluster));
}

/** Exported for the tests, which let ldirectord validate it. */
export function configuration({check, ha, vip, webs}: Cluster): string {
	const servers = webs.map(({internal}) => `\treal=${internal}:80 masq`);
	// IPVS delivers to the director itself with "gate"; with "masq", it drops packets to the loopback address.
	const fallback = ha.sorryPage ? ['\tfallback=127.0.0.1:80 gate'] : [];
	return asset('director/etc/ha.d/ldirectord.cf', {
		...check,
		vip: vip.external,
		maintenance: maintenanceFolder,
		servers: [...servers, ...fallback].join('\n'),
	});
}

/** The sorry page. Served by a few lines of Perl, which ldirectord requires anyway, so a director needs no web server. */
function sorryPage({ha, vip}: Cluster): readonly Task[] {
	const unit = `${units}/sorry.service`;
	if (!ha.sorryPage) {
		return [notStarted('sorry')];
	}

	return [
		file(`${sorry}.html`, asset('director/usr/local/share/cluster/sorry.html')),
		file(`${sorry}.pl`, asset('director/usr/local/share/cluster/sorry.pl')),
		file(unit, asset('director/etc/systemd/system/sorry.service', {vip: vip.external})),
		service('sorry', {reads: [`${sorry}.html`, `${sorry}.pl`, unit]}),
	];
}

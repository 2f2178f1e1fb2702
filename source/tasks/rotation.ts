import type {Cluster, Node} from '../cluster/cluster.ts';
import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {maintenanceFolder} from '../roles/director.ts';
import {file} from './file.ts';
import {phrase} from '../languages/text.ts';

/** The folder is there, now and from every boot on. */
export function maintenance(): readonly Task[] {
	const settings = '/etc/tmpfiles.d/cluster-maintenance.conf';
	return [
		file(settings, `d ${maintenanceFolder} 0755 root root -\n`),
		{
			title: phrase('Have a folder for servers that are taken out'),
			check: sh`[ -d ${maintenanceFolder} ] || { echo ${`${maintenanceFolder}: missing`}; exit 1; }`,
			apply: [sh`systemd-tmpfiles --create ${settings}`],
		},
	];
}

/**
 * Runs on a director: makes ldirectord keep exactly these web servers in rotation. Both directors get the setting, so that
 * it survives a failover. On the director with the VIP, the check also reads the IPVS table.
 */
export function inRotation({webs, vip}: Cluster, servers: readonly Node[]): Task {
	const addresses = (nodes: readonly Node[]) => nodes.map(({internal}) => internal).toSorted();
	const names = servers.map(({name}) => name).join(', ');
	const inside = addresses(servers);
	const outside = addresses(webs.filter(({name}) => !servers.some(server => server.name === name)));
	return {
		title: phrase('Let ldirectord send requests to {names} only', {names}),
		check: sh`
			grep -qxF ${`maintenancedir=${maintenanceFolder}`} /etc/ha.d/ldirectord.cf || { echo 'ldirectord does not know the folder for maintenance: run cluster-wizard up'; exit 2; }
			found=$(LC_ALL=C ls -A ${maintenanceFolder} 2>&1) || { echo "$found"; exit 1; }
			[ "$found" = ${outside.join('\n')} ] || { echo 'taken out:' \${found:-none}; exit 1; }
			[ -n "$(ip -4 -o address show to ${vip.external})" ] || exit 0
			rules=$(ipvsadm -S -n) || exit 1
			found=$(echo "$rules" | sed -n ${`s/^-a -t ${vip.external}:80 -r \\([0-9.]*\\):80 -[a-z] -w [1-9].*/\\1/p`} | LC_ALL=C sort)
			[ "$found" = ${inside.join('\n')} ] || { echo 'in rotation:' \${found:-none}; exit 1; }
		`,
		apply: [
			sh`
			mkdir -p ${maintenanceFolder} && cd ${maintenanceFolder} || exit
			for name in ${[...outside, '']}; do [ -z "$name" ] || : > "$name" || exit; done
			for name in *; do
				case ${` ${outside.join(' ')} `} in *" $name "*) ;; *) rm -f "$name" || exit ;; esac
			done
		`,
		],
		// ldirectord reads the folder once per check interval, after the health checks of all servers.
		timeout: 60,
		advice: phrase(
			'ldirectord runs on the director that holds the VIP: `cluster-wizard status` shows whether it does, and its log there (/var/log/ldirectord.log) why a server is not well.',
		),
	};
}

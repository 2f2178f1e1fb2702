import {asset} from '../assets.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {sh, withInput} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {compareFile} from './compare.ts';
import {goneFrom} from './gone-from.ts';
import {hostUnitInstalled, hostUnitPath, removeHostUnit, startHostUnit} from './host-unit.ts';
import {phrase} from '../languages/text.ts';

/**
 * Seconds since the beginning of a shutdown after which machines are switched off: directors and web servers, then the
 * storage; and after which systemd ends the script. The host's own services stop within the rest of the minute.
 */
const limits = {users: 30, storage: 50, script: 58};

/** Below /etc, where only root writes. */
const folder = '/etc/cluster-wizard';

/**
 * A unit of systemd that stops the machines in order when the host shuts down. libvirt-guests knows no order: where the
 * storage goes first, every web server waits 90 s for its NFS mount. The unit needs neither Node nor this program.
 */
export function stoppedWithHost(cluster: Cluster): Task {
	const {name, nodes, storage} = cluster;
	const unit = unitOf(name);
	const path = hostUnitPath(unit);
	const script = scriptOf(name);
	const users = nodes.filter(({role}) => role !== 'storage').map(({uuid}) => uuid);
	const unitText = asset('host/power/power.service', {name, script, limit: limits.script});
	const scriptText = asset('host/power/stop-machines', {name, users: users.join(' '), storage: storage.uuid, usersLimit: limits.users, storageLimit: limits.storage});
	return {
		title: phrase('Stop the machines in order when the host shuts down'),
		check: sh`
			[ "$(cat ${script} 2>/dev/null)" = ${scriptText.trimEnd()} ] || { echo ${`${script} is missing or differs`}; exit 1; }
			[ "$(stat -c '%a %U' ${script})" = '755 root' ] || { echo ${`${script}: others may change it`}; exit 1; }
			${hostUnitInstalled(unit, unitText)}
			systemctl is-active --quiet ${unit} || { echo ${`${unit} is not active, so nothing would stop the machines`}; exit 1; }
		`,
		apply: [
			withInput(sh`install -D -o root -g root -m 0755 /dev/stdin ${script}`, scriptText),
			...startHostUnit(unit, unitText),
		],
		writes: [script, path],
		compare: compareFile(script),
		creates: [{kind: 'power-unit', name}],
	};
}

/** The unit and its script. The machines go on: `stop-machines` does nothing unless the host shuts down. */
export function removePowerUnit({name}: ResourceOf<'power-unit'>): Removal {
	const {shown, remove, gone} = removeHostUnit(unitOf(name));
	const script = scriptOf(name);
	return {
		shown,
		remove: sh`${remove}; rm -f ${script}; rmdir --ignore-fail-on-non-empty ${folder} 2>/dev/null; true`,
		gone: sh`${gone}; ${goneFrom(script)}`,
	};
}

function unitOf(cluster: string): string {
	return `cluster-wizard-${cluster}-power.service`;
}

function scriptOf(cluster: string): string {
	return `${folder}/${cluster}-stop-machines`;
}

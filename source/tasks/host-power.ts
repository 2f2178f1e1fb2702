import {asset} from '../assets.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {sh, withInput} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {compareFile} from './file-diff.ts';
import {goneFrom} from './gone-from.ts';
import {hostUnitInstalled, hostUnitPath, removeHostUnit, startHostUnit} from './host-unit.ts';
import {phrase} from '../languages/text.ts';

/**
 * Timeouts in seconds from the start of the host's shutdown. At `users`, directors and web servers that still run are
 * switched off, at `storage` the storage node; at `script`, systemd kills the script.
 */
const limits = {users: 30, storage: 50, script: 58};

/** Folder of the script; only root can write there. */
const folder = '/etc/cluster-wizard';

/**
 * Installs a systemd unit that stops the VMs in order when the host shuts down. libvirt-guests has no order: if the storage
 * node stops first, every web server waits 90 s for its NFS mount. The unit needs neither Node nor this program.
 */
export function stoppedWithHost(cluster: Cluster): Task {
	const {name, nodes, storage} = cluster;
	const unit = unitOf(name);
	const path = hostUnitPath(unit);
	const script = scriptOf(name);
	const users = nodes.filter(({role}) => role !== storage.role).map(({uuid}) => uuid);
	const unitText = asset('host/power/power.service', {name, script, limit: limits.script});
	const scriptText = asset('host/power/stop-machines', {
		name,
		users: users.join(' '),
		storage: storage.uuid,
		usersLimit: limits.users,
		storageLimit: limits.storage,
	});
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

/** Removes the unit and its script. The VMs keep running: `stop-machines` acts only while the host shuts down. */
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

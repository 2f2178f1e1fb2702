import type {Cluster} from '../cluster/cluster.ts';
import {sh} from '../shell/command.ts';
import {libvirtFolders, type Removal, type ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {installedList} from './host-packages.ts';
import {phrase} from '../languages/text.ts';

const units = [
	'libvirtd.service',
	'libvirtd.socket',
	'libvirtd-ro.socket',
	'libvirtd-admin.socket',
	'virtlogd.service',
	'virtlogd.socket',
	'virtlogd-admin.socket',
	'libvirt-guests.service',
];

/** Disables the computer's own libvirt if it was installed only for the sandbox. */
export function libvirtDisabled(cluster: Cluster): Task {
	return {
		title: phrase("Leave the machine's own libvirt off"),
		check: sh`
			grep -qsx libvirt-daemon ${installedList(cluster)} || exit 0
			! dpkg-query -W -f '\${db:Status-Status}\\n' libvirt-daemon-system 2>/dev/null | grep -qx installed || exit 0
			command -v systemctl >/dev/null || exit 0
			for unit in ${units}; do
				! systemctl is-enabled "$unit" 2>/dev/null | grep -qx enabled || { echo "$unit starts with the machine"; exit 1; }
			done
		`,
		apply: [
			sh`
			for unit in ${units}; do
				! systemctl is-enabled "$unit" 2>/dev/null | grep -qx enabled || systemctl disable "$unit" || exit 1
			done
		`,
		],
	};
}

/** Creates mount points for the sandbox that libvirt's packages do not provide on every release. */
export function makeLibvirtFolders(): Task {
	return {
		title: phrase('Make the folders in whose place the sandbox puts its own'),
		check: sh`for folder in ${libvirtFolders}; do [ -d "$folder" ] || { echo "$folder: missing"; exit 1; }; done`,
		apply: [sh`mkdir -p ${libvirtFolders}`],
		creates: libvirtFolders.map(name => ({kind: 'libvirt-folder', name})),
	};
}

/** Removes an empty mount point. A folder that has content or now belongs to a package is kept, and counts as removed. */
export function removeLibvirtFolder({name}: ResourceOf<'libvirt-folder'>): Removal {
	return {
		shown: name,
		remove: sh`dpkg-query -S ${name} >/dev/null 2>&1 || [ ! -d ${name} ] || rmdir --ignore-fail-on-non-empty ${name}`,
		gone: sh`:`,
	};
}

/** Starts the host's libvirt, now and at every boot. */
export function libvirtAnswers(): Task {
	return {
		title: phrase('Start libvirt, now and with the host'),
		// Either the monolithic daemon, or one daemon for each driver (libvirt's "modular daemons").
		check: sh`
			for what in list net-list pool-list; do
				virsh -c qemu:///system -q "$what" >/dev/null 2>&1 || { echo 'libvirt does not answer'; exit 1; }
			done
			for unit in libvirtd.service libvirtd.socket virtqemud.service virtqemud.socket; do
				[ "$(systemctl is-enabled "$unit" 2>/dev/null)" != enabled ] || exit 0
			done
			echo 'libvirt does not start with the host'; exit 1
		`,
		apply: [
			sh`
			if [ "$(systemctl is-enabled libvirtd.service 2>/dev/null)" = masked ]; then
				systemctl enable --quiet --now virtlogd.socket virtqemud.socket virtnetworkd.socket virtstoraged.socket
			else
				systemctl enable --quiet --now libvirtd.service
			fi
		`,
		],
		timeout: 30,
		advice: phrase('`journalctl -u libvirtd -u virtqemud -n 50` says why it does not start'),
	};
}

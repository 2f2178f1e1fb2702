import {assetPath} from '../assets.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {sh, withLimit, type Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

function accelerationFile({paths}: Cluster): string {
	return `${paths.state}/acceleration`;
}

/** Holds when it was found out since this machine was started. */
export function accelerationKnown(cluster: Cluster): Command {
	const path = accelerationFile(cluster);
	return sh`
		[ -s ${path} ] || { echo 'not looked at yet'; exit 1; }
		[ "$(stat -c %Y ${path})" -ge "$(sed -n 's/^btime //p' /proc/stat)" ] || { echo 'looked at before this machine was restarted'; exit 1; }
		grep -qE '^(kvm|tcg) ' ${path} || { echo ${`${path}: neither kvm nor tcg`}; exit 1; }
	`;
}

/**
 * Finds out what the machines will run on, and writes it down: `kvm` or `tcg`, a blank and why.
 * It is looked at anew when the machine has been restarted since: it may be another processor, or other BIOS settings.
 * @param base the base system's tar archive
 */
export function accelerationTask(cluster: Cluster, base: string): Task {
	const path = accelerationFile(cluster);
	return {
		title: phrase('See whether KVM really runs our kernel'),
		check: accelerationKnown(cluster),
		apply: [
			withLimit(sh`sh ${assetPath('images/probe-kvm')} ${base} > ${`${path}.new`} && cat ${`${path}.new`} && mv ${`${path}.new`} ${path}`, 60),
		],
		advice: phrase('Without hardware virtualization everything works, five to fifteen times slower. Look for VT-x or AMD-V in the BIOS settings, or for nested virtualization in a virtual machine.'),
	};
}

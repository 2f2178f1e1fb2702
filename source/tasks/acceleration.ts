import {assetPath} from '../assets.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {sh, withLimit, type Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

function accelerationFile({paths}: Cluster): string {
	return `${paths.state}/acceleration`;
}

/** Checks that the file holds a result from after the last boot of this computer. */
export function accelerationKnown(cluster: Cluster): Command {
	const path = accelerationFile(cluster);
	return sh`
		[ -s ${path} ] || { echo 'not looked at yet'; exit 1; }
		[ "$(stat -c %Y ${path})" -ge "$(sed -n 's/^btime //p' /proc/stat)" ] || { echo 'looked at before this machine was restarted'; exit 1; }
		grep -qE '^(kvm|tcg) ' ${path} || { echo ${`${path}: neither kvm nor tcg`}; exit 1; }
	`;
}

/**
 * Probes whether VMs can run under KVM and writes the result to a file: `kvm` or `tcg`, a blank and the reason.
 * The probe is repeated after a reboot of this computer, since the processor or the BIOS settings may have changed.
 * @param base the base system's tar archive
 */
export function accelerationTask(cluster: Cluster, base: string): Task {
	const path = accelerationFile(cluster);
	return {
		title: phrase('See whether KVM really runs our kernel'),
		check: accelerationKnown(cluster),
		apply: [
			withLimit(
				sh`sh ${assetPath('images/probe-kvm')} ${base} > ${`${path}.new`} && cat ${`${path}.new`} && mv ${`${path}.new`} ${path}`,
				60,
			),
		],
		advice: phrase(
			'Without hardware virtualization everything works, five to fifteen times slower. Look for VT-x or AMD-V in the BIOS settings, or for nested virtualization in a virtual machine.',
		),
	};
}

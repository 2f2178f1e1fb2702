import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/** Reports the result of the thesis's `egrep -c`; never fails. `accelerationTask` later proves by a boot that KVM works. */
export function processorFlags(): Task {
	return {
		title: phrase('The processors with hardware virtualization are counted'),
		check: sh`
			count=$(grep -Ec '^flags.*\\b(svm|vmx)\\b' /proc/cpuinfo)
			if [ "$count" -gt 0 ]; then
				echo "$count processors with vmx or svm"
			else
				echo '0 processors with vmx or svm: the machines will run under software emulation. It is the same cluster, but everything in a machine takes 5 to 15 times as long; building takes about ten minutes instead of one or two, and measured outages are not those of real hardware. On a computer of your own, look for VT-x, AMD-V or SVM in the firmware settings'
			fi
		`,
	};
}

/** Loads the KVM module for this processor; does nothing if the kernel has no modules or the processor lacks the flag. */
export function kvmModule(): Task {
	return {
		title: phrase("Load the kernel's KVM module"),
		check: sh`
			[ ! -e /dev/kvm ] || exit 0
			grep -qEw 'svm|vmx' /proc/cpuinfo && [ -d /lib/modules/"$(uname -r)" ] || exit 0
			echo '/dev/kvm: missing'; exit 1
		`,
		apply: [sh`if grep -qw vmx /proc/cpuinfo; then modprobe kvm_intel; else modprobe kvm_amd; fi`],
		timeout: 5,
		skippable: true,
		advice: phrase(
			'If the kernel says "disabled by bios", switch VT-x, AMD-V or SVM on in the firmware settings. Without it the machines run under software emulation, 5 to 15 times as slow',
		),
	};
}

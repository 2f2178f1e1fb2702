import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/** Supported releases as `ID-VERSION_ID` of os-release(5). */
export const supported = ['debian-12', 'debian-13', 'ubuntu-22.04', 'ubuntu-24.04', 'ubuntu-26.04'];

export function supportedRelease(): Task {
	return {
		title: phrase('A supported release of Debian or Ubuntu'),
		check: sh`
			. /etc/os-release || { echo '/etc/os-release: missing'; exit 2; }
			for release in ${supported}; do [ "$ID-$VERSION_ID" != "$release" ] || exit 0; done
			case $ID-$VERSION_ID in
				ubuntu-16.04) echo "$PRETTY_NAME is the thesis's own release and gets no more security updates (since April 2021)" ;;
				*) echo "$PRETTY_NAME is not among the releases this was tried on" ;;
			esac
			exit 1
		`,
		skippable: true,
		advice: phrase(
			'Use Debian 12 or 13, or Ubuntu 22.04, 24.04 or 26.04: on the computer itself, or in a virtual machine on it with nested virtualization',
		),
	};
}

/** The VMs are x86-64, and on other architectures the needed packages do not even exist under these names. */
export function supportedProcessor(): Task {
	return {
		title: phrase('An x86-64 system'),
		check: sh`
			architecture=$(dpkg --print-architecture)
			[ "$architecture" = amd64 ] || { echo "this system is $architecture; the cluster's machines and the packages for them are x86-64 (amd64)"; exit 2; }
		`,
		advice: phrase('Use a computer with an Intel or AMD processor and a 64-bit system'),
	};
}

/** Bridges, libvirt and packages require root. The program has already switched to root before the first step. */
export function isRoot(): Task {
	return {
		title: phrase('The rights of root'),
		check: sh`[ "$(id -u)" = 0 ] || { echo "the program runs as $(id -un)"; exit 1; }`,
		advice: phrase('Run it as a user with sudo, and it starts itself again as root before anything else; or as root'),
	};
}

import type {Cluster} from '../cluster/cluster.ts';
import {render, sh, withLimit, type Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/** For making disks and machines, whoever runs them. */
const everywhere = [
	'qemu-system-x86', 'qemu-utils', 'libvirt-clients', 'virtinst',
	// By distro-info-data mmdebstrap knows where releases are that are newer than itself.
	'mmdebstrap', 'distro-info-data', 'mount', 'fdisk', 'e2fsprogs', 'grub-common', 'grub-pc-bin',
	'iproute2', 'iptables', 'nftables', 'iputils-arping', 'iputils-ping', 'openssh-client', 'curl',
	// What the benchmarks load the cluster with.
	'apache2-utils', 'siege',
];

/**
 * A sandbox brings its own libvirtd: of libvirt it takes the programs, without libvirt-daemon-system, which would set
 * up the machine's own, with its default network (virbr0).
 */
const forSandbox = ['libvirt-daemon', 'libvirt-daemon-driver-qemu', 'slirp4netns'];

/** Since libvirt 10.6 Debian has these drivers in packages of their own; before, they were in libvirt-daemon. */
const whereSplit = ['libvirt-daemon-driver-network', 'libvirt-daemon-driver-storage'];

const forHost = ['libvirt-daemon-system', 'dnsmasq-base'];

/** With the keys of the guests' archive. */
const keyrings = {debian: 'debian-archive-keyring', ubuntu: 'ubuntu-keyring'} as const;

/** The packages for this cluster, and those that it needs on releases that have them: apt is asked, not the release's name. */
export function hostPackages({sandbox, host, guest}: Cluster): {readonly needed: readonly string[]; readonly whereKnown: readonly string[]} {
	const common = [...everywhere, keyrings[guest.distribution], ...(host.external === 'bridge' && host.renderer === 'ifupdown' ? ['bridge-utils'] : [])];
	return sandbox ? {needed: [...common, ...forSandbox], whereKnown: whereSplit} : {needed: [...common, ...forHost], whereKnown: []};
}

/**
 * First version of Debian's package that has the keys of Debian 12: those sign 12 and 13, with updates and security.
 * Debian 12 itself is no longer signed with the keys of 11, the newest in Ubuntu 22.04's package.
 */
const firstVersion = '2021.1.1+deb11u1';

const advice = {
	debian: phrase('Upgrade debian-archive-keyring if apt has a newer one; else install the package of Debian 12 or later (from packages.debian.org, with `apt-get install ./FILE.deb`), or choose guest.distribution: ubuntu'),
	ubuntu: phrase('Add a source that has ubuntu-keyring (for Debian 12: bookworm-backports) and run `apt-get update`, or choose guest.distribution: debian'),
} as const;

/**
 * The keys of the guests' archive are here, or apt can install them: Debian 12 has no package with Ubuntu's, and Ubuntu
 * 22.04 none with the keys of Debian 12. An installed package is not upgraded later, so its version counts. Where apt has
 * no lists it is not known.
 */
export function archiveKeys(distribution: keyof typeof keyrings): Task {
	const name = keyrings[distribution];
	const known = sh`
		known() { apt-cache --quiet=0 pkgnames "$1" 2>/dev/null | grep -qxF -- "$1"; }
		known ${name} || ! known mmdebstrap || { echo ${`apt knows no package ${name}: packages for the machines could not be verified`}; exit 1; }
	`;
	return {
		title: phrase('Find the keys of the archive that the machines are made from'),
		check: distribution === 'ubuntu'
			? sh`
				[ ! -e /usr/share/keyrings/ubuntu-archive-keyring.gpg ] || exit 0
				${known}
			`
			: sh`
				version=$(dpkg-query -W -f '\${db:Status-Status} \${Version}' ${name} 2>/dev/null | sed -n 's/^installed //p')
				[ -n "$version" ] || version=$(apt-cache policy ${name} 2>/dev/null | sed -n 's/^ *Candidate: //p')
				case $version in
					'' | '(none)') ${known} ;;
					*) dpkg --compare-versions "$version" ge ${firstVersion} || { echo ${name} "$version" ${`is older than the keys that Debian is signed with (${firstVersion} has them): packages for the machines could not be verified`}; exit 1; } ;;
				esac
			`,
		advice: advice[distribution],
	};
}

/** Where the names of what we installed are kept, one a line, packages that came along included. */
export function installedList({paths}: Cluster): string {
	return `${paths.state}/installed-packages`;
}

/** Prints those that are not installed. */
export function missingPackages(cluster: Cluster): Command {
	const {needed, whereKnown} = hostPackages(cluster);
	return sh`
		names() { printf '%s\\n' "$@"; }
		installed=$(dpkg-query -W -f '\${db:Status-Status} \${Package}\\n' ${needed} ${whereKnown} 2>/dev/null | sed -n 's/^installed //p')
		names ${needed} | grep -vxF -e "$installed" || :
		# A driver that is there, in whatever package, is not asked for: without a cache, apt reads all its lists for an answer.
		uncertain=$(for package in ${whereKnown}; do
			ls /usr/lib/*/libvirt/connection-driver/libvirt_driver_"\${package##*-}".so >/dev/null 2>&1 || names "$package"
		done)
		[ -z "$uncertain" ] || apt-cache pkgnames 2>/dev/null | grep -xF -e "$uncertain" || :
	`;
}

/**
 * Everything the cluster needs on the machine, installed without a question. What was installed is written down, so
 * that `down` can say so. For a sandbox no service is started: while apt runs, nothing can start one.
 */
export function installPackages(cluster: Cluster): Task {
	const list = installedList(cluster);
	const before = `${list}.before`;
	const installed = sh`dpkg-query -W -f '\${db:Status-Status} \${Package}\\n' | sed -n 's/^installed //p' | sort -u`;
	const missing = missingPackages(cluster);
	const quiet = (command: Command): Command => cluster.sandbox ? withLimit(withoutServices(command), command.limit ?? 300) : command;
	return {
		title: phrase('Install KVM, libvirt and what machines are made with'),
		check: sh`
			missing=$(${missing})
			[ -z "$missing" ] || { echo 'not installed:' $missing; exit 1; }
			[ ! -e ${before} ] || { echo 'what was installed has not been written down'; exit 1; }
		`,
		apply: [
			// An interrupted run has written down what there was before it.
			sh`[ -e ${before} ] || { ${installed} > ${`${before}.part`} && sync ${`${before}.part`} && mv ${`${before}.part`} ${before}; }`,
			withLimit(quiet(sh`DEBIAN_FRONTEND=noninteractive dpkg --configure -a`), 600),
			// A source that cannot be read (a CD, a repository that has gone) is no matter as long as the packages are found.
			withLimit(sh`apt-get -o DPkg::Lock::Timeout=600 -q update || apt-get -s -q --no-remove --no-install-recommends install $(${missing}) >/dev/null`, 600),
			withLimit(quiet(sh`
				missing=$(${missing})
				[ -z "$missing" ] || DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold -q -y --no-remove --no-install-recommends install $missing
			`), 1800),
			sh`
				{ cat ${list} 2>/dev/null; ${installed} | comm -13 ${before} -; } | sort -u > ${`${list}.part`} &&
				mv ${`${list}.part`} ${list} && rm ${before}
			`,
		],
		advice: phrase('If apt cannot reach its mirror, look at the network and at /etc/apt/sources.list*; `apt-get update` as root shows more. Packages of yours are never removed for this: a conflict is yours to solve'),
	};
}

/**
 * In a mount namespace of its own, the two programs by which packages start services do nothing. It ends with the
 * command, however that ends, so that nothing has to be undone.
 */
function withoutServices(command: Command): Command {
	const inner = sh`
		for program in /usr/sbin/invoke-rc.d /usr/bin/deb-systemd-invoke; do
			[ ! -e "$program" ] || mount --bind /bin/true "$program" || exit 1
		done
		${command}
	`;
	return sh`unshare --mount --propagation private sh -c ${render(inner, 'execute')}`;
}

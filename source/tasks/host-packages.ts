import type {Cluster} from '../cluster/cluster.ts';
import {render, sh, withLimit, type Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/** Packages for making disks and VMs, with and without a sandbox. */
const everywhere = [
	'qemu-system-x86',
	'qemu-utils',
	'libvirt-clients',
	'virtinst',
	// mmdebstrap needs distro-info-data to know releases newer than itself.
	'mmdebstrap',
	'distro-info-data',
	'mount',
	'fdisk',
	'e2fsprogs',
	'grub-common',
	'grub-pc-bin',
	'iproute2',
	'iptables',
	'nftables',
	'iputils-arping',
	'iputils-ping',
	'openssh-client',
	'curl',
	// Load generators of `bench`.
	'apache2-utils',
	'siege',
];

/**
 * A sandbox starts its own libvirtd, so it only needs libvirt's programs. libvirt-daemon-system would also set up the
 * computer's own libvirtd with its default network (virbr0).
 */
const forSandbox = ['libvirt-daemon', 'libvirt-daemon-driver-qemu', 'slirp4netns'];

/** Drivers that Debian moved from libvirt-daemon to separate packages with libvirt 10.6. */
const whereSplit = ['libvirt-daemon-driver-network', 'libvirt-daemon-driver-storage'];

const forHost = ['libvirt-daemon-system', 'dnsmasq-base'];

/** Packages with the keys of the guests' archive. */
const keyrings = {debian: 'debian-archive-keyring', ubuntu: 'ubuntu-keyring'} as const;

/** Packages that this cluster needs. Those in `whereKnown` are needed only if apt knows them, whatever the release. */
export function hostPackages({sandbox, host, guest}: Cluster): {
	readonly needed: readonly string[];
	readonly whereKnown: readonly string[];
} {
	const common = [
		...everywhere,
		keyrings[guest.distribution],
		...(host.external === 'bridge' && host.renderer === 'ifupdown' ? ['bridge-utils'] : []),
	];
	return sandbox
		? {needed: [...common, ...forSandbox], whereKnown: whereSplit}
		: {needed: [...common, ...forHost], whereKnown: []};
}

/**
 * First version of debian-archive-keyring with the keys of Debian 12, which sign Debian 12 and 13 with their updates.
 * Debian 12 is no longer signed with the keys of Debian 11, the newest ones in Ubuntu 22.04's package.
 */
const firstVersion = '2021.1.1+deb11u1';

const advice = {
	debian: phrase(
		'Upgrade debian-archive-keyring if apt has a newer one; else install the package of Debian 12 or later (from packages.debian.org, with `apt-get install ./FILE.deb`), or choose guest.distribution: ubuntu',
	),
	ubuntu: phrase(
		'Add a source that has ubuntu-keyring (for Debian 12: bookworm-backports) and run `apt-get update`, or choose guest.distribution: debian',
	),
} as const;

/**
 * Checks that the keys of the guests' archive are installed or that apt can install them. Debian 12 has no package with
 * Ubuntu's keys, and Ubuntu 22.04 none with the keys of Debian 12. An installed package must be recent enough, since it is
 * not upgraded later. The check succeeds if apt has no package lists yet.
 */
export function archiveKeys(distribution: keyof typeof keyrings): Task {
	const name = keyrings[distribution];
	const known = sh`
		known() { apt-cache --quiet=0 pkgnames "$1" 2>/dev/null | grep -qxF -- "$1"; }
		known ${name} || ! known mmdebstrap || { echo ${`apt knows no package ${name}: packages for the machines could not be verified`}; exit 1; }
	`;
	return {
		title: phrase('The keys of the archive that the machines are made from'),
		check:
			distribution === 'ubuntu'
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

/** File with the names of the packages that the wizard installed, dependencies included, one per line. */
export function installedList({paths}: Cluster): string {
	return `${paths.state}/installed-packages`;
}

/** Prints the needed packages that are not installed. */
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
 * Installs the packages that the cluster needs, without questions, and records them so that `down` can list them. For a
 * sandbox, the packages cannot start services during the installation.
 */
export function installPackages(cluster: Cluster): Task {
	const list = installedList(cluster);
	const before = `${list}.before`;
	const installed = sh`dpkg-query -W -f '\${db:Status-Status} \${Package}\\n' | sed -n 's/^installed //p' | sort -u`;
	const missing = missingPackages(cluster);
	const quiet = (command: Command): Command =>
		cluster.sandbox ? withLimit(withoutServices(command), command.limit ?? 300) : command;
	return {
		title: phrase('Install KVM, libvirt and what machines are made with'),
		check: sh`
			missing=$(${missing})
			[ -z "$missing" ] || { echo 'not installed:' $missing; exit 1; }
			[ ! -e ${before} ] || { echo 'what was installed has not been written down'; exit 1; }
		`,
		apply: [
			// Keep the list of an interrupted run: it holds the packages from before that run.
			sh`[ -e ${before} ] || { ${installed} > ${`${before}.part`} && sync ${`${before}.part`} && mv ${`${before}.part`} ${before}; }`,
			withLimit(quiet(sh`DEBIAN_FRONTEND=noninteractive dpkg --configure -a`), 600),
			// A source that cannot be read (a CD, a repository that is gone) does not matter if the packages can be installed.
			withLimit(
				sh`apt-get -o DPkg::Lock::Timeout=600 -q update || apt-get -s -q --no-remove --no-install-recommends install $(${missing}) >/dev/null`,
				600,
			),
			withLimit(
				quiet(sh`
				missing=$(${missing})
				[ -z "$missing" ] || DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold -q -y --no-remove --no-install-recommends install $missing
			`),
				1800,
			),
			sh`
				{ cat ${list} 2>/dev/null; ${installed} | comm -13 ${before} -; } | sort -u > ${`${list}.part`} &&
				mv ${`${list}.part`} ${list} && rm ${before}
			`,
		],
		advice: phrase(
			'If apt cannot reach its mirror, look at the network and at /etc/apt/sources.list*; `apt-get update` as root shows more. Packages of yours are never removed for this: a conflict is yours to solve',
		),
	};
}

/**
 * Runs the command in a mount namespace in which /bin/true replaces the two programs that packages use to start services.
 * The namespace ends with the command, so nothing has to be undone.
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

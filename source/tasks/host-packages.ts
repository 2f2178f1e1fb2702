import type {Cluster} from '../answers/cluster.ts';
import {render, sh, withLimit, type Command} from '../engine/command.ts';
import type {Task} from '../engine/task.ts';

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

/** Debian splits libvirt's drivers into packages of their own since 10.6. */
const forSandboxSplit = [...forSandbox, 'libvirt-daemon-driver-network', 'libvirt-daemon-driver-storage'];
const split = ['debian-13', 'ubuntu-26.04'];

const forHost = ['libvirt-daemon-system', 'dnsmasq-base'];

/** The packages for this cluster by the release of the machine: `debian-13`, or `other` where nothing else is said. */
export function hostPackages({sandbox, host, guest}: Cluster): Readonly<Record<string, readonly string[]>> {
	const keys = [guest.distribution === 'ubuntu' ? 'ubuntu-keyring' : 'debian-archive-keyring'];
	const common = [...everywhere, ...keys, ...(host.external === 'bridge' && host.renderer === 'ifupdown' ? ['bridge-utils'] : [])];
	return sandbox
		? {...Object.fromEntries(split.map(release => [release, [...common, ...forSandboxSplit]])), other: [...common, ...forSandbox]}
		: {other: [...common, ...forHost]};
}

/** Where the names of what we installed are kept, one a line, packages that came along included. */
export function installedList({paths}: Cluster): string {
	return `${paths.state}/installed-packages`;
}

/** Prints those that are not installed. */
export function missingPackages(cluster: Cluster): Command {
	const {other = [], ...releases} = hostPackages(cluster);
	const named = Object.entries(releases).map(([release, names]) => render(sh`${release}) set -- ${names};;`, 'execute')).join(' ');
	return sh`
		. /etc/os-release
		case $ID-$VERSION_ID in ${{strings: [named], values: []}} *) set -- ${other};; esac
		installed=$(dpkg-query -W -f '\${db:Status-Status} \${Package}\\n' "$@" 2>/dev/null | sed -n 's/^installed //p')
		printf '%s\\n' "$@" | grep -vxF -e "$installed" || :
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
		title: {en: 'Install KVM, libvirt and what machines are made with', es: 'Instalar KVM, libvirt y lo necesario para crear las máquinas'},
		check: sh`
			missing=$(${missing})
			[ -z "$missing" ] || { echo 'not installed:' $missing; exit 1; }
			[ ! -e ${before} ] || { echo 'what was installed has not been written down'; exit 1; }
		`,
		apply: [
			// An interrupted run has written down what there was before it.
			sh`[ -e ${before} ] || { ${installed} > ${`${before}.part`} && sync ${`${before}.part`} && mv ${`${before}.part`} ${before}; }`,
			withLimit(quiet(sh`DEBIAN_FRONTEND=noninteractive dpkg --configure -a`), 600),
			withLimit(sh`apt-get -o DPkg::Lock::Timeout=600 -q update`, 600),
			withLimit(quiet(sh`
				missing=$(${missing})
				[ -z "$missing" ] || DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold -q -y --no-install-recommends install $missing
			`), 1800),
			sh`
				{ cat ${list} 2>/dev/null; ${installed} | comm -13 ${before} -; } | sort -u > ${`${list}.part`} &&
				mv ${`${list}.part`} ${list} && rm ${before}
			`,
		],
		advice: {
			en: 'If apt cannot reach its mirror, look at the network and at /etc/apt/sources.list*; `apt-get update` as root shows more',
			es: 'Si apt no llega a su réplica, mire la red y /etc/apt/sources.list*; `apt-get update` como root dice más',
		},
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

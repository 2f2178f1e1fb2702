import type {Host} from './host.ts';

/** Folders whose files the removal of a cluster has to leave as they were. */
const folders = ['/etc', '/home', '/opt', '/root', '/srv', '/usr/local', '/var'];

/** Files that others than the program write: npm, Debian's own services, libvirt. */
const others = [
	'/home/*/.npm',
	'/etc/mtab',
	'/etc/group-',
	'/etc/gshadow-',
	'/var/lib/apt',
	'/var/lib/dpkg',
	'/var/lib/sudo',
	'/var/lib/systemd',
	'/var/lib/NetworkManager/NetworkManager.state',
	'/var/lib/NetworkManager/seen-bssids',
	'/var/lib/NetworkManager/timestamps',
	'/var/cache/apt',
	'/var/cache/libvirt',
	'/var/log/apt',
	'/var/log/journal',
	'/var/log/libvirt',
	'/var/log/*tmp*',
	'/var/tmp/systemd-private-*',
];

/** libvirt makes its folders when it first needs them, and keeps them. */
const folderOfLibvirt = "-path '*/libvirt/*' -type d -o";
const find = `find ${folders.join(' ')} ${folderOfLibvirt} ${others.map(path => `-path '${path}' -prune -o`).join(' ')}`;

/** Processes that start when they are asked for and end by themselves: of systemd, udev, polkit, libvirt and the user's session. */
const occasional = ['systemd-.*', '\\(udev-worker\\)', '\\(sd-pam\\)', 'systemd', 'polkitd', 'libvirtd', 'virtlogd'];

const commands: Readonly<Record<string, string>> = {
	files: `${find} -printf '%p %u:%g %m %y %l\\n' | sort`,
	// dhclient notes its lease at each boot.
	contents: `${find} -type f ! -path '/var/lib/dhcp/*.leases' -exec sha256sum {} + | sort -k 2`,
	groups: 'getent group | sort',
	packages: "dpkg-query -W -f '${db:Status-Status} ${Package}\\n' | sed -n 's/^installed //p' | sort",
	addresses: "ip -4 -o address show | awk '{print $2, $4}' | sort; ls /run/netns 2>/dev/null || :",
	libvirt:
		'command -v virsh >/dev/null || exit 0; virsh list --all; virsh net-list --all; virsh pool-list --all; virsh net-dumpxml default',
	units:
		"systemctl list-unit-files --no-legend --plain | awk '{print $1, $2}' | sort; systemctl list-units --no-legend --plain --state=failed",
	processes: `ps -eo user:32,comm --no-headers | grep -vE ' (ps|sh|sort|grep|${occasional.join('|')})$' | sort -u`,
	mounts:
		'cut -d " " -f 2,3 /proc/mounts | grep -v ^/run/user/ | sort; losetup --list --noheadings; ls /run/cluster-wizard 2>/dev/null || :',
	kernel:
		"nft --stateless list ruleset; sysctl --all --pattern '^net[.](bridge|ipv4[.]ip_forward|ipv6[.]conf[.]all[.]forwarding)'",
};

/** The lines that are found of each kind. */
export type Belongings = Readonly<Record<string, readonly string[]>>;

/** Everything on a host that the removal of a cluster has to give back. */
export async function lookAtBelongings(host: Host): Promise<Belongings> {
	const found: Record<string, readonly string[]> = {};
	for (const [kind, text] of Object.entries(commands)) {
		found[kind] = (await host.succeeds(text)).split('\n');
	}

	return found;
}

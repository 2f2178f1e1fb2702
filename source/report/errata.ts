import {phrase, type Text} from '../languages/text.ts';

/** An error of the thesis: what it says, and what is right. */
export interface Erratum {
	/** The line of the thesis's text; docs/errata.md has more on it. */
	readonly line: number;
	/** The first part of the id of the test that shows the error, or `load` (benchmarks); absent if a step corrects it. */
	readonly shownBy?: string;
	readonly thesis: Text;
	readonly right: Text;
}

function erratum(line: number, thesis: Text, right: Text, shownBy?: string): Erratum {
	return {line, ...(shownBy && {shownBy}), thesis, right};
}

/** In the thesis's order. Text between backticks is code. */
export const errata: readonly Erratum[] = [
	erratum(
		311,
		phrase('Wi-Fi is set up, then `eno1` is bridged'),
		phrase('A wired NIC with a cable in it, or NAT: a Wi-Fi station cannot be a bridge port'),
	),
	erratum(
		338,
		phrase('Packages of Ubuntu 16.04: `qemu-kvm libvirt-bin kvm`'),
		phrase("Today's names: `qemu-system-x86 libvirt-daemon-system virtinst`"),
	),
	erratum(
		347,
		phrase('The user joins group `kvm` only'),
		phrase("libvirt's socket belongs to group `libvirt`: both groups"),
	),
	erratum(
		394,
		phrase('Directors drawn with three links, built with two'),
		phrase('A heartbeat network of their own, and a second Corosync link'),
	),
	erratum(
		460,
		phrase("The internal network made in virt-manager: its bridge takes 10.0.10.1, MASTER's address"),
		phrase("A network without an address of the host's"),
	),
	erratum(
		548,
		phrase('NFS created on the external network, its image in a private home'),
		phrase("On the internal network, images where QEMU's user can read"),
	),
	erratum(558, phrase('The disk `/dev/sd1`'), phrase('There is no such device: `/dev/vda1`')),
	erratum(634, phrase('`mtu 9000` on every NIC'), phrase('1500, as the bridges carry: larger packets vanish')),
	erratum(
		637,
		phrase('The inner nodes ask MASTER and the VIP for names; no DNS server runs there'),
		phrase('A forwarding DNS server on both directors'),
	),
	erratum(
		657,
		phrase('Export options on a line of their own: `/nfs` is exported to the whole world'),
		phrase("One line, to the cluster's network only; NFS 4.2"),
	),
	erratum(
		693,
		phrase('`virt-install` with options misspelt: `kvmbro`, `-network`'),
		phrase('`--network bridge=kvmbr0 --network network=redInter`'),
	),
	erratum(789, phrase('`authorized_keys` is overwritten'), phrase('The key is there from the first boot')),
	erratum(
		833,
		phrase("MASTER's whole `/etc/hosts` is copied, with its `127.0.1.1 master`"),
		phrase('A block of our own in each file'),
	),
	erratum(
		852,
		phrase('Mounted with `wsiz` and blocks of 8 KiB'),
		phrase('The kernel chooses the sizes; `_netdev,nofail`'),
	),
	erratum(
		877,
		phrase("Forwarding and masquerading in MASTER's `rc.local`"),
		phrase('`sysctl.d` and nftables, on both directors'),
	),
	erratum(922, phrase('`kvmb0`, and never `redInter`'), phrase('The networks by their names')),
	erratum(
		983,
		phrase('Gateway 10.0.10.1 until the last page'),
		phrase('The internal VIP: replies must leave through the active director'),
	),
	erratum(997, phrase('`scp` into a folder that does not exist'), phrase('The folder is made first')),
	erratum(1037, phrase('Disks by `/dev/sdb` … typed into fdisk'), phrase('Whole disks by their serial numbers')),
	erratum(1117, phrase('The chunk "in bits"'), phrase('It is in KiB')),
	erratum(1138, phrase('`mdadm --detail --scan >>` doubles the line when run again'), phrase('The line is replaced')),
	erratum(1163, phrase('A blank in `(rw,no_root_squash, sync)`: refused'), phrase('No blanks')),
	erratum(1207, phrase('Pages in `/nfs/www`, which lies on the system disk'), phrase('The pages lie on the array')),
	erratum(1228, phrase('Package `php-mcrypt`'), phrase('It no longer exists and is not needed')),
	erratum(1250, phrase('`date("h:i:s") "<br>"` does not parse'), phrase('`date("H:i:s") . "<br>"`')),
	erratum(
		1264,
		phrase('Clones with one identity'),
		phrase('Each machine has a machine-id and SSH host keys of its own'),
	),
	erratum(
		1418,
		phrase('`DAEMON="master"` on both directors, later switched off'),
		phrase('Both send and receive the connections, on the heartbeat link'),
	),
	erratum(
		1462,
		phrase('LVS rules by name, which resolves to something else'),
		phrase('Rules by number, for the VIP only'),
	),
	erratum(1572, phrase('`crm` is used and never installed'), phrase('crmsh is installed')),
	erratum(
		1597,
		phrase('A Corosync key is made and not used'),
		phrase('`crypto_cipher: aes256`, `crypto_hash: sha256`'),
	),
	erratum(1608, phrase('`bindnetaddr=`: a parse error'), phrase('A node list, with knet')),
	erratum(
		1615,
		phrase('Corosync is started; it runs already, alone, on 127.0.0.1'),
		phrase('Stopped before it is configured'),
	),
	erratum(1622, phrase('`update-rc.d … remove` comes back with an upgrade'), phrase('`systemctl disable`')),
	erratum(1635, phrase('`gzip -d` of an example that is not packed'), phrase('The file is written')),
	erratum(
		1656,
		phrase('The last resort is a web server that the directors do not have; `quiescent=yes`'),
		phrase("A sorry page of the directors' own, or none; `quiescent=no`"),
	),
	erratum(
		1660,
		phrase('`checktype=connect` passes while NFS or PHP is dead'),
		phrase('A health page that reads from NFS'),
	),
	erratum(
		1695,
		phrase('"Always MASTER": nothing makes it come back'),
		phrase("A location worth more than the group's stickiness"),
	),
	erratum(1704, phrase('The addresses are not monitored'), phrase('Every resource is')),
	erratum(1705, phrase('`nic:ens3` is refused'), phrase('`nic=`')),
	erratum(1713, phrase('`migration-threshold=10`, though test 4 expects three'), phrase('Three')),
	erratum(1715, phrase('An order of a resource that does not exist'), phrase('A group has an order already')),
	erratum(1720, phrase('`stonith-enable` is unknown, and nothing starts'), phrase('`stonith-enabled`')),
	erratum(
		1743,
		phrase('A crash is shown by an orderly shutdown'),
		phrase('That is a planned move; a crash is measured as well'),
		'2',
	),
	erratum(1786, phrase('SERVER2 answers as 10.0.10.11'), phrase('It is 10.0.10.111')),
	erratum(1790, phrase('"More than three" failures and "three", in one paragraph'), phrase('Three'), '4'),
	erratum(
		1796,
		phrase('Killed three times at once counts as one failure'),
		phrase('The fail count is waited for each time'),
		'4',
	),
	erratum(
		1951,
		phrase('Two nodes give 14 % more with ab and 89 % more with siege; three are never tried'),
		phrase("1, 2 … N servers, with the processors' use beside"),
		'load',
	),
];

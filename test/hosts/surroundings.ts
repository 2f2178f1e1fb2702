import {wan} from './cables.ts';

type Files = Readonly<Record<string, string>>;

/** A unit that runs these commands whenever the host starts, after its network. */
function atBoot(name: string, commands: readonly string[]): Files {
	const unit = `[Unit]\nAfter=network-online.target\nWants=network-online.target\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\n${commands.map(command => `ExecStart=${command}\n`).join('')}`;
	// A unit's file in the folder of those that are wanted starts with the host as a link to it would.
	return {
		[`/etc/systemd/system/multi-user.target.wants/${name}.service`]: unit,
		[`/etc/systemd/system/${name}.service`]: unit,
	};
}

/** br_netfilter as it is when its module has just been loaded. */
export const bridgeFilter: Files = {
	'/etc/sysctl.d/90-bridges.conf':
		'net.bridge.bridge-nf-call-iptables = 1\nnet.bridge.bridge-nf-call-ip6tables = 1\nnet.bridge.bridge-nf-call-arptables = 1\n',
};

/** What dockerd leaves in the kernel (29.0, bridge driver, no container): br_netfilter, and FORWARD with the policy DROP. */
export const dockerFilter: Files = {
	...bridgeFilter,
	...atBoot('docker-filter', [
		'/usr/sbin/sysctl -qw net.ipv4.ip_forward=1',
		'/usr/sbin/ip link add docker0 type bridge',
		'/usr/sbin/ip address add 172.17.0.1/16 dev docker0',
		'/usr/sbin/ip link set docker0 up',
		...[
			'-P FORWARD DROP',
			'-N DOCKER',
			'-N DOCKER-FORWARD',
			'-N DOCKER-USER',
			'-A FORWARD -j DOCKER-USER',
			'-A FORWARD -j DOCKER-FORWARD',
			'-A DOCKER ! -i docker0 -o docker0 -j DROP',
			'-A DOCKER-FORWARD -o docker0 -j DOCKER',
			'-A DOCKER-FORWARD -i docker0 -j ACCEPT',
			'-t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
		].map(rule => `/usr/sbin/iptables -w ${rule}`),
	]),
};

/** Routes as OpenVPN's redirect-gateway def1 makes them. */
export const fullTunnel: Files = atBoot('full-tunnel', [
	'/usr/sbin/ip tuntap add tun0 mode tun',
	'/usr/sbin/ip address add 10.8.0.6 peer 10.8.0.5 dev tun0',
	'/usr/sbin/ip link set tun0 up',
	`/usr/sbin/ip route add 203.0.113.7 via ${wan.gateway}`,
	'/usr/sbin/ip route add 0.0.0.0/1 via 10.8.0.5',
	'/usr/sbin/ip route add 128.0.0.0/1 via 10.8.0.5',
]);

const network = (name: string, address: string) =>
	`<network><name>${name}</name><forward mode="nat"/><ip address="${address}" netmask="255.255.255.0"/></network>`;
const machine =
	'<domain type="qemu"><name>windows vieja</name><memory unit="MiB">64</memory><os><type arch="x86_64">hvm</type></os><devices><interface type="network"><source network="default"/></interface></devices></domain>';

/** libvirt's default network, two of the user's in ranges that the program would propose, and a machine. */
export const otherNetworks = [
	'virsh net-list --name | grep -qx default || virsh net-start default',
	...[network('aula', '192.168.200.1'), network('taller', '10.0.10.1')].map(
		xml => `echo '${xml}' | virsh net-define /dev/stdin`,
	),
	'virsh net-start aula && virsh net-start taller && virsh net-autostart aula',
	`echo '${machine}' | virsh define /dev/stdin`,
].join('\n');

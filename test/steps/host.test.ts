import {describe, expect, test} from 'vitest';
import {host} from '../../steps/host.ts';
import {freeAddresses, freeRanges} from '../../source/tasks/host-addresses.ts';
import {iptablesAcceptsBridge} from '../../source/tasks/host-forward.ts';
import {processorFlags} from '../../source/tasks/host-processor.ts';
import {isRoot, supportedProcessor, supportedRelease} from '../../source/tasks/host-release.ts';
import {enoughDisk, enoughMemory} from '../../source/tasks/host-resources.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from './check.ts';

const bridged = testCluster({host: {external: 'bridge', nic: 'eno1'}}, {sandbox: false});
const nat = testCluster({host: {external: 'nat'}, networks: {external: {cidr: '192.168.1.0/24'}}}, {sandbox: false});
const sandbox = testCluster();

test('every check that can fail says what to do', () => {
	for (const cluster of [bridged, nat, sandbox]) {
		for (const task of host.tasks(cluster, {})) {
			expect(task.advice !== undefined || task.title.en.endsWith('are counted'), task.title.en).toBe(true);
		}
	}
});

test("what concerns only a host of one's own is not asked in a sandbox", () => {
	const titles = (cluster: typeof sandbox) => host.tasks(cluster, {}).map(({title}) => title.en);
	expect(titles(bridged).slice(titles(sandbox).length)).toEqual([
		"See that nothing else uses the cluster's ranges",
		'See that eno1 can become a port of kvmbr0',
		"See that the host's packet filter lets machines on kvmbr0 talk",
		"See that nobody has the VIP or a director's address",
	]);
	expect(titles(nat)).toHaveLength(titles(sandbox).length + 1);
});

describe('release', () => {
	test.each([
		['debian', '12', 0, ''],
		['debian', '13', 0, ''],
		['ubuntu', '22.04', 0, ''],
		['ubuntu', '24.04', 0, ''],
		['ubuntu', '26.04', 0, ''],
		['ubuntu', '25.10', 1, 'is not among the releases'],
		['ubuntu', '16.04', 1, 'no more security updates'],
		['debian', '11', 1, 'is not among the releases'],
		['fedora', '40', 1, 'is not among the releases'],
	])('%s %s', (id, version, code, said) => {
		const files = {'/etc/os-release': `ID=${id}\nVERSION_ID="${version}"\nPRETTY_NAME="${id} ${version}"\n`};
		expect(runWith(supportedRelease().check, {files})).toEqual({code, output: expect.stringContaining(said)});
	});
});

test.each([
	['amd64', 0, ''],
	['arm64', 2, 'this system is arm64'],
	['i386', 2, 'this system is i386'],
])('a system for %s', (architecture, code, said) => {
	expect(
		runWith(supportedProcessor().check, {programs: {dpkg: `[ "$1" = --print-architecture ] && echo ${architecture}`}}),
	).toEqual({code, output: expect.stringContaining(said)});
});

test.each([
	['0', 0],
	['1000', 1],
])('user %s', (id, code) => {
	expect(runWith(isRoot().check, {programs: {id: `[ "$1" = -u ] && echo ${id} || echo student`}})).toMatchObject({
		code,
	});
});

test.each([
	['flags\t\t: fpu vmx sse\nflags\t\t: fpu vmx sse\n', '2 processors with vmx or svm'],
	['flags\t\t: fpu svm\n', '1 processors'],
	[
		'flags\t\t: fpu sse\nvmx flags\t: vnmi\n',
		'0 processors with vmx or svm: the machines will run under software emulation',
	],
])('the flags of the processor only inform', (cpuinfo, said) => {
	expect(runWith(processorFlags().check, {files: {'/proc/cpuinfo': cpuinfo}})).toEqual({
		code: 0,
		output: expect.stringContaining(said),
	});
});

describe('memory', () => {
	// 6 × 512 MiB, and 64 MiB beside each.
	test.each([
		[3456, 0, ''],
		[3455, 1, '3.4 GiB are needed (3.0 for 6 machines and what QEMU needs beside), and 3.3 GiB are available'],
	])('%d MiB available', (available, code, output) => {
		const files = {'/proc/meminfo': `MemTotal: 99999999 kB\nMemAvailable: ${available * 1024} kB\n`};
		expect(runWith(enoughMemory(sandbox).check, {files, programs: {grep: 'exit 1'}})).toEqual({code, output});
	});

	test('emulated machines need more', () => {
		expect(enoughMemory(testCluster({}, {acceleration: 'tcg'})).title.en).toContain('4.9 GiB');
	});
});

describe('disk', () => {
	// Images 3072, 6 machines 6144, array 500.
	// It is asked twice for the cache and then twice for the disks.
	const df = (cache: number, disks: number, devices = ['/dev/a', '/dev/a']) => `count="$0.count"; echo >> "$count"
if [ "$(wc -l < "$count")" -le 2 ]; then set -- "$*" ${cache} ${devices[0]}; else set -- "$*" ${disks} ${devices[1]}; fi
case $1 in *=target*) printf '%s\\n' 'Mounted on' "$3" ;; *=avail*) printf '%s\\n' ' Avail' "  $2M" ;; esac`;
	test.each([
		['enough on one file system', df(9716, 9716), 0, ''],
		[
			'too little on one',
			df(9715, 9715),
			1,
			'9.5 GiB are needed in /var/lib/libvirt/images/cluster-wizard-web (images 3.0, 6 machines 6.0 at first, up to 45.5 when their disks are full, array 0.5), and 9.4 GiB are free there',
		],
		[
			'too little for the images',
			df(3000, 99_999, ['/dev/a', '/dev/b']),
			1,
			'3.0 GiB are needed in /var/cache/cluster-wizard (images 3.0), and 2.9 GiB are free there',
		],
		[
			'too little for the disks',
			df(3072, 6000, ['/dev/a', '/dev/b']),
			1,
			'6.5 GiB are needed in /var/lib/libvirt/images/cluster-wizard-web',
		],
	])('%s', (_, program, code, said) => {
		expect(runWith(enoughDisk(sandbox).check, {programs: {df: program, du: 'printf "0\\tx"'}})).toEqual({
			code,
			output: expect.stringContaining(said),
		});
	});

	test('a share whose name holds blanks is read as it is', () => {
		const real = runWith(enoughDisk(sandbox).check, {
			programs: {
				df: df(9715, 9715, ['/mnt/a b c', '/mnt/a b c']).replaceAll(
					/set -- ("[$][*]") (\d+) ([^;\n]+)/g,
					"set -- $1 $2 '$3'",
				),
				du: 'printf "0\\tx"',
			},
		});
		expect(real).toEqual({code: 1, output: expect.stringContaining('and 9.4 GiB are free there')});
	});

	test('what lies there already is room', () => {
		expect(runWith(enoughDisk(sandbox).check, {programs: {df: df(8000, 8000), du: 'printf "1716\\tx"'}})).toEqual({
			code: 0,
			output: '',
		});
	});
});

describe('ranges', () => {
	const header = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n';
	const route = (device: string, destination: string, mask: string, gateway = '00000000') =>
		`${device}\t${destination}\t${gateway}\t0001\t0\t0\t0\t${mask}\t0\t0\t0\n`;
	const byDefault = route('eno1', '00000000', '00000000');
	const lan = route('eno1', '0001A8C0', '00FFFFFF');
	test.each([
		['the NIC has the external range', bridged, byDefault + lan, 0, ''],
		['the bridge has it', bridged, byDefault + route('kvmbr0', '0001A8C0', '00FFFFFF'), 0, ''],
		[
			'the NIC is elsewhere',
			bridged,
			route('eno1', '0002A8C0', '00FFFFFF'),
			1,
			'eno1 has no address in 192.168.1.0/24',
		],
		[
			'the NIC has a wider one',
			bridged,
			route('eno1', '0000A8C0', '0000FFFF'),
			1,
			'kvmbr0 (192.168.1.0/24) meets 192.168.0.0 with the mask 255.255.0.0, which eno1 leads to',
		],
		[
			'systemd-networkd leads to the DHCP gateway by itself',
			bridged,
			byDefault + lan + route('eno1', '0101A8C0', 'FFFFFFFF'),
			0,
			'',
		],
		[
			'a router in the range leads to a part of it',
			bridged,
			lan + route('eno1', '8001A8C0', '80FFFFFF', '0901A8C0'),
			1,
			'kvmbr0 (192.168.1.0/24) meets 192.168.1.128 with the mask 255.255.255.128, which eno1 leads to',
		],
		['another device has it too', bridged, lan + route('wlan0', '0001A8C0', '00FFFFFF'), 1, 'which wlan0 leads to'],
		[
			'a VPN leads to half of 10',
			bridged,
			lan + route('tun0', '0000000A', '000080FF'),
			1,
			'redInter (10.0.10.0/24) meets 10.0.0.0 with the mask 255.128.0.0, which tun0 leads to',
		],
		[
			'a VPN leads to everything by two halves',
			bridged,
			byDefault + lan + route('tun0', '00000000', '00000080') + route('tun0', '00000080', '00000080'),
			0,
			'',
		],
		['a VPN leads to all of 10', bridged, lan + route('tun0', '0000000A', '000000FF'), 0, ''],
		['a router leads to all of 10', bridged, lan + route('eno1', '0000000A', '000000FF', 'FE01A8C0'), 0, ''],
		[
			'the host is in 10/8 itself',
			bridged,
			lan + route('eno2', '0000000A', '000000FF'),
			1,
			'redInter (10.0.10.0/24) meets 10.0.0.0 with the mask 255.0.0.0, which eno2 leads to',
		],
		[
			'one host of the heartbeat network',
			bridged,
			lan + route('tun0', '0714000A', 'FFFFFFFF'),
			1,
			'redHeart (10.0.20.0/24) meets 10.0.20.7',
		],
		['NAT on a LAN with the same range', nat, byDefault + lan, 1, 'redExterna (192.168.1.0/24) meets 192.168.1.0'],
		['NAT, made already', nat, byDefault + route('redExterna', '0001A8C0', '00FFFFFF'), 0, ''],
		['NAT, other networks', nat, byDefault + route('docker0', '000011AC', '0000FFFF'), 0, ''],
		['no network at all', nat, '', 0, ''],
	])('%s', (_, cluster, routes, code, said) => {
		expect(
			runWith(freeRanges(cluster).check, {
				files: {'/proc/net/route': header + routes},
				programs: {cat: 'case $1 in */tun0/type) echo 65534 ;; *) exec /bin/cat "$@" ;; esac'},
			}),
		).toEqual({code, output: expect.stringContaining(said)});
	});

	describe('addresses', () => {
		const arp = (...lines: string[]) =>
			`IP address       HW type     Flags       HW address            Mask     Device\n${lines.join('\n')}\n`;
		const master = bridged.directors[0].nics[0]!.mac;
		test.each([
			['nobody answers', lan, arp('192.168.1.200 0x1 0x0 00:00:00:00:00:00 * eno1'), 0, ''],
			['others answer for other addresses', lan, arp('192.168.1.1 0x1 0x2 02:00:00:00:00:99 * eno1'), 0, ''],
			['our own machine answers', lan, arp(`192.168.1.200 0x1 0x2 ${master} * kvmbr0`), 0, ''],
			[
				'somebody has the VIP',
				lan,
				arp('192.168.1.200 0x1 0x2 02:00:00:00:00:99 * eno1'),
				1,
				'192.168.1.200 is taken: 02:00:00:00:00:99 answers for it on eno1',
			],
			[
				'somebody is where standby will be',
				lan,
				arp('192.168.1.139 0x1 0x2 02:00:00:00:00:99 * eno1'),
				1,
				'192.168.1.139 is taken',
			],
			['the host is not in the range', byDefault, arp(), 2, 'no interface of this host is in 192.168.1.0/24'],
		])('%s', (_, routes, table, code, said) => {
			const files = {'/proc/net/route': header + routes, '/proc/net/arp': table, '/dev/udp/$0/9': '', 'sleep 1': ''};
			expect(runWith(freeAddresses(bridged).check, {files})).toEqual({code, output: expect.stringContaining(said)});
		});
	});
});

describe('packet filter', () => {
	const rule = '-A FORWARD -i kvmbr0 -o kvmbr0 -j ACCEPT';
	test.each([
		['bridged packets are not filtered', '0', '-P FORWARD DROP', 0, ''],
		['the policy is ACCEPT', '1', '-P FORWARD ACCEPT', 0, ''],
		['Docker drops', '1', '-P FORWARD DROP', 1, 'machines on kvmbr0 could not talk'],
		[
			'the policy is ACCEPT, and the last rule rejects',
			'1',
			'-P FORWARD ACCEPT\n-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n-A FORWARD -j REJECT --reject-with icmp-host-prohibited',
			1,
			'could not talk: -A FORWARD -j REJECT',
		],
		[
			'our rule is behind one that rejects',
			'1',
			`-P FORWARD ACCEPT\n-A FORWARD -j REJECT --reject-with icmp-host-prohibited\n${rule}`,
			1,
			'could not talk',
		],
		[
			'our rule is before one that rejects',
			'1',
			`-P FORWARD ACCEPT\n${rule}\n-A FORWARD -j REJECT --reject-with icmp-host-prohibited`,
			0,
			'',
		],
		['our rule is there', '1', `-P FORWARD DROP\n${rule}`, 0, ''],
		['our rule is there, not at boot', '1', `-P FORWARD DROP\n${rule}`, 1, 'does not start with the host'],
	])('%s', (name, filtered, rules, code, said) => {
		const programs = {
			iptables: `cat <<'END'\n${rules}\nEND`,
			systemctl: name.includes('not at boot') ? 'exit 1' : 'exit 0',
		};
		expect(
			runWith(iptablesAcceptsBridge(bridged).check, {
				files: {'/proc/sys/net/bridge/bridge-nf-call-iptables': filtered},
				programs,
			}),
		).toEqual({code, output: expect.stringContaining(said)});
	});
});

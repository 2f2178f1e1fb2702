import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {externalNetwork} from '../../steps/external-network.ts';
import {bridgeChange} from '../../source/tasks/bridge-change.ts';
import type {Text} from '../../source/languages/text.ts';
import type {BridgeChange} from '../../source/tasks/bridge-configuration.ts';
import {parseUplink, readUplink} from '../../source/host/uplink/read.ts';
import {render} from '../../source/shell/command.ts';
import {afterwards, bridgedCluster, type Bridged, type HostFiles} from '../bridged-cluster.ts';
import {testCluster, testFacts} from '../cluster-fixture.ts';
import {runWith} from './check.ts';

const mac = '02:00:00:00:00:01';
const ours = '/etc/netplan/95-cluster-wizard-kvmbr0.yaml';

interface Changed extends BridgeChange {
	/** The files that are written, as they are afterwards. */
	readonly files: Readonly<Record<string, string>>;
}

function change(renderer: 'netplan' | 'ifupdown' | 'networkd', files: HostFiles, bridged: Bridged = {}): Changed {
	const found = bridgeChange(bridgedCluster(renderer, files, bridged));
	if ('refusal' in found) {
		throw new Error(found.refusal.en);
	}

	return {...found, files: afterwards(found, files)};
}

/** The content of a file afterwards. */
const after = ({files}: Changed, path: string) => files[path];
const paths = (files: ReadonlyArray<{path: string}>) => files.map(({path}) => path);

describe('netplan', () => {
	const bridge = {interfaces: ['eno1'], macaddress: mac, parameters: {stp: false, 'forward-delay': 0}};
	const network = (content: string) => `network:\n  version: 2\n${content}`;
	test.each([
		['DHCP', '  ethernets:\n    eno1:\n      dhcp4: true\n', {ethernets: {eno1: {}}}, {dhcp4: true}],
		[
			'addresses, routes and name servers',
			'  ethernets:\n    eno1:\n      addresses: [192.168.1.20/24, 192.168.1.21/24]\n      routes:\n        - {to: default, via: 192.168.1.1}\n      nameservers: {addresses: [192.168.1.1], search: [lan]}\n',
			{ethernets: {eno1: {}}},
			{
				addresses: ['192.168.1.20/24', '192.168.1.21/24'],
				routes: [{to: 'default', via: '192.168.1.1'}],
				nameservers: {addresses: ['192.168.1.1'], search: ['lan']},
			},
		],
		[
			'IPv6 as well',
			'  ethernets:\n    eno1:\n      dhcp4: true\n      dhcp6: true\n      accept-ra: true\n      link-local: [ipv6]\n',
			{ethernets: {eno1: {}}},
			{dhcp4: true, dhcp6: true, 'accept-ra': true, 'link-local': ['ipv6']},
		],
		[
			'several NICs',
			'  ethernets:\n    eno1:\n      dhcp4: true\n    eno2:\n      addresses: [10.9.0.1/24]\n',
			{ethernets: {eno1: {}, eno2: {addresses: ['10.9.0.1/24']}}},
			{dhcp4: true},
		],
		[
			'what belongs to the cable stays',
			'  renderer: networkd\n  ethernets:\n    eno1:\n      match: {macaddress: "02:00:00:00:00:01"}\n      set-name: eno1\n      wakeonlan: true\n      mtu: 9000\n      dhcp4: true\n',
			{
				renderer: 'networkd',
				ethernets: {eno1: {match: {macaddress: mac}, 'set-name': 'eno1', wakeonlan: true, mtu: 9000}},
			},
			{mtu: 9000, dhcp4: true},
		],
	])('%s', (_, content, rest, moved) => {
		const found = change('netplan', {'/etc/netplan/01.yaml': network(content)});
		expect(parse(after(found, '/etc/netplan/01.yaml')!)).toEqual({network: {version: 2, ...rest}});
		expect(parse(after(found, ours)!)).toEqual({network: {version: 2, bridges: {kvmbr0: {...bridge, ...moved}}}});
		expect(paths(found.edited)).toEqual(['/etc/netplan/01.yaml']);
	});

	test('one that is found by its MAC address under another name', () => {
		const found = change('netplan', {
			'/etc/netplan/50-cloud-init.yaml': network(
				`  ethernets:\n    id0:\n      match: {macaddress: "${mac.toUpperCase()}"}\n      dhcp4: true\n`,
			),
		});
		expect(parse(after(found, ours)!)).toMatchObject({
			network: {bridges: {kvmbr0: {interfaces: ['id0'], dhcp4: true}}},
		});
	});

	test('two files that speak of it are taken apart, a third one and every comment stay', () => {
		const found = change('netplan', {
			'/etc/netplan/01.yaml': network('  ethernets:\n    # the cable\n    eno1:\n      addresses: [192.168.1.20/24]\n'),
			'/etc/netplan/02.yaml': network(
				'  ethernets:\n    eno1:\n      addresses: [192.168.1.21/24]\n      optional: true\n',
			),
			'/etc/netplan/03.yaml': network('  ethernets:\n    eno2:\n      dhcp4: true\n'),
		});
		expect(paths(found.edited)).toEqual(['/etc/netplan/01.yaml', '/etc/netplan/02.yaml']);
		expect(after(found, '/etc/netplan/01.yaml')).toContain('# the cable');
		expect(parse(after(found, ours)!).network.bridges.kvmbr0).toEqual({
			...bridge,
			addresses: ['192.168.1.20/24', '192.168.1.21/24'],
			optional: true,
		});
	});

	test('a lease of systemd-networkd is asked for with the same number', () => {
		const found = change(
			'netplan',
			{'/etc/netplan/01.yaml': network('  ethernets: {eno1: {dhcp4: true}}\n')},
			{iaid: 0xff_b6_56_70},
		);
		expect(after(found, '/etc/systemd/network/10-netplan-kvmbr0.network.d/cluster-wizard.conf')).toBe(
			'[DHCPv4]\nIAID=4290139760\n',
		);
	});
});

describe('ifupdown', () => {
	const path = '/etc/network/interfaces';
	const loopback = 'auto lo\niface lo inet loopback\n';
	const ports = `\tbridge_ports eno1\n\tbridge_stp off\n\tbridge_fd 0\n\tbridge_hw ${mac}\n`;
	test.each([
		[
			'DHCP',
			'allow-hotplug eno1\niface eno1 inet dhcp\n',
			`auto kvmbr0\niface eno1 inet manual\n\niface kvmbr0 inet dhcp\n${ports}`,
		],
		[
			'an address, its gateway and routes',
			'auto eno1\niface eno1 inet static\n\taddress 192.168.1.20/24\n\tgateway 192.168.1.1\n\tdns-nameservers 192.168.1.1\n\tup ip route add 10.8.0.0/16 via 192.168.1.9 dev eno1\n',
			`auto kvmbr0\niface eno1 inet manual\n\niface kvmbr0 inet static\n${ports}\taddress 192.168.1.20/24\n\tgateway 192.168.1.1\n\tdns-nameservers 192.168.1.1\n\tup ip route add 10.8.0.0/16 via 192.168.1.9 dev kvmbr0\n`,
		],
		[
			'IPv6 as well',
			'auto eno1\niface eno1 inet dhcp\n\niface eno1 inet6 auto\n',
			`auto kvmbr0\niface eno1 inet manual\n\niface kvmbr0 inet dhcp\n${ports}\niface kvmbr0 inet6 auto\n`,
		],
		[
			'several NICs',
			'auto eno1 eno2\nallow-hotplug eno10\niface eno2 inet static\n\taddress 10.9.0.1/24\niface eno10 inet dhcp\niface eno1 inet dhcp\n',
			`auto kvmbr0 eno2\nallow-hotplug eno10\niface eno2 inet static\n\taddress 10.9.0.1/24\niface eno10 inet dhcp\niface eno1 inet manual\n\niface kvmbr0 inet dhcp\n${ports}`,
		],
		[
			'an alias',
			'auto eno1 eno1:0\niface eno1 inet dhcp\niface eno1:0 inet static\n\taddress 192.168.1.21/24\n',
			`auto kvmbr0 kvmbr0:0\niface eno1 inet manual\n\niface kvmbr0 inet dhcp\n${ports}iface kvmbr0:0 inet static\n\taddress 192.168.1.21/24\n`,
		],
		[
			'hotplug together with another one',
			'allow-hotplug eno1 eno2\niface eno1 inet dhcp\n',
			`allow-hotplug eno2\nauto kvmbr0\niface eno1 inet manual\n\niface kvmbr0 inet dhcp\n${ports}`,
		],
	])('%s', (_, content, expected) => {
		const found = change('ifupdown', {[path]: loopback + content});
		expect(after(found, path)).toBe(loopback + expected);
	});

	test.each([
		['eth0.1', 'eth0x1'],
		['br+0', 'brr0'],
	])('%s is renamed, %s is not', (nic, other) => {
		const stanza = (name: string) =>
			`auto ${name}\niface ${name} inet static\n\taddress 10.9.0.2/24\n\tup ip route add 10.8.0.0/16 dev ${name}\n`;
		const found = change('ifupdown', {[path]: `${stanza(other)}${stanza(nic)}`}, {nic});
		expect(after(found, path)).toBe(
			`${stanza(other)}auto kvmbr0\niface ${nic} inet manual\n\niface kvmbr0 inet static\n${ports.replace('eno1', nic)}\taddress 10.9.0.2/24\n\tup ip route add 10.8.0.0/16 dev kvmbr0\n`,
		);
	});

	test('only the file that speaks of it changes', () => {
		const found = change('ifupdown', {
			[path]: `${loopback}source /etc/network/interfaces.d/*\n`,
			'/etc/network/interfaces.d/eno1': 'auto eno1\niface eno1 inet dhcp\n',
		});
		expect(paths(found.edited)).toEqual(['/etc/network/interfaces.d/eno1']);
		expect(Object.keys(found.files)).toHaveLength(1);
	});
});

describe('systemd-networkd', () => {
	test.each([
		['DHCP', '[Match]\nName=en*\n\n[Network]\nDHCP=yes\n', '[Network]\nDHCP=yes\n'],
		[
			'an address and IPv6',
			'[Match]\nName=eno1\n[Network]\nAddress=192.168.1.20/24\nGateway=192.168.1.1\nDNS=192.168.1.1\nIPv6AcceptRA=yes\n# note\n[Route]\nDestination=10.8.0.0/16\n',
			'[Network]\nAddress=192.168.1.20/24\nGateway=192.168.1.1\nDNS=192.168.1.1\nIPv6AcceptRA=yes\n\n[Route]\nDestination=10.8.0.0/16\n',
		],
	])('%s', (_, content, moved) => {
		const found = change('networkd', {'/etc/systemd/network/20-wired.network': content}, {iaid: 7});
		expect(found.edited).toEqual([]);
		expect(after(found, '/etc/systemd/network/00-cluster-wizard-kvmbr0.network')).toBe(
			`# Made by cluster-wizard.\n[Match]\nName=kvmbr0\n\n${moved}\n[DHCPv4]\nIAID=7\n`,
		);
		expect(after(found, '/etc/systemd/network/00-cluster-wizard-eno1.network')).toBe(
			'# Made by cluster-wizard.\n[Match]\nName=eno1\n\n[Network]\nBridge=kvmbr0\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n',
		);
		expect(after(found, '/etc/systemd/network/00-cluster-wizard-kvmbr0.netdev')).toBe(
			`# Made by cluster-wizard.\n[NetDev]\nName=kvmbr0\nKind=bridge\nMACAddress=${mac}\n\n[Bridge]\nSTP=no\nForwardDelaySec=0\n`,
		);
	});
});

test('a NIC that was chosen and is no Ethernet is refused by its name', () => {
	const {refusal} = bridgeChange(
		testCluster(
			{host: {external: 'bridge', nic: 'wwan0'}},
			{sandbox: false, facts: {...testFacts, renderer: {value: 'netplan', source: 'test'}}},
		),
	) as {refusal: Text};
	expect(refusal.en).toContain("wwan0 cannot be a bridge's port");
	expect(refusal.es).toContain('wwan0 no puede ser puerto de un puente');
});

test.each([
	[
		'netplan',
		{'/etc/netplan/01.yaml': 'network: {version: 2, ethernets: {eno2: {dhcp4: true}}}\n'},
		'no file of netplan speaks of it',
	],
	[
		'netplan',
		{
			'/etc/netplan/01.yaml': `network: {version: 2, ethernets: {eno1: {dhcp4: true}, id0: {match: {macaddress: "${mac}"}}}}\n`,
		},
		'netplan knows it as eno1 and as id0',
	],
	['ifupdown', {'/etc/network/interfaces': 'iface eno10 inet dhcp\n'}, 'no `iface` line'],
	[
		'ifupdown',
		{'/etc/network/interfaces': 'iface eno1 inet manual\n\tbond-master bond0\n'},
		"a NIC with `bond-master` a bridge's port",
	],
	['networkd', {}, 'no .network file'],
	[
		'networkd',
		{'/etc/systemd/network/a.network': '[Match]\nName=eno1\n[Network]\nBond=bond0\n'},
		"a NIC with `Bond=bond0` a bridge's port",
	],
	['networkmanager', {}, 'NetworkManager looks after this NIC'],
	['none', {}, 'Nothing that the wizard knows'],
] as const)('%s is refused: %s', (renderer, files, said) => {
	const cluster = bridgedCluster(renderer, files);
	expect(bridgeChange(cluster)).toMatchObject({refusal: {en: expect.stringContaining(said), es: expect.any(String)}});
	const [, task] = externalNetwork.tasks(cluster, {});
	expect(task!.apply).toBeUndefined();
	expect(runWith(task!.check, {files: {'/sys/class/net/kvmbr0': ''}})).toMatchObject({code: 2});
});

describe('before anything of ours is there', () => {
	const interfaces = 'iface eno1 inet dhcp\n';
	const [, task] = externalNetwork.tasks(bridgedCluster('ifupdown', {'/etc/network/interfaces': interfaces}), {});
	const wired = {'/sys/class/net/eno1/carrier': '1\n', '/etc/network/interfaces': interfaces};
	const text = render(task!.check, 'execute')
		.replaceAll('[ -e /sys/class/net/eno1 ]', 'true')
		.replaceAll('[ -d /run/systemd/system ]', 'true');
	test.each([
		['the bridge is made', text, wired, 1, 'kvmbr0: missing'],
		[
			'the files have changed since they were read',
			text,
			{...wired, '/etc/network/interfaces': `# more\n${interfaces}`},
			2,
			'no longer the one that was read',
		],
		['Wi-Fi', text, {...wired, '/sys/class/net/eno1/wireless': ''}, 2, 'eno1 is Wi-Fi'],
		[
			'mobile broadband',
			text,
			{...wired, '/sys/class/net/eno1/uevent': 'DEVTYPE=wwan\nINTERFACE=eno1\n'},
			2,
			'eno1 is mobile broadband',
		],
		['no cable', text, {...wired, '/sys/class/net/eno1/carrier': '0\n'}, 2, 'eno1 has no cable'],
		['no such NIC', text.replaceAll('true ||', 'false ||'), wired, 2, 'there is no eno1'],
		[
			'something else of that name',
			text.replaceAll('[ ! -e /sys/class/net/kvmbr0 ]', 'false'),
			wired,
			2,
			'kvmbr0 is there and is not a bridge',
		],
		[
			"a bridge of somebody else's without the port",
			text
				.replaceAll('[ ! -e /sys/class/net/kvmbr0 ]', 'false')
				.replaceAll('[ ! -d /sys/class/net/kvmbr0/bridge ]', 'false'),
			wired,
			2,
			'kvmbr0: eno1 is not its port; it was there before the wizard',
		],
	])('%s', (_, check, files, code, said) => {
		// The manifest holds the path, too, so the file is looked at where it stands in.
		expect(runWith({strings: [check], values: []}, {files})).toEqual({code, output: expect.stringContaining(said)});
	});
});

test('a renderer whose files need no change is no reason to stop', () => {
	const [, task] = externalNetwork.tasks(
		bridgedCluster('networkd', {'/etc/systemd/network/a.network': '[Match]\nName=eno1\n[Network]\nDHCP=yes\n'}),
		{},
	);
	const text = render(task!.check, 'execute')
		.replaceAll('[ -e /sys/class/net/eno1 ]', 'true')
		.replaceAll('[ -d /run/systemd/system ]', 'true');
	expect(runWith({strings: [text], values: []}, {files: {'/sys/class/net/eno1/carrier': '1\n'}})).toEqual({
		code: 1,
		output: 'kvmbr0: missing',
	});
});

test("a NIC's configuration is read and understood", () => {
	const folder = {
		'/sys/class/net/eno1/address': `${mac}\n`,
		'/sys/class/net/eno1/ifindex': '2\n',
		'/etc/network/interfaces /etc/network/interfaces.d/*': 'iface eno1 inet dhcp # ¿qué?\n',
	};
	const {output} = runWith(readUplink('eno1', 'ifupdown'), {files: folder});
	expect(parseUplink({nic: 'eno1'}, 'ifupdown', output)).toMatchObject({
		mac,
		files: [{digest: createHash('sha256').update('iface eno1 inet dhcp # ¿qué?\n').digest('hex')}],
	});
	expect(parseUplink({nic: 'eno1'}, 'networkd', `mac ${mac}\niaid ffb65670\n`)).toEqual({
		renderer: 'networkd',
		mac,
		iaid: 0xff_b6_56_70,
		refusal: {kind: 'unnamed', names: []},
	});
});

describe('which external network', () => {
	test.each([
		['bridge', bridgedCluster('ifupdown', {'/etc/network/interfaces': 'iface eno1 inet dhcp\n'}), 'bridge', 'kvmbr0'],
		['nat', testCluster({host: {external: 'nat'}}, {sandbox: false}), 'network', 'redExterna'],
	])('%s is taken back by down', (_, cluster, kind, name) => {
		expect(externalNetwork.tasks(cluster, {}).flatMap(({creates}) => creates ?? [])[0]).toEqual({
			kind,
			name,
			uuid: cluster.networks.external.uuid,
		});
	});

	test('the sandbox gives the host the last address', () => {
		const commands = externalNetwork
			.tasks(testCluster(), {})
			.map(({check}) => render(check, 'show'))
			.join('\n');
		expect(commands).toContain('192.168.1.254/24');
	});
});

import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {applyEdits} from '../../source/host/uplink/edits.ts';
import {reduceUplink, uplinksSchema} from '../../source/host/uplink/reduce.ts';
import type {Uplink, UplinkRenderer} from '../../source/host/uplink/uplink.ts';
import {hostFactsSchema} from '../../source/host/host-facts.ts';
import type {HostFiles} from '../bridged-cluster.ts';
import {testFacts} from '../cluster-fixture.ts';
import {hostSecrets, secretInterfaces, secretNetplan} from '../host-secrets.ts';

const mac = '02:00:00:00:00:01';

function reduced(renderer: UplinkRenderer, files: HostFiles): Uplink {
	return reduceUplink({
		renderer,
		nic: 'eno1',
		mac,
		files: Object.entries(files).map(([path, content]) => ({path, content: Buffer.from(content)})),
	});
}

/** A netplan file after the NIC's addresses were taken out; nothing when the file is refused or stays. */
function cut(content: string): string | undefined {
	const uplink = reduced('netplan', {'/etc/netplan/01.yaml': content});
	return 'files' in uplink && uplink.files[0]
		? applyEdits(Buffer.from(content), uplink.files[0].edits).toString()
		: undefined;
}

describe('passwords and keys are not kept', () => {
	test.each([
		['netplan', secretNetplan],
		['ifupdown', secretInterfaces],
	] as const)('%s', (renderer, files) => {
		const uplink = reduced(renderer, files);
		expect(uplink).not.toHaveProperty('refusal');
		expect(uplink).toHaveProperty('files.length', 1);
		const text = JSON.stringify(uplink);
		expect(hostSecrets.filter(secret => text.includes(secret))).toEqual([]);
		for (const name of ['wlan1', 'wg0', 'casa', 'cn=host', 'eno2', 'notify']) {
			expect(text).not.toContain(name);
		}
	});

	test.each<[UplinkRenderer, HostFiles, string]>([
		[
			'netplan',
			{
				'/etc/netplan/01.yaml':
					'network: {ethernets: {eno1: {dhcp4: true, networkmanager: {passthrough: {802-1x.password: hidden}}}}}\n',
			},
			'802-1x.password',
		],
		[
			'netplan',
			{
				'/etc/netplan/01.yaml':
					'network: {ethernets: {eno1: {dhcp4: true, openvswitch: {ssl: {private-key: hidden}}}}}\n',
			},
			'private-key',
		],
		[
			'networkd',
			{'/etc/systemd/network/a.network': '[Match]\nName=eno1\n[Network]\nDHCP=yes\n[Peer]\nPresharedKey=hidden\n'},
			'PresharedKey',
		],
	])('%s: a secret that would have to be copied is a refusal: %o', (renderer, files, key) => {
		const uplink = reduced(renderer, files);
		expect(uplink).toEqual({renderer, mac, refusal: {kind: 'secret', names: [key]}});
	});

	test('ifupdown: of an option that no port can have, only the name', () => {
		const uplink = reduced('ifupdown', {
			'/etc/network/interfaces': 'iface eno1 inet dhcp\n\twpa-identity me\n\twpa-password hidden\n',
		});
		expect(uplink).toEqual({renderer: 'ifupdown', mac, refusal: {kind: 'obstacle', names: ['wpa-identity']}});
	});
});

describe("netplan: only the NIC's own keys are cut out", () => {
	test.each([
		[
			'the only key',
			'network:\n  ethernets:\n    eno1:\n      dhcp4: true\n',
			'network:\n  ethernets:\n    eno1: {}\n',
		],
		[
			'keys that stay',
			'network:\n  ethernets:\n    eno1:\n      wakeonlan: true\n      dhcp4: true # lease\n      mtu: 9000\n',
			'network:\n  ethernets:\n    eno1:\n      wakeonlan: true\n      mtu: 9000\n',
		],
		[
			'comments around',
			'network:\n  ethernets:\n    # the cable\n    eno1: # here\n      # lease\n      dhcp4: true\n    # next\n    eno2: {}\n',
			'network:\n  ethernets:\n    # the cable\n    eno1: {} # here\n      # lease\n    # next\n    eno2: {}\n',
		],
		[
			'a list that is not indented',
			'network:\n  ethernets:\n    eno1:\n      addresses:\n      - 192.168.1.20/24\n      - 192.168.1.21/24\n      mtu: 1400\n',
			'network:\n  ethernets:\n    eno1:\n      mtu: 1400\n',
		],
		[
			'mappings in lists',
			'network:\n  ethernets:\n    eno1:\n      routes:\n        - to: default\n          via: 192.168.1.1\n      optional: true\n',
			'network:\n  ethernets:\n    eno1:\n      optional: true\n',
		],
		[
			'several lines in brackets',
			'network:\n  ethernets:\n    eno1:\n      addresses: [192.168.1.20/24,\n        192.168.1.21/24]\n      optional: true\n',
			'network:\n  ethernets:\n    eno1:\n      optional: true\n',
		],
		[
			'a key without a value',
			'network:\n  ethernets:\n    eno1:\n      gateway4:\n      optional: true\n',
			'network:\n  ethernets:\n    eno1:\n      optional: true\n',
		],
		[
			'braces, all',
			'network: {ethernets: {eno1: {dhcp4: true, dhcp6: true}, eno2: {dhcp4: true}}}\n',
			'network: {ethernets: {eno1: {}, eno2: {dhcp4: true}}}\n',
		],
		[
			'braces, the first',
			'network: {ethernets: {eno1: {dhcp4: true, mtu: 9000}}}\n',
			'network: {ethernets: {eno1: {mtu: 9000}}}\n',
		],
		[
			'braces, the last ones',
			'network: {ethernets: {eno1: {mtu: 9000, dhcp4: true, dhcp6: true}}}\n',
			'network: {ethernets: {eno1: {mtu: 9000}}}\n',
		],
		[
			'no newline at the end',
			'network:\n  ethernets:\n    eno1:\n      dhcp4: true',
			'network:\n  ethernets:\n    eno1: {}\n',
		],
		[
			'characters of several bytes before it',
			'network:\n  # Año «ñ» 🔌\n  ethernets:\n    eno1:\n      dhcp4: true\n      mtu: 1400\n',
			'network:\n  # Año «ñ» 🔌\n  ethernets:\n    eno1:\n      mtu: 1400\n',
		],
		[
			'carriage returns',
			'network:\r\n  ethernets:\r\n    eno1:\r\n      dhcp4: true\r\n      mtu: 1400\r\n',
			'network:\r\n  ethernets:\r\n    eno1:\r\n      mtu: 1400\r\n',
		],
		[
			'a group that stands twice',
			'network:\n  ethernets:\n    eno1:\n      dhcp4: true\n  ethernets:\n    eno2: {dhcp4: true}\n',
			'network:\n  ethernets:\n    eno1: {}\n  ethernets:\n    eno2: {dhcp4: true}\n',
		],
	])('%s', (_, content, expected) => {
		expect(cut(content)).toBe(expected);
		expect(() => parse(expected, {uniqueKeys: false}) as unknown).not.toThrow();
	});

	test.each([
		[
			'an anchor that another NIC uses',
			'network:\n  ethernets:\n    eno1:\n      nameservers: &dns {addresses: [192.168.1.1]}\n    eno2:\n      nameservers: *dns\n',
		],
		['an alias in place of the definition', 'network:\n  ethernets:\n    eno2: &same {dhcp4: true}\n    eno1: *same\n'],
		['no YAML', 'network:\n  ethernets: [\n'],
		['two documents', 'network: {ethernets: {eno1: {dhcp4: true}}}\n---\nnetwork: {}\n'],
	])('%s is refused', (_, content) => {
		expect(reduced('netplan', {'/etc/netplan/01.yaml': content})).toEqual({
			renderer: 'netplan',
			mac,
			refusal: {kind: 'form', names: ['/etc/netplan/01.yaml']},
		});
	});

	test('bytes that are no text are refused', () => {
		const content = Buffer.from('network: {ethernets: {eno1: {dhcp4: true}}} # \xFF\n', 'latin1');
		expect(
			reduceUplink({renderer: 'netplan', nic: 'eno1', mac, files: [{path: '/etc/netplan/01.yaml', content}]}),
		).toHaveProperty('refusal.kind', 'form');
	});
});

test('ifupdown: bytes that are no text stay as they are', () => {
	const content = Buffer.from('# \xFF\xE9\niface eno1 inet dhcp\n# \xFF\n', 'latin1');
	const uplink = reduceUplink({
		renderer: 'ifupdown',
		nic: 'eno1',
		mac,
		files: [{path: '/etc/network/interfaces', content}],
	});
	const edits = 'files' in uplink ? uplink.files[0]!.edits : [];
	expect(applyEdits(content, edits).toString('latin1')).toBe(
		`# \xFF\xE9\niface eno1 inet manual\n\niface /bridge/ inet dhcp\n\tbridge_ports eno1\n\tbridge_stp off\n\tbridge_fd 0\n\tbridge_hw ${mac}\n# \xFF\n`,
	);
});

describe('facts of an earlier version, with whole files', () => {
	const whole = (renderer: UplinkRenderer, files: HostFiles) => ({
		renderer,
		mac,
		iaid: 10,
		files: Object.entries(files).map(([path, content]) => ({path, mode: '0600', content})),
	});

	test.each([
		['netplan', secretNetplan],
		['ifupdown', secretInterfaces],
		['networkd', {'/etc/systemd/network/a.network': '[Match]\nName=eno1\n[Network]\nDHCP=yes\n'}],
		['networkd', {}],
	] as const)('%s is reduced on reading', (renderer, files) => {
		const read = hostFactsSchema.parse({...testFacts, uplinks: {value: {eno1: whole(renderer, files)}, source: ''}});
		const {iaid, ...uplink} = read.uplinks!.value['eno1']!;
		expect(iaid).toBe(10);
		expect(uplink).toEqual(reduced(renderer, files));
		expect(hostSecrets.filter(secret => JSON.stringify(read).includes(secret))).toEqual([]);
	});

	test('what was reduced is read as it was saved', () => {
		const uplinks = {
			one: reduced('netplan', secretNetplan),
			two: reduced('ifupdown', secretInterfaces),
			three: reduced('networkd', {}),
			four: reduced('netplan', {'/etc/netplan/01.yaml': 'network: {ethernets: {eno1: {mtu: 9000}}}\n'}),
		};
		expect(uplinksSchema.parse(JSON.parse(JSON.stringify(uplinks)))).toEqual(uplinks);
	});
});

describe('NetworkManager: of the profile in force', () => {
	const profile = (text: string) =>
		reduceUplink({
			renderer: 'networkmanager',
			nic: 'eno1',
			mac,
			connection: '6b1e3a4c-0000-4000-8000-000000000001',
			files: [{path: '/etc/NetworkManager/system-connections/eno1.nmconnection', content: Buffer.from(text)}],
		});
	const wired = '[connection]\nid=Wired connection 1\ntype=ethernet\n';

	test('addresses and the cable are kept, and nothing else', () => {
		expect(
			profile(
				`${wired}permissions=user:ana:;\n\n# mine\n[ethernet]\nmtu=9000\n\n[ipv4]\nmethod=manual\naddress1=192.168.1.20/24,192.168.1.1\ndns=192.168.1.1;\n\n[ipv6]\nmethod=auto\n\n[user]\nnote=hello\n`,
			),
		).toEqual({
			renderer: 'networkmanager',
			mac,
			connection: '6b1e3a4c-0000-4000-8000-000000000001',
			sections: [
				{name: 'ethernet', lines: ['mtu=9000']},
				{name: 'ipv4', lines: ['method=manual', 'address1=192.168.1.20/24,192.168.1.1', 'dns=192.168.1.1;']},
				{name: 'ipv6', lines: ['method=auto']},
			],
		});
	});

	test.each([
		[
			'a port of a bridge',
			'[connection]\ntype=ethernet\nmaster=br0\nslave-type=bridge\n',
			{kind: 'member', names: ['br0']},
		],
		[
			'a port, in the newer words',
			'[connection]\ntype=802-3-ethernet\ncontroller=br0\nport-type=bridge\n',
			{kind: 'member', names: ['br0']},
		],
		['a bond', '[connection]\ntype=bond\n', {kind: 'obstacle', names: ['type=bond']}],
		['port authentication', `${wired}[802-1x]\neap=md5;\npassword=hidden\n`, {kind: 'secret', names: ['802-1x']}],
	])('%s is refused', (_, text, refusal) => {
		expect(profile(text)).toEqual({renderer: 'networkmanager', mac, refusal});
	});

	test('no profile is in force', () => {
		expect(reduceUplink({renderer: 'networkmanager', nic: 'eno1', mac, files: []})).toEqual({
			renderer: 'networkmanager',
			mac,
			refusal: {kind: 'unnamed', names: []},
		});
	});
});

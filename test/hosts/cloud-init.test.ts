import {afterAll, beforeAll, expect, test} from 'vitest';
import {wan} from './cables.ts';
import {catalogue} from './catalogue.ts';
import {Host} from './host.ts';
import {packProgram, putInHome, runPacked} from './packed-program.ts';

/** Ubuntu's cloud images: cloud-init itself writes netplan's file, once for each instance. */

const base = catalogue.find(({name}) => name === 'files of Ubuntu 24.04, netplan of cloud-init')!;
const seed = '/var/lib/cloud/seed/nocloud';
const file = '/etc/netplan/50-cloud-init.yaml';
const {[file]: _, ...files} = base.files!;
const host = new Host({
	...base,
	additions: [
		...base.additions!,
		{
			packages: ['cloud-init'],
			commands:
				'printf "datasource_list: [NoCloud]\\nsystem_info: {network: {renderers: [netplan]}}\\n" >/etc/cloud/cloud.cfg.d/90-tests.cfg; printf "policy: enabled\\n" >/etc/cloud/ds-identify.cfg',
		},
	],
	files: {
		...files,
		[`${seed}/meta-data`]: 'instance-id: first\n',
		[`${seed}/user-data`]: '#cloud-config\nssh_deletekeys: false\npreserve_hostname: true\ndisable_root: false\n',
		[`${seed}/network-config`]: `version: 2\nethernets:\n  ${wan.nic}:\n    dhcp4: true\n`,
	},
});

const addresses = async (nic: string) => host.succeeds(`ip -4 -o address show dev ${nic} | awk '{print $4}'`);
const written = async () => host.succeeds(`cat ${file}`);
let before: string;

beforeAll(async () => {
	await host.start();
	await putInHome(host, {
		'cluster-wizard.tgz': packProgram(),
		'bridge.yaml': `host: {external: bridge, nic: ${wan.nic}}\n`,
	});
});
afterAll(async () => host.remove());

test('cloud-init has written the file, and the bridge is made of it', async () => {
	before = await written();
	expect(before).toContain('dhcp4: true');
	const {code, output} = await runPacked(host, 'up --yes --only external-network --answers bridge.yaml', 240);
	expect(code, output).toBe(0);
	expect(await written()).not.toContain('dhcp4');
	expect(await addresses('kvmbr0')).toBe(`${wan.address}/24`);
});

test('a restart leaves the bridge as it is: cloud-init writes no file of an instance that it knows', async () => {
	await host.reboot();
	await host.answers('wan', 60);
	expect(await written()).not.toContain('dhcp4');
	expect([await addresses('kvmbr0'), await addresses(wan.nic)]).toEqual([`${wan.address}/24`, '']);
});

test('a new instance has the file written anew: the bridge keeps its port and the host its address, once the boot has waited for the NIC', async () => {
	await host.succeeds(`echo 'instance-id: second' >${seed}/meta-data`);
	await host.powerOff();
	await host.boot(['initializing', 'starting', 'running', 'degraded']);
	await host.until(async () => (await addresses('kvmbr0')) === `${wan.address}/24`, 60, "the bridge's address");
	// systemd-networkd-wait-online gives up after two minutes: a port gets no lease of its own.
	await host.until(
		async () => /running|degraded/.test((await host.run('systemctl is-system-running')).output),
		200,
		'the end of booting',
	);
	expect(await written()).toBe(before);
	expect([await host.succeeds('ls /sys/class/net/kvmbr0/brif'), await addresses(wan.nic)]).toEqual([wan.nic, '']);
	await host.answers('wan', 60);
});

test('up puts the file right', async () => {
	const {code, output} = await runPacked(host, 'up --yes --only external-network --answers bridge.yaml', 240);
	expect(code, output).toBe(0);
	expect(await written()).not.toContain('dhcp4');
	await host.reboot();
	await host.answers('wan', 60);
	expect([await addresses('kvmbr0'), await addresses(wan.nic)]).toEqual([`${wan.address}/24`, '']);
});

test('down gives back the file, also where it was written anew', async () => {
	await host.succeeds(`cat >${file}`, {input: `${before}\n`});
	const {code, output} = await runPacked(host, 'down --yes', 240);
	expect(code, output).toBe(0);
	expect(await written()).toBe(before);
	await host.answers('wan', 60);
	expect(await addresses(wan.nic)).toBe(`${wan.address}/24`);
});

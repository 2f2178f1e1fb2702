import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import type {Cluster, Node} from '../../source/cluster/cluster.ts';
import {render} from '../../source/shell/command.ts';
import {isUsableForDisks} from '../../source/state/usable-path.ts';
import {virtInstall} from '../../source/tasks/machine.ts';
import {testCluster} from '../cluster-fixture.ts';
import {nastyNames} from '../nasty-paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'machines-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

/** As libvirt's own in-process hypervisor understands it. It knows neither KVM nor the machine type. */
function definition(given: Cluster, node: Node, disks = folder): string {
	const cluster = {...given, paths: {...given.paths, disks}};
	const command = render(virtInstall(cluster, node), 'execute')
		.replace('virt-install ', 'virt-install --connect test:///default --check disk_size=off,path_exists=off --dry-run ')
		.replace(/--machine pc --virt-type \w+/, '--virt-type test');
	const {status, stdout, stderr} = spawnSync('sh', ['-c', command], {
		encoding: 'utf8',
		env: {...process.env, XDG_CACHE_HOME: folder},
	});
	expect(status, stderr).toBe(0);
	return stdout;
}

describe.each(['kvm', 'tcg'] as const)('with %s', acceleration => {
	const cluster = testCluster({}, {acceleration});
	for (const {path} of cluster.nodes.flatMap(node => [
		{path: `${node.vm}.img`},
		...cluster.raid.serials.map(serial => ({path: `${node.vm}-${serial}.img`})),
	])) {
		writeFileSync(join(folder, path), '');
	}

	test.each(cluster.nodes.map(node => [node.vm, node] as const))('libvirt accepts %s', (vm, node) => {
		const xml = definition(cluster, node);
		expect(xml).toContain(`<name>${vm}</name>`);
		expect(xml).toContain(`<uuid>${node.uuid}</uuid>`);
		expect([...xml.matchAll(/<mac address="([\da-f:]+)"/g)].map(match => match[1])).toEqual(
			node.nics.map(({mac}) => mac),
		);
		const file = join(folder, `${vm}.xml`);
		writeFileSync(file, xml);
		const {status, stdout, stderr} = spawnSync('virt-xml-validate', [file, 'domain'], {encoding: 'utf8'});
		expect(status, `${stdout}${stderr}`).toBe(0);
		const defined = spawnSync('virsh', ['--connect', 'test:///default', 'define', '--validate', file], {
			encoding: 'utf8',
		});
		expect(defined.status, defined.stderr).toBe(0);
	});
});

describe('a folder with any name', () => {
	const cluster = testCluster();
	const {storage} = cluster;

	test.each(nastyNames.filter(name => isUsableForDisks(name)))('%s: virt-install makes of it one path', name => {
		const disks = join(folder, name);
		mkdirSync(disks);
		for (const file of [storage.vm, ...cluster.raid.serials.map(serial => `${storage.vm}-${serial}`)]) {
			writeFileSync(join(disks, `${file}.img`), '');
		}

		const xml = join(folder, 'nasty.xml');
		writeFileSync(xml, definition(cluster, storage, disks));
		const read = (path: string) =>
			spawnSync('xmllint', ['--xpath', `string(${path})`, xml], {encoding: 'utf8'}).stdout.replace(/\n$/, '');
		expect(read('//disk[1]/source/@file')).toBe(join(disks, `${storage.vm}.img`));
		expect(read('//disk[2]/serial')).toBe(cluster.raid.serials[0]);
		expect(read('//serial/log/@file')).toBe(join(disks, `${storage.vm}.console.log`));
	});
});

describe('AppArmor', () => {
	const cluster = testCluster({host: {external: 'nat'}}, {sandbox: false, acceleration: 'kvm'});

	// libvirt's helper writes the profile of a machine from its definition; a dry run needs no AppArmor in the kernel.
	test.each(cluster.nodes.map(node => [node.vm, node] as const))(
		'the profile that libvirt makes for %s lets it write to its disks and nothing else of ours',
		(_, node) => {
			const disks = mkdtempSync('/var/lib/libvirt/images/cluster-wizard-test-');
			try {
				const own = [
					node.vm,
					...(node.role === 'storage' ? cluster.raid.serials.map(serial => `${node.vm}-${serial}`) : []),
				].map(name => join(disks, `${name}.img`));
				for (const path of own) {
					writeFileSync(path, '');
				}

				const xml = definition(cluster, node, disks).replaceAll('type="test"', 'type="kvm"');
				const {status, stdout, stderr} = spawnSync(
					'/usr/lib/libvirt/virt-aa-helper',
					['--dryrun', '--create', '--uuid', `libvirt-${node.uuid}`],
					{encoding: 'utf8', input: xml},
				);
				expect(status, stderr).toBe(0);
				// It prints to both.
				const written = [...`${stdout}${stderr}`.matchAll(/^\s*"([^"]+)" [rwk]*w[rwk]*,$/gm)]
					.map(([, path]) => path!)
					.filter(path => path.startsWith(disks));
				expect(written.sort()).toEqual(own.sort());
			} finally {
				rmSync(disks, {recursive: true});
			}
		},
	);
});

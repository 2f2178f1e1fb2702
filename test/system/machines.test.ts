import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import type {Cluster, Node} from '../../source/answers/cluster.ts';
import {render} from '../../source/engine/command.ts';
import {virtInstall} from '../../source/tasks/machine.ts';
import {testCluster} from '../cluster-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'machines-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

/** As libvirt's own in-process hypervisor understands it. It knows neither KVM nor the machine type. */
function definition(cluster: Cluster, node: Node): string {
	const command = render(virtInstall(cluster, node), 'execute')
		.replace('virt-install ', 'virt-install --connect test:///default --check disk_size=off,path_exists=off --dry-run ')
		.replace(/--machine pc --virt-type \w+/, '--virt-type test')
		.replaceAll(cluster.paths.disks, folder);
	const {status, stdout, stderr} = spawnSync('sh', ['-c', command], {encoding: 'utf8', env: {...process.env, XDG_CACHE_HOME: folder}});
	expect(status, stderr).toBe(0);
	return stdout;
}

describe.each(['kvm', 'tcg'] as const)('with %s', acceleration => {
	const cluster = testCluster({}, {acceleration});
	for (const {path} of cluster.nodes.flatMap(node => [{path: `${node.vm}.img`}, ...cluster.raid.serials.map(serial => ({path: `${node.vm}-${serial}.img`}))])) {
		writeFileSync(join(folder, path), '');
	}

	test.each(cluster.nodes.map(node => [node.vm, node] as const))('libvirt accepts %s', (vm, node) => {
		const xml = definition(cluster, node);
		expect(xml).toContain(`<name>${vm}</name>`);
		expect(xml).toContain(`<uuid>${node.uuid}</uuid>`);
		expect([...xml.matchAll(/<mac address="([\da-f:]+)"/g)].map(match => match[1])).toEqual(node.nics.map(({mac}) => mac));
		const file = join(folder, `${vm}.xml`);
		writeFileSync(file, xml);
		const {status, stdout, stderr} = spawnSync('virt-xml-validate', [file, 'domain'], {encoding: 'utf8'});
		expect(status, `${stdout}${stderr}`).toBe(0);
		const defined = spawnSync('virsh', ['--connect', 'test:///default', 'define', '--validate', file], {encoding: 'utf8'});
		expect(defined.status, defined.stderr).toBe(0);
	});
});

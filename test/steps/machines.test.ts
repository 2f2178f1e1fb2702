import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {Node} from '../../source/cluster/cluster.ts';
import {assetPath} from '../../source/assets.ts';
import {render, renderWithInput} from '../../source/shell/command.ts';
import {roleImage} from '../../source/images/image.ts';
import {emulatedOptions} from '../../source/tasks/disk.ts';
import {removal} from '../../source/tasks/removal.ts';
import {virtInstall} from '../../source/tasks/machine.ts';
import {machines} from '../../steps/machines.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from './check.ts';

const cluster = testCluster();
const disks = '/var/lib/libvirt/images/cluster-wizard-web';
const [master] = cluster.directors;
const [server1] = cluster.webs;
const tasksOf = (node: Node, of = cluster) => machines.tasks(of, {node});
const find = (node: Node, title: string) => tasksOf(node).find(task => task.title.en.startsWith(title))!;

describe('a system disk', () => {
	const script = assetPath('images/make-system-disk');
	const link = (node: Node, name: string) => node.nics.find(nic => nic.link === name)!.mac;
	test.each([
		[
			'a director goes out through the external gateway',
			master,
			`'' master ${master.machineId} ${quoted(cluster.authorizedKey)} ${cluster.nameservers.join(',')} ` +
				`ext0=${link(master, 'ext0')}=192.168.1.135/24=192.168.1.1 int0=${link(master, 'int0')}=10.0.10.1/24 hb0=${link(master, 'hb0')}=10.0.20.1/24`,
		],
		[
			'an inner node through the first director',
			server1!,
			`'' server1 ${server1!.machineId} ${quoted(cluster.authorizedKey)} 10.0.10.1 int0=${link(server1!, 'int0')}=10.0.10.110/24=10.0.10.1`,
		],
	] as const)('%s', (_, node, words) => {
		const {path} = roleImage(cluster, node.role, node.disk);
		const [task] = tasksOf(node);
		expect(render(task!.apply![0]!, 'show')).toBe(`sh ${script} ${path} ${disks}/${node.vm}.img ${words}`);
	});

	test('the host key is given over standard input and is never shown', () => {
		const command = tasksOf(master)[0]!.apply![0]!;
		expect(command.input).toBe(master.hostKey.private);
		for (const rendering of ['show', 'script'] as const) {
			expect(renderWithInput(command, rendering)).not.toContain(master.hostKey.private.reveal());
		}
	});

	test('what costs an emulated processor much time, its clock or its boot is switched off there', () => {
		const emulated = testCluster({}, {acceleration: 'tcg'});
		expect(render(tasksOf(emulated.storage, emulated)[0]!.apply![0]!, 'show')).toContain(
			" 'mitigations=off norandmaps tsc=unstable no_timer_check' nas ",
		);
		const grub = readFileSync(assetPath('images/make-disk'), 'utf8');
		expect(emulatedOptions.map((_, index) => grub.includes(` $option${index + 1}`))).not.toContain(false);
	});
});

describe('virt-install', () => {
	const text = (node: Node, of = cluster) => render(virtInstall(of, node), 'show').replaceAll(/ \\\n\s*/g, ' ');
	test('a machine with three NICs', () => {
		const nic = (index: number) => `model=virtio,mac=${master.nics[index]!.mac}`;
		expect(text(master)).toBe(
			[
				`virt-install --import --name MASTER --uuid ${master.uuid} --memory 512 --vcpus 2`,
				'--machine pc --virt-type kvm --cpu host-passthrough --osinfo detect=off,require=off',
				`--disk path=${disks}/MASTER.img,format=raw,bus=virtio`,
				`--network bridge=kvmbr0,${nic(0)} --network network=redInter,${nic(1)} --network network=redHeart,${nic(2)}`,
				`--graphics none --serial pty,log.file=${disks}/MASTER.console.log,log.append=off`,
				'--rng /dev/urandom --memballoon none --controller usb,model=none --noautoconsole --print-xml',
			].join(' '),
		);
	});

	test("the storage node's disks have the serials of the array", () => {
		expect(text(cluster.storage)).toContain(
			Array.from(
				{length: 5},
				(_, index) => `--disk path=${disks}/NFS-raid${index + 1}.img,format=raw,bus=virtio,serial=raid${index + 1}`,
			).join(' '),
		);
	});

	test('an emulated machine', () => {
		const emulated = testCluster({}, {acceleration: 'tcg'});
		expect(text(emulated.storage, emulated)).toContain(
			'--virt-type qemu --cpu qemu64 --xml ./features/tcg/tb-cache=256 --xml ./features/tcg/tb-cache/@unit=MiB',
		);
	});

	test("behind NAT the external network is libvirt's own", () => {
		const nat = testCluster({host: {external: 'nat'}}, {sandbox: false});
		expect(text(nat.directors[0], nat)).toContain(`--network network=${nat.networks.external.label},`);
	});
});

describe('the check of a definition', () => {
	const {check} = find(master, 'Define the machine');
	const virsh = (cases: string) => ({programs: {virsh: `case "$1" in ${cases} *) exit 1 ;; esac`}});
	test.each([
		['libvirt is not there', 'list) exit 1 ;;', 2, 'libvirt does not answer'],
		['nothing of that name', 'list) ;;', 1, 'MASTER: missing'],
		[
			'another machine of that name',
			'list) ;; domuuid) echo 1-2-3 ;;',
			2,
			'a machine MASTER is there that is not ours (its UUID is 1-2-3)',
		],
		[
			'ours under another name',
			`list) echo ${master.uuid} ;; domname) echo OTHER ;;`,
			2,
			'MASTER is there under another name: OTHER',
		],
		[
			'not started with the host',
			`list) ;; domuuid) echo ${master.uuid} ;; dominfo) echo 'Autostart:      disable' ;;`,
			1,
			'MASTER does not start with the host',
		],
		['as it should be', `list) ;; domuuid) echo ${master.uuid} ;; dominfo) echo 'Autostart:      enable' ;;`, 0, ''],
	] as const)('%s', (_, cases, code, said) => {
		expect(runWith(check, virsh(cases))).toEqual({code, output: said});
	});
});

test.each([
	['running', 0, ''],
	['shut off', 1, 'MASTER is shut off'],
	['paused', 1, 'MASTER is paused'],
])('a machine that is %s', (state, code, output) => {
	expect(runWith(find(master, 'Start').check, {programs: {virsh: `echo '${state}'; echo`}})).toEqual({code, output});
});

describe('where machines are emulated', () => {
	const emulated = testCluster({}, {acceleration: 'tcg'});
	const titles = (node: Node, of: typeof cluster) => tasksOf(node, of).map(task => task.title.en);
	const first = 'A director, the way to the other machines, answers over SSH';
	test.each([
		['master', emulated, emulated.directors[0], false],
		['nas', emulated, emulated.storage, false],
		['server1', emulated, emulated.webs[0]!, true],
		['server1 on KVM', cluster, cluster.webs[0]!, false],
	] as const)('%s', (_, of, node, waits) => {
		expect(titles(node, of).includes(first)).toBe(waits);
	});

	describe('a web server that does not run yet starts', () => {
		const web = emulated.webs[0]!;
		const {check} = tasksOf(web, emulated).find(task => task.title.en === first)!;
		const key = (node: Node) => node.hostKey.public.split(' ')[1]!;
		const [, standby] = emulated.directors;
		test.each([
			['not when nobody answers', '', '', 1],
			['not when a stranger answers', '', key(web), 1],
			['when STANDBY answers', '', key(standby), 0],
			['when MASTER answers', '', key(master), 0],
			['at once when it runs already', web.uuid, '', 0],
		])('%s', (_, running, answer, code) => {
			const programs = {virsh: `echo ${running}`, 'ssh-keyscan': `echo 192.168.1.136 ssh-ed25519 ${answer}`};
			expect(runWith(check, {programs})).toEqual({code, output: code === 0 ? '' : 'the directors are booting'});
		});
	});
});

test('a disk of the array with another size is left alone', () => {
	const {check} = find(cluster.storage, 'Make the disk raid1');
	const path = `${disks}/NFS-raid1.img`;
	expect(runWith(check)).toEqual({code: 1, output: `${path}: missing`});
	const {code, output} = runWith(check, {files: {[path]: 'data'}});
	expect(code).toBe(2);
	expect(output).toContain('104857600 bytes wanted, found 4');
});

test('only our machines and their disks are removed', () => {
	const resources = tasksOf(cluster.storage).flatMap(({creates}) => creates ?? []);
	expect([...new Set(resources.map(resource => `${resource.kind} ${removal(resource, cluster.paths).shown}`))]).toEqual(
		[
			`disks ${disks}`,
			`disk ${disks}/NFS.img`,
			...Array.from({length: 5}, (_, index) => `disk ${disks}/NFS-raid${index + 1}.img`),
			`pool ${disks.split('/').at(-1)}`,
			'machine NFS',
		],
	);
	const {remove} = removal(
		resources.find(({kind}) => kind === 'machine')!,
		cluster.paths,
	);
	expect(
		runWith(remove, {programs: {virsh: 'case "$1" in list) echo 1-2-3 ;; *) echo "$@" ;; esac'}}),
		'another UUID',
	).toEqual({code: 0, output: ''});
	expect(
		runWith(remove, {
			programs: {virsh: `case "$1" in list) echo ${cluster.storage.uuid} ;; *) echo "$@" ;; esac`},
		}).output.split('\n'),
	).toEqual([`destroy ${cluster.storage.uuid}`, `undefine ${cluster.storage.uuid}`]);
});

test('a machine takes the logs of its console along, and leaves those of others', () => {
	const folder = mkdtempSync(join(tmpdir(), 'disks-'));
	try {
		for (const name of ['SERVER1.console.log', 'SERVER1.console.log.0', 'SERVER10.console.log']) {
			writeFileSync(join(folder, name), 'login:');
		}

		const {remove} = removal(
			{kind: 'machine', name: 'SERVER1', uuid: server1!.uuid},
			{...cluster.paths, disks: folder},
		);
		runWith(remove, {programs: {virsh: `case "$1" in list) echo ${server1!.uuid} ;; esac`}});
		expect(readdirSync(folder)).toEqual(['SERVER10.console.log']);
	} finally {
		rmSync(folder, {recursive: true});
	}
});

function quoted(word: string): string {
	return `'${word}'`;
}

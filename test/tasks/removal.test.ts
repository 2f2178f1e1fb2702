import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Resource} from '../../source/engine/resource.ts';
import {removal} from '../../source/tasks/removal.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from '../steps/check.ts';
import {perform} from './perform.ts';

const uuid = '9d0d2bbf-ee51-8147-be87-df9f89343733';
const image = 'bookworm-web-0123456789ab.img';

/** A state directory, a cache and a folder of disks, and beside them what belongs to somebody else. */
let folder: string;
let paths: ReturnType<typeof testCluster>['paths'];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'removal of '));
	paths = {
		...testCluster().paths,
		state: join(folder, 'state'),
		cache: join(folder, 'cache'),
		disks: join(folder, 'disks'),
	};
	for (const name of [
		'state/keys/wizard',
		'state/sandbox/log',
		'cache/other',
		'disks/MASTER.img',
		'disks/NFS.img.bak',
		'outside/canary',
	]) {
		put(name);
	}
});
afterEach(() => rmSync(folder, {recursive: true}));

function put(name: string): void {
	mkdirSync(dirname(join(folder, name)), {recursive: true});
	writeFileSync(join(folder, name), name);
}

function files(): string[] {
	return readdirSync(folder, {recursive: true, withFileTypes: true})
		.filter(entry => !entry.isDirectory())
		.map(({parentPath, name}) => join(parentPath, name).slice(folder.length + 1))
		.sort();
}

test.each<[string, Resource, string[], string]>([
	[
		'a disk, and half a copy of it',
		{kind: 'disk', name: 'NFS.img'},
		['disks/NFS.img', 'disks/NFS.img.new'],
		'disks/NFS.img',
	],
	[
		'an image, and what an interrupted build left',
		{kind: 'image', name: image},
		[`cache/${image}`, `cache/${image}.sha256`, `cache/${image}.lock`, `cache/${image}.building/root/file`],
		`cache/${image}`,
	],
	[
		'fetched packages',
		{kind: 'archive', name: 'bookworm-packages'},
		['cache/bookworm-packages/lists/partial/x'],
		'cache/bookworm-packages',
	],
	[
		'a sandbox that was never started',
		{kind: 'sandbox', name: 'sandbox'},
		['state/sandbox/libvirt/etc/qemu.conf'],
		'state/sandbox',
	],
])('%s: removed, and nothing else', (_, resource, made, shown) => {
	const others = files().filter(name => !name.startsWith(`${shown}/`));
	made.forEach(name => put(name));
	const {remove, gone, ...rest} = removal(resource, paths);
	expect(rest).toEqual({shown: join(folder, shown)});
	expect(perform(gone)).toEqual({code: 1, output: expect.stringContaining('is still there') as string});
	expect(perform(remove)).toEqual({code: 0, output: ''});
	expect(perform(gone)).toEqual({code: 0, output: ''});
	expect(files()).toEqual(others);
	expect(perform(remove).code, 'once more').toBe(0);
});

test('the folder of the disks goes with the logs, but not with a disk in it', () => {
	for (const name of ['NFS.console.log', 'NFS.console.log.0', 'pool.lock', 'virt-manager/virt-install.log']) {
		put(`disks/${name}`);
	}

	const {remove, gone} = removal({kind: 'disks', name: 'disks'}, paths);
	expect(perform(remove).code).toBe(1);
	expect(perform(gone)).toEqual({code: 1, output: `${paths.disks} is still there`});
	expect(readdirSync(paths.disks).sort()).toEqual(['MASTER.img', 'NFS.img.bak']);
	rmSync(join(paths.disks, 'MASTER.img'));
	rmSync(join(paths.disks, 'NFS.img.bak'));
	expect(perform(remove).code).toBe(0);
	expect(perform(gone).code).toBe(0);
});

test.each<[string, Resource, string]>([
	['disk', {kind: 'disk', name: 'NFS.img'}, 'disks/NFS.img'],
	['image', {kind: 'image', name: image}, `cache/${image}`],
	['archive', {kind: 'archive', name: 'bookworm-packages'}, 'cache/bookworm-packages'],
])('a link in the place of a %s: only the link goes', (_, resource, place) => {
	symlinkSync(join(folder, 'outside'), join(folder, place));
	expect(perform(removal(resource, paths).remove).code).toBe(0);
	expect(existsSync(join(folder, place))).toBe(false);
	expect(existsSync(join(folder, 'outside', 'canary'))).toBe(true);
});

/** A program that says how it was called. */
const says = (name: string) => `echo ${name} "$@"`;

describe('resources with a UUID', () => {
	test.each<[string, Resource, string, string[]]>([
		['machine', {kind: 'machine', name: 'NFS', uuid}, 'list', [`destroy ${uuid}`, `undefine ${uuid}`]],
		['network', {kind: 'network', name: 'redInter', uuid}, 'net-list', [`net-destroy ${uuid}`, `net-undefine ${uuid}`]],
	])('%s: removed by it, and another one of the same name is left alone', (_, resource, list, calls) => {
		const {shown, remove, gone} = removal(resource, paths);
		const virsh = (known: string) => ({
			programs: {virsh: `case "$1" in ${list}) echo ${known} ;; *) echo "$@" ;; esac`},
		});
		expect(shown).toBe(resource.name);
		expect(runWith(remove, virsh(uuid)).output.split('\n')).toEqual(calls);
		expect(runWith(gone, virsh(uuid)).code).toBe(1);
		expect(runWith(remove, virsh('1-2-3'))).toEqual({code: 0, output: ''});
		expect(runWith(gone, virsh('1-2-3')).code).toBe(0);
		expect(runWith(gone, {programs: {virsh: 'exit 1'}})).toEqual({code: 2, output: 'libvirt does not answer'});
	});

	test('a bridge of another cluster is left alone', () => {
		const {remove, gone} = removal({kind: 'bridge', name: 'kvmbr0', uuid}, paths);
		const here = '/var/lib/cluster-wizard-bridges/kvmbr0';
		const programs = {rm: says('rm'), rmdir: ':'};
		expect(runWith(remove, {programs, files: {[`${here}/owner`]: '1-2-3\n'}})).toEqual({code: 0, output: ''});
		expect(runWith(gone, {files: {[`${here}/owner`]: '1-2-3\n'}}).code).toBe(0);
		expect(
			runWith(remove, {
				programs,
				files: {[`${here}/owner`]: `${uuid}\n`, [`${here}/former`]: 'old\n', [`${here}/switch.sh`]: 'echo switch "$@"'},
			}).output,
		).toBe(`switch to old\nrm -rf ${here}`);
		expect(runWith(gone, {files: {[`${here}/owner`]: `${uuid}\n`}}).code).toBe(1);
	});

	test('a pool of another folder is left alone', () => {
		const {remove, gone} = removal({kind: 'pool', name: 'default'}, paths);
		const virsh = (path: string) => ({
			programs: {
				virsh: `case "$1" in pool-dumpxml) echo '<path>${path}</path>' ;; pool-info) echo 'State:          running' ;; *) echo "$@" ;; esac`,
			},
		});
		expect(runWith(remove, virsh('/var/lib/libvirt/images'))).toEqual({code: 0, output: ''});
		expect(runWith(gone, virsh('/var/lib/libvirt/images')).code).toBe(0);
		expect(runWith(remove, virsh(paths.disks)).output).toBe('pool-destroy default\npool-undefine default');
		expect(runWith(gone, virsh(paths.disks)).code).toBe(1);
	});
});

describe('a member of a group', () => {
	const members = {
		id: String.raw`case $2 in student) printf 'student\0libvirt\0' ;; *) exit 1 ;; esac`,
		gpasswd: says('gpasswd'),
	};
	test.each([
		['student:libvirt', 'gpasswd -d student libvirt', 1],
		['student:kvm', '', 0],
		[String.raw`EXAMPLE\student:kvm`, '', 0],
	])('%s', (name, output, left) => {
		const {remove, gone} = removal({kind: 'membership', name}, paths);
		expect(runWith(remove, {programs: members})).toEqual({code: 0, output});
		expect(runWith(gone, {programs: members}).code).toBe(left);
	});

	test('a name of a directory reaches gpasswd as it is', () => {
		const name = String.raw`EXAMPLE\student`;
		const programs = {id: String.raw`printf 'kvm\0'`, gpasswd: 'printf "%s|" "$@"'};
		expect(runWith(removal({kind: 'membership', name: `${name}:kvm`}, paths).remove, {programs}).output).toBe(
			`-d|${name}|kvm|`,
		);
	});
});

test.each([
	["the unit for Docker's filter", {kind: 'forwarding', name: 'kvmbr0'}, 'cluster-wizard-kvmbr0-forward.service'],
	[
		"the unit against the host's NAT",
		{kind: 'untracked', name: 'redInter'},
		'cluster-wizard-redInter-untracked.service',
	],
] as const)("%s: by the bridge's name", (_, resource, unit) => {
	const {shown, remove, gone} = removal(resource, paths);
	expect(shown).toBe(`/etc/systemd/system/${unit}`);
	const programs = {systemctl: says('systemctl'), rm: says('rm')};
	expect(runWith(remove, {programs})).toEqual({code: 0, output: ''});
	expect(runWith(remove, {programs, files: {[shown]: ''}}).output.split('\n')).toEqual([
		`systemctl disable --quiet --now ${unit}`,
		expect.stringMatching(/^rm -f /) as string,
		'systemctl daemon-reload',
	]);
	expect(runWith(gone, {files: {[shown]: ''}}).code).toBe(1);
});

test.each([
	['empty', 'mkdir FOLDER', '', false],
	['in use', 'mkdir FOLDER; touch FOLDER/x', '', true],
	['of a package', 'mkdir FOLDER', 'exit 0', true],
	['away', ':', '', false],
])('a folder of libvirt that is %s', (_, make, query, stays) => {
	const {remove, gone} = removal({kind: 'libvirt-folder', name: '/etc/libvirt'}, paths);
	const place = join(folder, 'libvirt');
	const there = {strings: [make.replaceAll('FOLDER', `'${place}'`)], values: []};
	const away = {...remove, values: remove.values.map(() => place)};
	expect(perform(there).code).toBe(0);
	expect(runWith(away, {programs: {'dpkg-query': query || 'exit 1'}}).code).toBe(0);
	expect(existsSync(place)).toBe(stays);
	expect(perform(gone).code).toBe(0);
});

test('a namespace goes with its port', () => {
	const {remove} = removal({kind: 'namespace', name: 'bench-0123abcd'}, paths);
	const programs = {ip: 'case "$1 $2" in "link show") ;; *) echo "$@" ;; esac'};
	expect(runWith(remove, {programs, files: {'/run/netns/bench-0123abcd': ''}}).output).toBe(
		'link del bench-0123abcd\nnetns del bench-0123abcd',
	);
});

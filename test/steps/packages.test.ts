import {describe, expect, test} from 'vitest';
import {packages} from '../../steps/packages.ts';
import {render, sh} from '../../source/engine/command.ts';
import {aptFree} from '../../source/tasks/host-apt.ts';
import {libvirtStaysOff} from '../../source/tasks/host-libvirt.ts';
import {hostPackages, installPackages, missingPackages} from '../../source/tasks/host-packages.ts';
import {kvmModule} from '../../source/tasks/host-processor.ts';
import {userGroups} from '../../source/tasks/host-user.ts';
import {bridgedCluster} from '../bridged-cluster.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from './check.ts';

const sandbox = testCluster();
const nat = testCluster({host: {external: 'nat'}}, {sandbox: false});

describe('which packages', () => {
	test('a sandbox takes libvirt\'s programs, not its services', () => {
		for (const names of Object.values(hostPackages(sandbox))) {
			expect(names).toEqual(expect.arrayContaining(['libvirt-daemon', 'slirp4netns', 'mmdebstrap']));
			expect(names).not.toContain('libvirt-daemon-system');
		}
	});

	test.each([
		['libvirt of the host itself', nat, 'libvirt-daemon-system', true],
		['no user-mode uplink there', nat, 'slirp4netns', false],
		['ifupdown makes bridges with bridge-utils', bridgedCluster('ifupdown', {}), 'bridge-utils', true],
		['netplan does not', bridgedCluster('netplan', {}), 'bridge-utils', false],
		['keys of Ubuntu for machines with Ubuntu', testCluster({guest: {release: 'noble'}}), 'ubuntu-keyring', true],
	])('%s', (_, cluster, name, wanted) => {
		expect(hostPackages(cluster).other!.includes(name)).toBe(wanted);
	});

	test.each([
		['debian', '12', false],
		['debian', '13', true],
		['ubuntu', '24.04', false],
	])('%s %s: the missing ones are named, split drivers %s', (id, version, split) => {
		const files = {'/etc/os-release': `ID=${id}\nVERSION_ID=${version}\n`};
		const {output} = runWith(missingPackages(sandbox), {files, programs: {'dpkg-query': 'echo installed curl; echo installed fdisk; echo config-files mount'}});
		const missing = output.split('\n');
		expect(missing).toContain('mount');
		expect(missing).not.toContain('curl');
		expect(missing).not.toContain('fdisk');
		expect(missing.includes('libvirt-daemon-driver-network')).toBe(split);
	});

	test('nothing is missing when all are installed', () => {
		const programs = {'dpkg-query': 'while [ "$1" != "--" ] && [ $# -gt 0 ]; do echo "installed $1"; shift; done'};
		expect(runWith(missingPackages(sandbox), {programs})).toEqual({code: 0, output: ''});
	});
});

describe('another program installs packages', () => {
	const missing = sh`echo curl`;
	const inode = '$(stat -c %i "$lock")';
	const held = (pid: string) => ({'/var/lib/dpkg/lock-frontend': '', '/proc/locks': `1: POSIX  ADVISORY  WRITE ${pid} fe:00:4711 0 EOF\n`});
	const pretend = {...aptFree(missing), check: {strings: [render(aptFree(missing).check, 'execute').replace(inode, '4711')], values: []}};

	test('it is named, with its number', () => {
		expect(runWith(pretend.check, {files: held(String(process.pid))})).toEqual({code: 1, output: expect.stringMatching(new RegExp(String.raw`is held by .+ \(process ${process.pid}\)$`))});
		expect(pretend.within).toBeGreaterThan(60);
	});

	test('one that has ended meanwhile', () => {
		expect(runWith(pretend.check, {files: held('999999999')})).toMatchObject({code: 1, output: expect.stringContaining('held by a program')});
	});

	test('a lock on another file is none of ours', () => {
		expect(runWith(aptFree(missing).check, {files: {'/proc/locks': '1: POSIX  ADVISORY  WRITE 1 fe:00:1 0 EOF\n'}})).toEqual({code: 0, output: ''});
	});

	test('with nothing to install there is nothing to wait for', () => {
		const check = {strings: [render(aptFree(sh`:`).check, 'execute').replace(inode, '4711')], values: []};
		expect(runWith(check, {files: held('1')})).toEqual({code: 0, output: ''});
	});
});

test('services are kept from starting for a sandbox, and only there', () => {
	const commands = (cluster: typeof sandbox) => installPackages(cluster).apply!.map(command => render(command, 'execute'));
	expect(commands(sandbox).filter(text => /install .*missing/.test(text))).toEqual([expect.stringContaining('unshare --mount')]);
	expect(commands(nat).join('\n')).not.toContain('unshare');
});

describe('the machine\'s own libvirt', () => {
	const list = `${sandbox.paths.state}/installed-packages`;
	const systemctl = (state: string) => `case $2 in libvirtd.socket) echo ${state} ;; *) echo disabled ;; esac`;
	test.each([
		['came for the sandbox and is off', 'libvirt-daemon\n', 'disabled', '', 0],
		['came for the sandbox and would start', 'libvirt-daemon\n', 'enabled', '', 1],
		['was there before', 'curl\n', 'enabled', '', 0],
		['is used by now', 'libvirt-daemon\n', 'enabled', 'echo installed', 0],
	])('%s', (_, installed, state, query, code) => {
		expect(runWith(libvirtStaysOff(sandbox).check, {files: {[list]: installed}, programs: {systemctl: systemctl(state), 'dpkg-query': query}})).toMatchObject({code});
	});
});

describe('groups of the user', () => {
	const programs = {id: String.raw`case $2 in student) echo student kvm libvirt ;; EXAMPLE\\novice) echo users kvm ;; *) exit 1 ;; esac`};
	test.each([
		['student', [0, 0]],
		[String.raw`EXAMPLE\novice`, [0, 1]],
		['nobody-here', [1, 1]],
	])('%s: kvm and libvirt', (user, codes) => {
		expect(userGroups({...nat, user}).map(({check}) => runWith(check, {programs}).code)).toEqual(codes);
	});

	test('each group is a resource of its own, so that a group the user was in before is not left', () => {
		expect(userGroups({...nat, user: 'student'}).map(({creates}) => creates)).toEqual([[{kind: 'membership', name: 'student:kvm'}], [{kind: 'membership', name: 'student:libvirt'}]]);
	});

	test.each([undefined, 'root', '-a', '0'])('%s is put into none', user => {
		expect(userGroups({...nat, user})).toEqual([]);
	});
});

test.each([
	['no flag, nothing to load', 'flags : sse\n', 0],
	['the flag and no device', 'flags : vmx\n', 1],
])('KVM module: %s', (_, cpuinfo, code) => {
	const check = {strings: [render(kvmModule().check, 'execute').replaceAll('/dev/kvm', '/nonexistent/kvm').replace('[ -d /lib/modules/"$(uname -r)" ]', 'true')], values: []};
	expect(runWith(check, {files: {'/proc/cpuinfo': cpuinfo}})).toMatchObject({code});
});

test('a sandbox leaves users, groups and services alone', () => {
	const titles = packages.tasks(sandbox, {}).map(({title}) => title.en).join('\n');
	expect(titles).not.toMatch(/group|Start libvirt/);
	expect(packages.tasks({...nat, user: 'student'}, {}).map(({title}) => title.en).join('\n')).toMatch(/Start libvirt[^]*group/);
});

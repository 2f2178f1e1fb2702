import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {packages} from '../../steps/packages.ts';
import {render, sh, type Command} from '../../source/shell/command.ts';
import {aptLockReleased} from '../../source/tasks/host-apt.ts';
import {libvirtDisabled} from '../../source/tasks/host-libvirt.ts';
import {archiveKeys, hostPackages, installPackages, missingPackages} from '../../source/tasks/host-packages.ts';
import {kvmModule} from '../../source/tasks/host-processor.ts';
import {userGroups} from '../../source/tasks/host-user.ts';
import {bridgedCluster} from '../bridged-cluster.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from './check.ts';

const sandbox = testCluster();
const nat = testCluster({host: {external: 'nat'}}, {sandbox: false});

describe('which packages', () => {
	test("a sandbox takes libvirt's programs, not its services", () => {
		const {needed, whereKnown} = hostPackages(sandbox);
		expect(needed).toEqual(expect.arrayContaining(['libvirt-daemon', 'slirp4netns', 'mmdebstrap']));
		expect([...needed, ...whereKnown]).not.toContain('libvirt-daemon-system');
	});

	test.each([
		['libvirt of the host itself', nat, 'libvirt-daemon-system', true],
		['no user-mode uplink there', nat, 'slirp4netns', false],
		['ifupdown makes bridges with bridge-utils', bridgedCluster('ifupdown', {}), 'bridge-utils', true],
		['netplan does not', bridgedCluster('netplan', {}), 'bridge-utils', false],
		['keys of Ubuntu for machines with Ubuntu', testCluster({guest: {release: 'noble'}}), 'ubuntu-keyring', true],
	])('%s', (_, cluster, name, wanted) => {
		expect(hostPackages(cluster).needed.includes(name)).toBe(wanted);
	});

	test.each([
		['none', '', false],
		['split drivers', 'libvirt-daemon-driver-network', true],
		['names that only begin like it', 'libvirt-daemon-driver-network-x', false],
	])('apt knows %s: the missing ones are named', (_, known, split) => {
		const programs = {
			'dpkg-query': 'echo installed curl; echo installed fdisk; echo config-files mount',
			'apt-cache': `echo ${known}`,
		};
		const {output} = runWith(withDrivers(missingPackages(sandbox), '/nonexistent'), {programs});
		const missing = output.split('\n');
		expect(missing).toContain('mount');
		expect(missing).not.toContain('curl');
		expect(missing).not.toContain('fdisk');
		expect(missing.includes('libvirt-daemon-driver-network')).toBe(split);
	});

	test('apt is not asked where the drivers are there, in whatever package', () => {
		const folder = mkdtempSync(join(tmpdir(), 'drivers-'));
		mkdirSync(join(folder, 'x86_64-linux-gnu/libvirt/connection-driver'), {recursive: true});
		for (const name of ['network', 'storage']) {
			writeFileSync(join(folder, `x86_64-linux-gnu/libvirt/connection-driver/libvirt_driver_${name}.so`), '');
		}

		const programs = {'dpkg-query': '', 'apt-cache': 'echo libvirt-daemon-driver-network'};
		const found = [folder, '/nonexistent'].map(place =>
			runWith(withDrivers(missingPackages(sandbox), place), {programs}).output.includes(
				'libvirt-daemon-driver-network',
			),
		);
		rmSync(folder, {recursive: true});
		expect(found).toEqual([false, true]);
	});

	test.each([
		['apt has it', 'ubuntu-keyring mmdebstrap', 0],
		['Debian 12: apt has no such package', 'mmdebstrap', 1],
		['apt has no lists', '', 0],
	])("the keys of Ubuntu's archive, %s", (_, known, code) => {
		const files = {'/usr/share/keyrings/ubuntu-archive-keyring.gpg': ''};
		const programs = {'apt-cache': `for name in ${known}; do case $name in "$3"*) echo "$name" ;; esac; done`};
		expect(
			runWith(
				{
					strings: [render(archiveKeys('ubuntu').check, 'execute').replaceAll('/usr/share/', '/nonexistent/')],
					values: [],
				},
				{programs},
			),
		).toEqual({code, output: code === 0 ? '' : (expect.stringContaining('no package ubuntu-keyring') as string)});
		expect(runWith(archiveKeys('ubuntu').check, {files, programs}), 'installed').toEqual({code: 0, output: ''});
	});

	test.each([
		['Debian 12 has its own', 'installed 2023.3+deb12u2', '2023.3+deb12u2', ''],
		['Debian 12 that was never upgraded', 'installed 2023.3', '2023.3+deb12u2', ''],
		['Ubuntu 24.04: apt can install it', '', '2023.4ubuntu1', ''],
		[
			'Ubuntu 22.04: apt has an older one',
			'',
			'2021.1.1ubuntu2',
			'debian-archive-keyring 2021.1.1ubuntu2 is older than the keys',
		],
		[
			'Ubuntu 22.04: an older one is installed, and apt would not upgrade it',
			'installed 2021.1.1ubuntu2',
			'2023.4ubuntu1',
			'debian-archive-keyring 2021.1.1ubuntu2 is older than the keys',
		],
		["Ubuntu 22.04 with Debian 11's package", 'installed 2021.1.1+deb11u1', '2021.1.1ubuntu2', ''],
		["Ubuntu 22.04 with Debian 12's package", 'installed 2023.3+deb12u2', '2021.1.1ubuntu2', ''],
		['it was removed', 'config-files 2021.1.1ubuntu2', '2025.1', ''],
		['apt has lists and no such package', '', '(none)', 'no package debian-archive-keyring'],
		['apt has no lists', '', '', ''],
	])("the keys of Debian's archive: %s", (_, installed, candidate, said) => {
		const programs = {
			'dpkg-query': `printf '%s' '${installed}'; [ -n '${installed}' ]`,
			'apt-cache': `case $1 in policy) printf 'x:\n  Installed: -\n  Candidate: %s\n' '${candidate}' ;; *) [ -z '${candidate}' ] || echo "$3" | grep mmdebstrap ;; esac`,
		};
		expect(runWith(archiveKeys('debian').check, {programs})).toEqual({
			code: said === '' ? 0 : 1,
			output: said === '' ? '' : (expect.stringContaining(said) as string),
		});
	});

	test('nothing is missing when all are installed', () => {
		const programs = {'dpkg-query': 'while [ "$1" != "--" ] && [ $# -gt 0 ]; do echo "installed $1"; shift; done'};
		expect(runWith(missingPackages(sandbox), {programs})).toEqual({code: 0, output: ''});
	});
});

/** The command, looking for libvirt's drivers below another folder than /usr/lib. */
function withDrivers(command: Command, folder: string): Command {
	return {strings: [render(command, 'execute').replaceAll('/usr/lib/', `${folder}/`)], values: []};
}

describe('another program installs packages', () => {
	const missing = sh`echo curl`;
	let folder: string;
	let lock: string;
	let holder: ChildProcess | undefined;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'lock-'));
		lock = join(folder, 'lock-frontend');
		writeFileSync(lock, '');
	});
	afterEach(async () => {
		if (holder) {
			holder.stdin!.end();
			await once(holder, 'exit');
			holder = undefined;
		}

		rmSync(folder, {recursive: true});
	});

	/** The check, which looks at this file in place of dpkg's; /proc/locks too may be another. */
	const check = (names = missing, locks = '/proc/locks') => ({
		strings: [
			render(aptLockReleased(names).check, 'execute')
				.replaceAll('/var/lib/dpkg/lock-frontend', lock)
				.replaceAll('/proc/locks', locks),
		],
		values: [],
	});
	async function hold(): Promise<number> {
		holder = spawn('flock', [lock, 'sh', '-c', 'echo held; read line'], {stdio: ['pipe', 'pipe', 'inherit']});
		await once(holder.stdout!, 'data');
		return holder.pid!;
	}

	test('it is named, with its number', async () => {
		const pid = await hold();
		expect(runWith(check())).toEqual({code: 1, output: `${lock} is held by flock (process ${pid})`});
		expect(aptLockReleased(missing).timeout).toBeGreaterThan(60);
	});

	test('nobody holds it', () => {
		expect(runWith(check())).toEqual({code: 0, output: ''});
	});

	test("a file with the same inode on another file system is none of apt's", () => {
		const locks = join(folder, 'locks');
		writeFileSync(locks, `1: POSIX  ADVISORY  WRITE ${process.pid} fe:00:${statSync(lock).ino} 0 EOF\n`);
		expect(runWith(check(missing, locks))).toEqual({code: 0, output: ''});
	});

	test('with nothing to install there is nothing to wait for', async () => {
		await hold();
		expect(runWith(check(sh`:`))).toEqual({code: 0, output: ''});
	});
});

test('services are kept from starting for a sandbox, and only there', () => {
	const commands = (cluster: typeof sandbox) =>
		installPackages(cluster).apply!.map(command => render(command, 'execute'));
	expect(commands(sandbox).filter(text => /install .*missing/.test(text))).toEqual([
		expect.stringContaining('unshare --mount'),
	]);
	expect(commands(nat).join('\n')).not.toContain('unshare');
});

test.each([sandbox, nat])(
	'apt asks nothing, keeps configuration files, restarts no service of others and removes nothing',
	cluster => {
		// apt-get writes down how it was called.
		const programs = {
			'apt-get': 'echo "$DEBIAN_FRONTEND $NEEDRESTART_SUSPEND $*"',
			'apt-cache': '',
			'dpkg-query': '',
			unshare: 'shift 3; exec "$@"',
			mount: '',
		};
		const install = installPackages(cluster).apply!.find(command =>
			/ install \$missing/.test(render(command, 'execute')),
		)!;
		expect(runWith(install, {programs}).output).toMatch(
			/^noninteractive 1 .*DPkg::Lock::Timeout=600 .*--force-confold .*-y --no-remove --no-install-recommends install qemu-system-x86 /,
		);
	},
);

test.each([
	['every source is read', 0, 100, 0],
	['a source cannot be read (a disc, a repository that has gone), and all packages are found', 100, 0, 0],
	['a source cannot be read, and a package is not found', 100, 100, 100],
])('apt: %s', (_, update, install, code) => {
	const programs = {
		'apt-get': `case " $* " in *' update ') exit ${update} ;; *' -s '*' install '*) exit ${install} ;; esac; exit 99`,
		'apt-cache': '',
		'dpkg-query': '',
	};
	const lists = installPackages(nat).apply!.find(command => render(command, 'execute').includes(' update '))!;
	expect(runWith(lists, {programs})).toEqual({code, output: ''});
});

describe("the machine's own libvirt", () => {
	const list = `${sandbox.paths.state}/installed-packages`;
	const systemctl = (state: string) => `case $2 in libvirtd.socket) echo ${state} ;; *) echo disabled ;; esac`;
	test.each([
		['came for the sandbox and is off', 'libvirt-daemon\n', 'disabled', '', 0],
		['came for the sandbox and would start', 'libvirt-daemon\n', 'enabled', '', 1],
		['was there before', 'curl\n', 'enabled', '', 0],
		['is used by now', 'libvirt-daemon\n', 'enabled', 'echo installed', 0],
	])('%s', (_, installed, state, query, code) => {
		expect(
			runWith(libvirtDisabled(sandbox).check, {
				files: {[list]: installed},
				programs: {systemctl: systemctl(state), 'dpkg-query': query},
			}),
		).toMatchObject({code});
	});
});

describe('groups of the user', () => {
	const programs = {
		id: String.raw`[ $1 = -nGz ] || exit 1; case $2 in student) printf 'student\0kvm\0libvirt\0' ;; EXAMPLE\\novice) printf 'users\0kvm\0libvirt admins\0' ;; *) exit 1 ;; esac`,
	};
	test.each([
		['student', [0, 0]],
		[String.raw`EXAMPLE\novice`, [0, 1]],
		['nobody-here', [1, 1]],
	])('%s: kvm and libvirt', (user, codes) => {
		expect(userGroups({...nat, user}).map(({check}) => runWith(check, {programs}).code)).toEqual(codes);
	});

	test('a backslash in a name is no newline', () => {
		const [, libvirt] = userGroups({...nat, user: String.raw`EXAMPLE\novice`});
		expect(runWith(libvirt!.check, {programs})).toEqual({
			code: 1,
			output: String.raw`EXAMPLE\novice is not in the group libvirt`,
		});
	});

	test('each group is a resource of its own, so that a group the user was in before is not left', () => {
		expect(userGroups({...nat, user: 'student'}).map(({creates}) => creates)).toEqual([
			[{kind: 'membership', name: 'student:kvm'}],
			[{kind: 'membership', name: 'student:libvirt'}],
		]);
	});

	test.each([undefined, 'root', '-a', '0'])('%s is put into none', user => {
		expect(userGroups({...nat, user})).toEqual([]);
	});
});

test.each([
	['no flag, nothing to load', 'flags : sse\n', 0],
	['the flag and no device', 'flags : vmx\n', 1],
])('KVM module: %s', (_, cpuinfo, code) => {
	const check = {
		strings: [
			render(kvmModule().check, 'execute')
				.replaceAll('/dev/kvm', '/nonexistent/kvm')
				.replace('[ -d /lib/modules/"$(uname -r)" ]', 'true'),
		],
		values: [],
	};
	expect(runWith(check, {files: {'/proc/cpuinfo': cpuinfo}})).toMatchObject({code});
});

test('a sandbox leaves users, groups and services alone', () => {
	const titles = packages
		.tasks(sandbox, {})
		.map(({title}) => title.en)
		.join('\n');
	expect(titles).not.toMatch(/group|Start libvirt/);
	expect(
		packages
			.tasks({...nat, user: 'student'}, {})
			.map(({title}) => title.en)
			.join('\n'),
	).toMatch(/Start libvirt[^]*group/);
});

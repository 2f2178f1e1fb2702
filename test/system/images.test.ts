import {execFileSync, spawnSync} from 'node:child_process';
import {
	appendFileSync,
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {assetPath} from '../../source/assets.ts';

const folder = mkdtempSync(join(tmpdir(), 'images-'));
const root = join(folder, 'root');
const disk = join(folder, 'disk');
const script = (name: string) => assetPath(`images/${name}`);
const sh = (name: string, ...words: string[]) => {
	const {status, stdout, stderr} = spawnSync('sh', [script(name), ...words], {encoding: 'utf8', input: ''});
	return {code: status, output: `${stdout}${stderr}`.trim()};
};

beforeAll(() => {
	for (const path of ['boot', 'etc/ssh', 'etc/systemd/network', 'root']) {
		mkdirSync(join(root, path), {recursive: true});
	}

	writeFileSync(join(root, 'etc/os-release'), 'NAME=small\n');
	execFileSync('grub-editenv', [join(root, 'boot/grubenv'), 'create']);
	expect(sh('make-disk', root, disk, '64', '32', '16')).toEqual({code: 0, output: ''});
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

test.each(
	readdirSync(script('.'), {withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(({name}) => name),
)("%s is accepted by its language's own judge", name => {
	const [judge, words] = readFileSync(script(name), 'utf8').startsWith('#!/usr/bin/perl')
		? (['perl', ['-c']] as const)
		: (['shellcheck', ['--shell=sh']] as const);
	const {status, stdout, stderr} = spawnSync(judge, [...words, script(name)], {encoding: 'utf8'});
	expect(`${stdout}${stderr.replace(/.*syntax OK\n/, '')}`).toBe('');
	expect(status).toBe(0);
});

test("build-base where packages cannot be fetched: it ends with apt's reason, and nothing half made stays", () => {
	const place = mkdtempSync(join(folder, 'unreachable-'));
	const {status, stdout} = spawnSync(
		'unshare',
		[
			'--net',
			'sh',
			script('build-base'),
			'bookworm',
			'main',
			'7',
			join(place, 'base'),
			join(place, 'archive'),
			'systemd',
		],
		{encoding: 'utf8'},
	);
	expect(status).toBe(1);
	expect(stdout.trim().split('\n').at(-1)).toMatch(/^E: Failed to fetch /);
	expect(readdirSync(place).toSorted()).toEqual(['archive', 'base.lock']);
	expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(place);
});

describe('make-disk', () => {
	test("the thesis's partitions, the first bootable", () => {
		const {
			partitiontable: {partitions},
		} = JSON.parse(execFileSync('sfdisk', ['--json', disk], {encoding: 'utf8'})) as {
			partitiontable: {partitions: Array<{start: number; size: number; type: string; bootable?: boolean}>};
		};
		const mebibyte = 2048;
		expect(
			partitions.map(({start, size, type, bootable}) => [start / mebibyte, size / mebibyte, type, bootable]),
		).toEqual([
			[1, 63, '83', true],
			[64, 32, '83', undefined],
			[96, 16, '82', undefined],
		]);
		expect(statSync(disk).size).toBe(112 * 1024 * 1024);
	});

	test.each([
		['system', 1, 63],
		['home', 64, 32],
	])('a sound file system on %s', (_, start, size) => {
		const part = join(folder, 'part');
		execFileSync('dd', [`if=${disk}`, `of=${part}`, 'bs=1M', `skip=${start}`, `count=${size}`, 'status=none']);
		expect(spawnSync('e2fsck', ['-f', '-n', part]).status).toBe(0);
	});

	test('swap and a boot loader', () => {
		const read = (offset: number, length: number) =>
			execFileSync('dd', [`if=${disk}`, 'bs=1', `skip=${offset}`, `count=${length}`, 'status=none']);
		expect(read(96 * 1024 * 1024 + 4086, 10).toString()).toBe('SWAPSPACE2');
		expect(read(510, 2).toString('hex')).toBe('55aa');
		expect(read(0, 440).includes('GRUB'), "GRUB's boot sector").toBe(true);
	});
});

describe('verify', () => {
	const image = join(folder, 'image');
	beforeAll(() => {
		copyFileSync(disk, join(folder, 'built'));
		expect(sh('finish', join(folder, 'built'), image).code).toBe(0);
	});

	test('an image as it was built, and a copy of it that lies otherwise on the disk', () => {
		expect(sh('verify', image)).toEqual({code: 0, output: ''});
		execFileSync('cp', ['--sparse=never', image, `${image}.dense`]);
		copyFileSync(`${image}.sha256`, `${image}.dense.sha256`);
		expect(sh('verify', `${image}.dense`)).toEqual({code: 0, output: ''});
	});

	test.each([
		[
			'that was changed',
			() =>
				execFileSync('dd', [
					'if=/dev/urandom',
					`of=${image}`,
					'bs=1',
					'count=1',
					'seek=70000000',
					'conv=notrunc',
					'status=none',
				]),
			'not as it was built (checksum)',
		],
		['that was cut off', () => execFileSync('truncate', ['--size=-1', image]), 'not as it was built (checksum)'],
		['without its checksum', () => rmSync(`${image}.sha256`), 'without its checksum'],
		['that is not there', () => rmSync(image), 'not built'],
	])('an image %s', (_, harm, said) => {
		harm();
		expect(sh('verify', image)).toEqual({code: 1, output: `${image}: ${said}`});
	});
});

describe('make-system-disk', () => {
	const made = join(folder, 'disks', 'MASTER.img');
	const key = join(folder, 'key');
	const inside = (command: string) =>
		execFileSync(
			'unshare',
			['--mount', 'sh', '-c', `mount -o loop,ro,offset=1048576 "$0" /mnt && cd /mnt && ${command}`, made],
			{encoding: 'utf8'},
		);
	beforeAll(() => {
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
		// What an interruption has left is no obstacle.
		mkdirSync(join(folder, 'disks'));
		appendFileSync(`${made}.new`, 'half');
		execFileSync(
			'sh',
			[
				script('make-system-disk'),
				disk,
				made,
				'mitigations=off norandmaps tsc=unstable no_timer_check',
				'master',
				'0123456789abcdef0123456789abcdef',
				'ssh-ed25519 AAAA wizard',
				'192.168.1.1,9.9.9.9',
				'ext0=52:54:00:00:00:01=192.168.1.135/24=192.168.1.1',
				'int0=52:54:00:00:00:02=10.0.10.1/24',
			],
			{input: readFileSync(key)},
		);
	});

	test.each([
		['etc/hostname', 'master\n'],
		['etc/machine-id', '0123456789abcdef0123456789abcdef\n'],
		['etc/resolv.conf', 'nameserver 192.168.1.1\nnameserver 9.9.9.9\n'],
		['root/.ssh/authorized_keys', 'ssh-ed25519 AAAA wizard\n'],
		['etc/systemd/network/10-ext0.link', '[Match]\nMACAddress=52:54:00:00:00:01\n\n[Link]\nName=ext0\n'],
		[
			'etc/systemd/network/20-ext0.network',
			'[Match]\nName=ext0\n\n[Network]\nAddress=192.168.1.135/24\nGateway=192.168.1.1\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n',
		],
		[
			'etc/systemd/network/20-int0.network',
			'[Match]\nName=int0\n\n[Network]\nAddress=10.0.10.1/24\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n',
		],
	])('%s', (path, content) => {
		expect(inside(`cat ${path}`)).toBe(content);
	});

	test('the host key is the one that was given, and only root may read it and the disk', () => {
		expect(inside('cat etc/ssh/ssh_host_ed25519_key')).toBe(readFileSync(key, 'utf8'));
		expect(inside('cat etc/ssh/ssh_host_ed25519_key.pub').trim()).toBe(readFileSync(`${key}.pub`, 'utf8').trim());
		expect(inside('stat -c "%a %U" etc/ssh/ssh_host_ed25519_key root/.ssh root/.ssh/authorized_keys')).toBe(
			'600 root\n700 root\n600 root\n',
		);
		expect(statSync(made).mode & 0o777).toBe(0o600);
	});

	test("the kernel's options", () => {
		expect(inside('grub-editenv boot/grubenv list')).toBe(
			'option1=mitigations=off\noption2=norandmaps\noption3=tsc=unstable\noption4=no_timer_check\n',
		);
	});

	test('nothing is left mounted or half made', () => {
		expect(readdirSync(join(folder, 'disks'))).toEqual(['MASTER.img']);
		expect(
			execFileSync('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'], {encoding: 'utf8'}),
		).not.toContain(folder);
	});
});

describe('probe-kvm', () => {
	const base = join(folder, 'base.tar');
	const programs = join(folder, 'programs');
	const probe = ({
		flags = 'vmx',
		device = '/dev/null',
		qemu = 'exit 99',
	}: {
		flags?: string;
		device?: string;
		qemu?: string;
	}) => {
		writeFileSync(join(folder, 'cpuinfo'), `flags\t\t: fpu ${flags} sse2\n`);
		writeFileSync(join(programs, 'qemu-system-x86_64'), `#!/bin/sh\n${qemu}\n`, {mode: 0o755});
		return spawnSync('sh', [script('probe-kvm'), base, join(folder, 'cpuinfo'), device], {
			encoding: 'utf8',
			env: {...process.env, PATH: `${programs}:${process.env['PATH']}`},
		}).stdout.trim();
	};

	beforeAll(() => {
		mkdirSync(programs);
		writeFileSync(join(root, 'boot/vmlinuz-6.1'), 'kernel');
		execFileSync('tar', ['--create', '--file', base, '--directory', root, '.']);
	});

	test.each([
		[
			'no vmx or svm',
			{flags: 'vme'},
			'tcg the processor shows neither vmx nor svm (BIOS settings, or a virtual machine without nested virtualization)',
		],
		[
			'no device',
			{device: join(folder, 'none')},
			'tcg there is no /dev/kvm (is the module kvm_intel or kvm_amd loaded?)',
		],
		[
			'QEMU fails',
			{flags: 'svm', qemu: 'echo "error: failed to set MSR" >&2; exit 1'},
			'tcg a kernel did not run with /dev/kvm: error: failed to set MSR',
		],
		[
			'the kernel ends before its init',
			{qemu: 'exit 0'},
			'tcg a kernel did not run with /dev/kvm: its init was not reached',
		],
		[
			'the kernel runs',
			{qemu: 'zcat < initrd | grep -a "init runs" > console'},
			'kvm a kernel ran and turned the machine off',
		],
	])('%s', (_, situation, said) => {
		expect(probe(situation)).toBe(said);
	});
});

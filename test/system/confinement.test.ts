import {spawnSync} from 'node:child_process';
import {
	chownSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	realpathSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {assetPath} from '../../source/assets.ts';
import {listLeftovers, startSandbox, stopSandbox} from '../../source/targets/sandbox.ts';
import {sandbox} from '../../steps/sandbox.ts';
import {testCluster} from '../cluster-fixture.ts';
import {fulfil, insideOf, shell} from './inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'confinement-'));
const state = join(folder, 'state');
const control = join(state, 'sandbox', 'control');
const inside = insideOf(state);
const images = join(state, 'sandbox', 'libvirt', 'lib', 'images');
const disk = join(images, 'tiny.img');
/** What a machine that breaks out would look for: the cluster's keys, and a file beside them. */
const canaries = [join(state, 'keys', 'wizard'), join(folder, 'canary')];

/** QEMU's user and group, as the sandbox knows them. */
let qemu = {uid: 0, gid: 0};
/** The sandbox's processes, by name: their numbers on this machine. */
const pids: Record<string, number> = {};

/** Bits of a mask in /proc/PID/status, by name (capability.h). */
const bits = {
	chown: 0,
	dac_override: 1,
	fowner: 3,
	fsetid: 4,
	kill: 5,
	setgid: 6,
	setuid: 7,
	setpcap: 8,
	net_bind_service: 10,
	net_admin: 12,
	net_raw: 13,
	sys_chroot: 18,
	sys_admin: 21,
	mknod: 27,
};
const service = [
	'chown',
	'dac_override',
	'fowner',
	'kill',
	'setgid',
	'setuid',
	'setpcap',
	'net_bind_service',
	'net_admin',
	'net_raw',
] as const;
const entered = [...service, 'fsetid', 'sys_chroot', 'sys_admin', 'mknod'] as const;

beforeAll(async () => {
	for (const canary of canaries) {
		mkdirSync(join(canary, '..'), {recursive: true});
		writeFileSync(canary, 'secret');
	}

	setUp();
	const [uid, gid] = inside('getent passwd libvirt-qemu | cut -d: -f3; getent group libvirt-qemu | cut -d: -f3')
		.output.split('\n')
		.map(Number);
	qemu = {uid: uid!, gid: gid!};
	expect(qemu).not.toEqual({uid: 0, gid: 0});
	// As the steps make a disk: root's alone.
	expect(
		inside(`
		set -e
		mkdir -p -m 0711 /var/lib/libvirt/images
		(umask 077; truncate -s 1M /var/lib/libvirt/images/tiny.img)
		ip link add kvmbr0 type bridge && ip link set kvmbr0 up
		virsh -q define /dev/stdin <<'END'
		<domain type="qemu"><name>tiny</name><memory unit="MiB">16</memory><os><type machine="pc">hvm</type></os>
		<devices><disk type="file"><driver name="qemu" type="raw"/><source file="/var/lib/libvirt/images/tiny.img"/><target dev="vda" bus="virtio"/></disk>
		<interface type="bridge"><source bridge="kvmbr0"/></interface>
		<serial type="pty"><log file="/var/lib/libvirt/images/tiny.log"/></serial>
		<rng model="virtio"><backend model="random">/dev/urandom</backend></rng></devices></domain>
END
		virsh -q autostart tiny && virsh -q start tiny
	`),
	).toEqual({code: 0, output: ''});
	await findProcesses();
});

afterAll(() => {
	spawnSync(control, ['remove']);
	rmSync(folder, {recursive: true, force: true});
});

describe('the rights of what runs in it', () => {
	test.each([
		['qemu', {CapEff: [], CapPrm: [], CapBnd: service, NoNewPrivs: '1', Seccomp: '2'}],
		['libvirtd', {Uid: '0', CapEff: service, CapPrm: service, CapBnd: service}],
		['services', {Uid: '0', CapEff: service, CapPrm: service, CapBnd: service}],
		['virtlogd', {Uid: '0', CapEff: [], CapPrm: [], CapBnd: [], NoNewPrivs: '1'}],
		['host', {Uid: '0', CapEff: [], CapPrm: [], CapBnd: [], NoNewPrivs: '1'}],
		[
			'slirp4netns',
			{
				Uid: '65534',
				Gid: '65534',
				CapEff: ['net_bind_service'],
				CapBnd: ['net_bind_service'],
				NoNewPrivs: '1',
				Seccomp: '2',
			},
		],
	] as const)('%s', (name, expected) => {
		expect(rights(pids[name]!, Object.keys(expected))).toEqual(
			Object.fromEntries(
				Object.entries(expected).map(([key, value]) => [key, typeof value === 'string' ? value : maskOf(value)]),
			),
		);
		expect(readFileSync(`/proc/${pids[name]}/limits`, 'utf8')).toMatch(/^Max core file size +0 +0 /m);
	});

	test('QEMU is an unprivileged user', () => {
		expect(rights(pids['qemu']!, ['Uid', 'Gid'])).toEqual({Uid: String(qemu.uid), Gid: String(qemu.gid)});
	});

	test("slirp4netns has its capability only towards the router: its user namespace is not the machine's", () => {
		expect(readlinkSync(`/proc/${pids['slirp4netns']}/ns/user`)).not.toBe(readlinkSync('/proc/self/ns/user'));
	});

	test('a command that is entered', () => {
		const status = inside('cat /proc/self/status').output;
		for (const field of ['CapPrm', 'CapEff', 'CapBnd']) {
			expect(/\t(.*)/.exec(status.split('\n').find(line => line.startsWith(field))!)![1], field).toBe(maskOf(entered));
		}
	});
});

describe.each(['qemu', 'libvirtd', 'virtlogd'])('what %s sees', name => {
	test("of the machine's files only its programs", () => {
		const root = `/proc/${pids[name]}/root`;
		const links = ['bin', 'lib', 'lib32', 'lib64', 'libx32', 'sbin'].filter(entry => existsSync(`/${entry}`));
		expect(readdirSync(root).sort()).toEqual(
			[...links, 'dev', 'etc', 'proc', 'run', 'services', 'sys', 'tmp', 'usr', 'var'].sort(),
		);
		expect(readdirSync(`${root}/var`).sort()).toEqual(['cache', 'lib', 'log', 'run']);
		expect(['cache', 'lib', 'log'].flatMap(entry => readdirSync(`${root}/var/${entry}`))).toEqual([
			'libvirt',
			'libvirt',
			'libvirt',
		]);
		expect([readdirSync(`${root}/run`), readdirSync(`${root}/tmp`)]).toEqual([['libvirt'], []]);
		expect(readdirSync(`${root}/etc`)).not.toEqual(expect.arrayContaining(['shadow']));
		for (const canary of canaries) {
			expect([existsSync(canary), existsSync(join(root, canary))]).toEqual([true, false]);
		}
	});

	test('of its devices those that machines need', () => {
		const root = `/proc/${pids[name]}/root/dev`;
		expect(readdirSync(root).sort()).toEqual([
			'fd',
			'full',
			'net',
			'null',
			'ptmx',
			'pts',
			'random',
			'stderr',
			'stdin',
			'stdout',
			'tty',
			'urandom',
			'zero',
		]);
		expect(readdirSync(`${root}/net`)).toEqual(['tun']);
	});

	test('programs and kernel settings that cannot be written', () => {
		const mounts = new Map(
			readFileSync(`/proc/${pids[name]}/mountinfo`, 'utf8')
				.trim()
				.split('\n')
				.map(line => [line.split(' ')[4]!, line.split(' ')[5]!.split(',')[0]!]),
		);
		const readOnly = ['/usr', '/sys', '/proc/sys', '/proc/sysrq-trigger', '/proc/irq', '/proc/bus', '/proc/fs'].filter(
			path => existsSync(path),
		);
		expect(Object.fromEntries(readOnly.map(path => [path, mounts.get(path)]))).toEqual(
			Object.fromEntries(readOnly.map(path => [path, 'ro'])),
		);
	});

	test('namespaces of its own', () => {
		const of = (pid: number | string) =>
			['mnt', 'net', 'pid', 'ipc', 'uts'].map(kind => readlinkSync(`/proc/${pid}/ns/${kind}`));
		expect(of(pids[name]!).filter(link => of('self').includes(link))).toEqual([]);
	});
});

describe('what a machine cannot do once it has taken over', () => {
	test.each([
		['see the processes of other users', 'ls -d /proc/1'],
		['end them', 'kill -0 1'],
		[
			'speak to libvirtd or virtlogd',
			'for socket in $(find /run/libvirt -type s); do ! test -w "$socket" || exit 0; done; exit 1',
		],
		["open the network's device", 'test -r /dev/net/tun'],
		['write where libvirt keeps its definitions', 'test -w /etc/libvirt/qemu'],
	])('its QEMU: %s', (_, command) => {
		const own = [`--reuid=${qemu.uid}`, `--regid=${qemu.gid}`, '--init-groups', '--bounding-set=-all'];
		expect(as('qemu', own, command).code).not.toBe(0);
		expect(
			as(
				'qemu',
				own,
				'ls -d /proc/self && kill -0 $$ && test -r /dev/urandom && find /run/libvirt -type s | grep -q libvirt-sock',
			).code,
		).toBe(0);
	});

	test.each([
		['write a setting of the kernel', 'test -w /proc/sys/kernel/core_pattern'],
		['press SysRq', 'test -w /proc/sysrq-trigger'],
		['make a device node', 'mknod /tmp/disk b 7 0'],
		['mount anything writable', 'mount -o remount,bind,rw /usr'],
		['mount a file system', 'mount -t tmpfs none /tmp'],
		['enter another namespace', 'nsenter --target 1 --mount true'],
		[
			"see the machine's files through another process",
			'for process in /proc/[0-9]*; do ! test -e $process/root/home || exit 0; done; exit 1',
		],
	])('libvirtd: %s', (_, command) => {
		const own = `--bounding-set=-all,${service.map(capability => `+${capability}`).join(',')}`;
		expect(as('libvirtd', ['--inh-caps=-all', own], command).code).not.toBe(0);
		expect(
			as(
				'libvirtd',
				['--inh-caps=-all', own],
				'test -w /proc/sys/net/ipv4/ip_forward && test -w /run/libvirt && test -e /proc/1/root/usr',
			).code,
		).toBe(0);
	});
});

describe("a machine's disk", () => {
	test("belongs to QEMU's user while it runs, and is root's when it is stopped", () => {
		expect(statSync(disk)).toMatchObject(qemu);
		inside('virsh -q destroy tiny');
		expect(statSync(disk)).toMatchObject({uid: 0, gid: 0});
		expect(inside('virsh -q start tiny && virsh domstate tiny').output.trim()).toBe('running');
	});

	test.each([
		['as a power cut leaves it', () => qemu],
		['of an older version, which belongs to root', () => ({uid: 0, gid: 0})],
	])('%s starts again with the sandbox', async (_, owner) => {
		await stopSandbox(state);
		chownSync(disk, owner().uid, owner().gid);
		await startSandbox(state);
		expect(
			inside(
				'ip link add kvmbr0 type bridge; ip link set kvmbr0 up; virsh -q start tiny 2>&1; virsh domstate tiny',
			).output.trim(),
		).toMatch(/running$/);
		await findProcesses();
		expect(rights(pids['qemu']!, ['Uid', 'CapEff'])).toEqual({Uid: String(qemu.uid), CapEff: maskOf([])});
		expect(statSync(disk)).toMatchObject(qemu);
	});

	test('its console is written by the log daemon, and QEMU has a terminal for it', () => {
		expect(statSync(join(images, 'tiny.log'))).toMatchObject({uid: 0});
		expect(inside('virsh ttyconsole tiny').output).toMatch(/^\/dev\/pts\/\d+$/);
	});
});

describe('the uplink', () => {
	test('sees nothing of /run but the folder of resolv.conf', () => {
		const [, top, sub] = realpathSync('/etc/resolv.conf').split('/');
		expect(readdirSync(`/proc/${pids['slirp4netns']}/root`).sort()).toEqual(['etc', 'run']);
		expect(readdirSync(`/proc/${pids['slirp4netns']}/root/run`)).toEqual(top === 'run' ? [sub] : []);
	});

	// In a mount namespace with an /etc and a /run of its own that play the machine's.
	test.each([
		['in /run', '/run/systemd/resolve/stub-resolv.conf', 'nameserver 127.0.0.2', 'nameserver 127.0.0.3'],
		['in /etc', '/etc/resolv.conf', 'nameserver 127.0.0.2', 'nameserver 127.0.0.3'],
		// It is the file that is followed there, not its name.
		['elsewhere', '/mnt/names/resolv.conf', 'nameserver 127.0.0.2', 'nameserver 127.0.0.2'],
	])('follows a resolv.conf that lies %s', (_, path, first, second) => {
		const other = join(folder, 'other');
		setUpFiles(other);
		const script = `
			set -e
			mount -t tmpfs none /run
			mount -t tmpfs none /mnt
			mkdir -p ${folder}/upper ${folder}/work
			mount -t overlay -o lowerdir=/etc,upperdir=${folder}/upper,workdir=${folder}/work overlay /etc
			mkdir -p "$(dirname ${path})" /run/secret
			rm -f /etc/resolv.conf
			echo '${first}' > ${path}
			[ -e /etc/resolv.conf ] || ln -s "$(realpath --relative-to=/etc ${path})" /etc/resolv.conf
			${other}/sandbox/control start
			slirp=$(${other}/sandbox/control leftovers | sed -n 's/^\\([0-9]*\\) slirp4netns .*/\\1/p')
			cat /proc/$slirp/root/etc/resolv.conf
			echo '${second}' > ${path}.new
			mv ${path}.new ${path}
			cat /proc/$slirp/root/etc/resolv.conf
			ls /proc/$slirp/root/run
		`;
		const {stdout, stderr} = spawnSync('unshare', ['--mount', 'sh', '-c', script], {encoding: 'utf8'});
		spawnSync(join(other, 'sandbox', 'control'), ['remove']);
		rmSync(join(folder, 'upper'), {recursive: true, force: true});
		expect(stdout.trim().split('\n'), stderr).toEqual([
			first,
			second,
			...(path.startsWith('/run/') ? ['systemd'] : []),
		]);
	});

	test('works where user namespaces are forbidden, as root without rights', async () => {
		const holder = join(state, 'sandbox', 'holder');
		await stopSandbox(state);
		writeFileSync(holder, readFileSync(holder, 'utf8').replace('if unshare --user true', 'if false'));
		await startSandbox(state);
		await findProcesses();
		expect(rights(pids['slirp4netns']!, ['Uid', 'CapEff', 'CapBnd', 'NoNewPrivs', 'Seccomp'])).toEqual({
			Uid: '0',
			CapEff: maskOf(['net_bind_service']),
			CapBnd: maskOf(['net_bind_service']),
			NoNewPrivs: '1',
			Seccomp: '2',
		});
		expect(inside('ip netns exec router ip -4 -o address show dev tap0').output).toContain('inet 10.0.2.100/24');
	});
});

test.each(readdirSync(assetPath('sandbox')).filter(name => !name.endsWith('.conf')))(
	'%s is shell that shellcheck finds nothing in',
	name => {
		expect(shell(`shellcheck '${assetPath('sandbox')}/${name}'`)).toEqual({code: 0, output: ''});
	},
);

describe('/dev/kvm of a sandbox that an older version has started', () => {
	test.each(['hidden', 'shown'])('%s: is left alone', wanted => {
		expect(shell(`'${assetPath('sandbox/kvm')}' ${wanted} check; '${assetPath('sandbox/kvm')}' ${wanted}`)).toEqual({
			code: 0,
			output: '',
		});
	});
});

function setUp(): void {
	for (const task of tasksOf(state)) {
		fulfil(task, shell);
	}
}

/** All that the step does but the start. */
function setUpFiles(at: string): void {
	for (const task of tasksOf(at).slice(0, -1)) {
		fulfil(task, shell);
	}
}

function tasksOf(at: string) {
	const cluster = testCluster({name: 'confined'}, {acceleration: 'tcg'});
	return sandbox.tasks({...cluster, paths: {...cluster.paths, state: at}}, {});
}

async function findProcesses(): Promise<void> {
	const lines = await listLeftovers(state);
	for (const [name, pattern] of Object.entries({
		qemu: / \S*qemu-system/,
		libvirtd: /^\d+ libvirtd/,
		services: /bash \/services/,
		virtlogd: /^\d+ virtlogd/,
		host: /^\d+ bash -c .* host $/,
		slirp4netns: /^\d+ slirp4netns/,
	})) {
		pids[name] = Number.parseInt(lines.find(line => pattern.test(line)) ?? '', 10);
		if (name !== 'qemu') {
			expect(pids[name], `${name} in\n${lines.join('\n')}`).toBeGreaterThan(0);
		}
	}
}

/** Fields of /proc/PID/status; of the four user or group numbers the effective one. */
function rights(pid: number, fields: readonly string[]): Record<string, string> {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Object.fromEntries(
		fields.map(field => {
			const values = new RegExp(`^${field}:\t(.*)$`, 'm').exec(status)![1]!.split('\t');
			return [field, values[1] ?? values[0]!];
		}),
	);
}

function maskOf(capabilities: ReadonlyArray<keyof typeof bits>): string {
	return capabilities
		.reduce((mask, name) => mask | (1n << BigInt(bits[name])), 0n)
		.toString(16)
		.padStart(16, '0');
}

/** Runs a command in all namespaces of a process, with its rights. */
function as(name: string, options: readonly string[], command: string) {
	const {status, stdout, stderr} = spawnSync(
		'nsenter',
		[
			'--target',
			String(pids[name]),
			'--mount',
			'--net',
			'--pid',
			'--ipc',
			'--uts',
			'setpriv',
			...options,
			'sh',
			'-c',
			command,
		],
		{encoding: 'utf8', env: {PATH: '/usr/sbin:/usr/bin', LC_ALL: 'C'}},
	);
	return {code: status, output: `${stdout}${stderr}`};
}

import {execFile, execFileSync, spawn, type ChildProcess} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import type {Answer, BridgedMachine, RunOptions, Way} from '../hosts/bridge-tests.ts';

const guestPackages = [
	'linux-image-cloud-amd64',
	'systemd-sysv',
	'udev',
	'dbus',
	'kmod',
	'openssh-server',
	'iproute2',
	'iputils-ping',
	'iputils-arping',
	'ifupdown',
	'isc-dhcp-client',
	'bridge-utils',
];

/** The network of the NIC that becomes a port: QEMU's own, with a router that answers to ARP and DHCP. */
export const wan = {
	nic: 'ens3',
	mac: '52:54:00:aa:00:01',
	cidr: '192.168.1.0/24',
	gateway: '192.168.1.1',
	address: '192.168.1.20',
};
/** The second NIC, which nothing of ours touches: through it the test looks on. */
export const side = {
	nic: 'ens4',
	mac: '52:54:00:aa:00:02',
	cidr: '10.99.0.0/24',
	gateway: '10.99.0.1',
	address: '10.99.0.15',
};

const emulator = 'qemu-system-x86_64';
const client = 'ssh';

/** A Debian guest under software emulation that plays the host of the cluster. */
export class BridgeGuest implements BridgedMachine {
	readonly wan = wan;
	readonly #files: Readonly<Record<string, string>>;
	#folder = '';
	#machine: ChildProcess | undefined;
	#ports = {wan: 0, side: 0};

	/** @param files on its disk before the first boot, by path */
	constructor(files: Readonly<Record<string, string>>) {
		this.#files = files;
	}

	async start(): Promise<void> {
		const base = buildBase();
		this.#folder = mkdtempSync(join(tmpdir(), 'bridge-guest-'));
		const disk = join(this.#folder, 'disk.ext4');
		const key = join(this.#folder, 'key');
		tool('cp', ['--sparse=always', join(base, 'root.ext4'), disk]);
		tool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
		const commands = ['mkdir /root/.ssh'];
		for (const [index, [path, content]] of Object.entries({
			...this.#files,
			'/root/.ssh/authorized_keys': readFileSync(`${key}.pub`, 'utf8'),
		}).entries()) {
			const local = join(this.#folder, `file${index}`);
			writeFileSync(local, content);
			commands.push(
				`rm ${path}`,
				`write ${local} ${path}`,
				`set_inode_field ${path} mode 0100600`,
				`set_inode_field ${path} uid 0`,
				`set_inode_field ${path} gid 0`,
			);
		}

		tool('debugfs', ['-w', disk], `${commands.join('\n')}\n`);
		this.#ports = {wan: await freePort(), side: await freePort()};
		const net = (id: 'wan' | 'side', {mac, cidr, gateway, address}: typeof wan, slot: number) => [
			'-netdev',
			`user,id=${id},net=${cidr},host=${gateway},dhcpstart=${address},hostfwd=tcp:127.0.0.1:${this.#ports[id]}-${address}:22`,
			'-device',
			`virtio-net-pci,netdev=${id},mac=${mac},addr=${slot},romfile=`,
		];
		this.#machine = spawn(
			emulator,
			[
				'-accel',
				'tcg,tb-size=128',
				'-cpu',
				'max',
				'-m',
				'768',
				'-smp',
				'2',
				'-nodefaults',
				'-display',
				'none',
				'-kernel',
				join(base, 'vmlinuz'),
				'-initrd',
				join(base, 'initrd.img'),
				'-append',
				'root=/dev/vda rw console=ttyS0 quiet',
				'-drive',
				`file=${disk},format=raw,if=virtio,cache=unsafe`,
				'-serial',
				`file:${join(this.#folder, 'console')}`,
				...net('wan', wan, 3),
				...net('side', side, 4),
			],
			{stdio: 'inherit'},
		);
		await this.answers();
	}

	/** Waits until a way in answers. */
	async answers(by: Way = 'console', seconds = 240): Promise<void> {
		await this.until(async () => (await this.run('true', {by})).code === 0, seconds, `an answer by ${by}`);
	}

	async until(holds: () => Promise<boolean>, seconds: number, what: string): Promise<void> {
		const deadline = Date.now() + seconds * 1000;
		while (!(await holds())) {
			if (Date.now() > deadline) {
				throw new Error(`Waited ${seconds} s for ${what}\n${this.console()}`);
			}

			await delay(1000);
		}
	}

	/** Runs shell text as root and waits for its end. */
	async run(text: string, {by = 'console', input = '', seconds = 300}: RunOptions = {}): Promise<Answer> {
		return new Promise(resolve => {
			const child = execFile(
				client,
				[...this.#ssh(by), text],
				{encoding: 'utf8', timeout: seconds * 1000},
				(error, stdout, stderr) => {
					resolve(
						error
							? {code: typeof error.code === 'number' ? error.code : -1, output: `${stdout}${stderr}`}
							: {code: 0, output: stdout},
					);
				},
			);
			// A command that reads nothing may have ended already.
			child.stdin!.on('error', () => {});
			child.stdin!.end(input);
		});
	}

	/** Runs shell text as root without waiting: the process here is the wizard's, and may be killed. */
	begin(text: string, by: Way = 'wan'): ChildProcess {
		return spawn(client, [...this.#ssh(by), text], {stdio: 'ignore'});
	}

	async losePower(): Promise<void> {
		await this.#restart('echo b > /proc/sysrq-trigger');
	}

	async reboot(): Promise<void> {
		await this.#restart('systemctl reboot');
	}

	async #restart(how: string): Promise<void> {
		const boot = async () => this.run('cat /proc/sys/kernel/random/boot_id');
		const before = await boot();
		this.begin(how, 'console');
		await this.until(
			async () => {
				const {code, output} = await boot();
				return code === 0 && output !== before.output;
			},
			300,
			'the restart',
		);
	}

	console(): string {
		return readFileSync(join(this.#folder, 'console'), 'utf8').split('\n').slice(-15).join('\n');
	}

	async remove(): Promise<void> {
		const machine = this.#machine;
		if (machine?.exitCode === null) {
			const ended = new Promise(resolve => machine.once('exit', resolve));
			machine.kill('SIGKILL');
			await ended;
		}

		rmSync(this.#folder, {recursive: true, force: true});
	}

	#ssh(by: Way): string[] {
		const options = [
			'BatchMode=yes',
			'StrictHostKeyChecking=no',
			'UserKnownHostsFile=/dev/null',
			'LogLevel=ERROR',
			'ConnectTimeout=30',
			'ServerAliveInterval=10',
			'ServerAliveCountMax=12',
		];
		return [
			'-F',
			'none',
			'-i',
			join(this.#folder, 'key'),
			'-p',
			String(this.#ports[by === 'wan' ? 'wan' : 'side']),
			...options.flatMap(option => ['-o', option]),
			'root@127.0.0.1',
		];
	}
}

/** The disk all guests begin with; made once, under a name that says what is in it. */
function buildBase(): string {
	const folder = join(
		tmpdir(),
		`bridge-guest-base-${createHash('sha256').update(guestPackages.join(' ')).digest('hex').slice(0, 12)}`,
	);
	if (existsSync(folder)) {
		return folder;
	}

	const part = `${folder}.part`;
	rmSync(part, {recursive: true, force: true});
	mkdirSync(part);
	const root = join(part, 'root');
	tool('mmdebstrap', ['--quiet', '--variant=minbase', `--include=${guestPackages.join(',')}`, 'bookworm', root]);
	tool('sh', [
		'-c',
		'cp "$1"/boot/vmlinuz-* "$2"/vmlinuz && cp "$1"/boot/initrd.img-* "$2"/initrd.img && rm -r "$1"/boot/*',
		'sh',
		root,
		part,
	]);
	tool('mke2fs', ['-q', '-t', 'ext4', '-d', root, join(part, 'root.ext4'), '1500M']);
	rmSync(root, {recursive: true});
	renameSync(part, folder);
	return folder;
}

/** A program of Debian's that must succeed. */
function tool(program: string, words: readonly string[], input = ''): void {
	execFileSync(program, words, {input, stdio: 'pipe'});
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as {port: number};
	await new Promise(resolve => server.close(resolve));
	return port;
}

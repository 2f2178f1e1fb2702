import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFileSync, cpSync, existsSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';

const execute = promisify(execFile);

/** Root's own, unlike /tmp: nobody else can put a layer there. Kept between runs; safe to delete. */
const cache = '/var/cache/cluster-wizard-hosts';

/** Packages that every host has. */
const common = [
	'systemd-sysv',
	'udev',
	'dbus',
	'libpam-systemd',
	'kmod',
	'openssh-server',
	'iproute2',
	'iputils-ping',
	'iputils-arping',
	'nftables',
	'iptables',
	'sudo',
	'ca-certificates',
	'procps',
	'locales',
	'less',
	'bsdutils',
	'curl',
];

/** The user that every host has: in the group sudo, and asked for the password. */
export const user = {name: 'ana', password: 'una clave'} as const;

const people = `
	useradd -m -s /bin/bash -G sudo ${user.name}
	echo '${user.name}:${user.password}' | chpasswd
	for home in /root /home/${user.name}; do install -d -m 0700 -o "$(stat -c %U "$home")" "$home/.ssh"; done
	localedef -i es_ES -f UTF-8 es_ES.UTF-8
	# There is no console here, and its getty would count as failed.
	ln -sf /dev/null /etc/systemd/system/console-getty.service
	# Only the network's devices are the host's own.
	install -D -m 0644 /dev/stdin /etc/systemd/system/systemd-udev-trigger.service.d/net.conf <<-END
		[Service]
		ExecStart=
		ExecStart=-udevadm trigger --action=add --subsystem-match=net
	END
	# Here the kernel has br_netfilter always; elsewhere its module is loaded by Docker and its like.
	echo net.bridge.bridge-nf-call-iptables=0 >/etc/sysctl.d/10-bridges.conf
	rm -f /etc/machine-id && : >/etc/machine-id
`;

export type Release = 'bookworm' | 'trixie';

/** Packages and shell commands that are added to a root file system. */
export interface Addition {
	readonly packages?: readonly string[];
	/** Run in the root file system, with none of its services running. */
	readonly commands?: string;
}

/** Makes the layers that are missing. Gives them as overlayfs lists them, the topmost first. */
export async function layersOf(release: Release, additions: readonly Addition[]): Promise<string> {
	let layers = await layer([release], async folder => make(folder, release, common.join(',')));
	for (const {packages = [], commands = ''} of [{commands: people}, ...additions]) {
		const below = layers;
		const added = await layer([below, packages.join(','), commands], async folder =>
			make(folder, below, packages.join(','), commands),
		);
		layers = `${added}:${below}`;
	}

	return `${await nodeLayer()}:${layers}`;
}

const underWay = new Map<string, Promise<string>>();

/** One at a time in this process; a layer of another process is there whole or not at all. */
async function layer(content: readonly string[], maker: (folder: string) => Promise<unknown>): Promise<string> {
	const folder = join(
		cache,
		createHash('sha256')
			.update([...content, common.join(',')].join('\0'))
			.digest('hex')
			.slice(0, 12),
	);
	const made =
		underWay.get(folder) ??
		(async () => {
			mkdirSync(cache, {recursive: true, mode: 0o700});
			if (!existsSync(folder)) {
				await maker(folder);
			}

			return folder;
		})();
	underWay.set(folder, made);
	return made;
}

async function make(folder: string, below: string, packages: string, commands = ''): Promise<void> {
	// The lock keeps other test files' processes from making the same layer.
	await execute(
		'flock',
		[
			join(cache, 'lock'),
			'unshare',
			'--mount',
			'--pid',
			'--fork',
			'--kill-child',
			'--propagation',
			'private',
			join(import.meta.dirname, 'make-layer'),
			folder,
			below,
			packages,
			commands,
		],
		{maxBuffer: 2 ** 26},
	);
}

/** The Node and npm that run the tests, below /usr/local, where somebody puts them whose distribution has an older one. */
async function nodeLayer(): Promise<string> {
	return layer(['node', process.version, 'offline'], async folder => {
		const {stdout} = await execute('sh', ['-c', 'command -v npm']);
		const npm = dirname(dirname(realpathSync(stdout.trim())));
		const part = `${folder}.${process.pid}.part`;
		const local = join(part, 'usr/local');
		mkdirSync(join(local, 'bin'), {recursive: true});
		mkdirSync(join(local, 'lib/node_modules'), {recursive: true});
		copyFileSync(process.execPath, join(local, 'bin/node'));
		cpSync(npm, join(local, 'lib/node_modules/npm'), {recursive: true});
		symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'));
		symlinkSync('../lib/node_modules/npm/bin/npx-cli.js', join(local, 'bin/npx'));
		// No way out, and npm would try for minutes.
		mkdirSync(join(local, 'etc'));
		writeFileSync(join(local, 'etc/npmrc'), 'offline=true\nupdate-notifier=false\n');
		await execute('mv', ['-T', part, folder]).catch(() => {
			rmSync(part, {recursive: true});
		});
	});
}

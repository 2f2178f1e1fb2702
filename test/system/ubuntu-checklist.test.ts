import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {hostPackages} from '../../source/tasks/host-packages.ts';
import {testCluster} from '../cluster-fixture.ts';
import {bundle} from '../pty/bundle.ts';

const script = join(import.meta.dirname, '../ubuntu-checklist');
const folder = mkdtempSync(join(tmpdir(), 'checklist-'));
let program: Awaited<ReturnType<typeof bundle>>;
beforeAll(async () => {
	program = await bundle('source/cli.ts');
});
afterAll(() => {
	program.remove();
	rmSync(folder, {recursive: true});
});

test('shellcheck finds nothing', () => {
	expect(spawnSync('shellcheck', [script], {encoding: 'utf8'})).toMatchObject({status: 0, stdout: ''});
});

test('every package that a host or a sandbox needs is asked for', () => {
	const text = readFileSync(script, 'utf8');
	for (const sandbox of [true, false]) {
		for (const distribution of ['debian', 'ubuntu'] as const) {
			const {needed, whereKnown} = hostPackages(testCluster({guest: {distribution}}, {sandbox}));
			expect([...needed, ...whereKnown].filter(name => !new RegExp(String.raw`\s${name}[\s;]`).test(text))).toEqual([]);
		}
	}
});

/** A host of its own in namespaces: Ubuntu's os-release, a cable with a MAC and public addresses, a name, and other users' secrets. */
function run(): {status: number | null; output: string} {
	writeFileSync(
		join(folder, 'os-release'),
		'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nVERSION_ID="24.04"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\n',
	);
	mkdirSync(join(folder, 'netplan'));
	writeFileSync(
		join(folder, 'netplan/90-NM-secret.yaml'),
		'network:\n  renderer: NetworkManager\n  wifis: {wlan0: {access-points: {"my cafe": {password: canary}}}}\n',
	);
	const {status, stdout, stderr} = spawnSync(
		'unshare',
		[
			'--mount',
			'--uts',
			'--net',
			'sh',
			'-c',
			`
		set -e
		mount --bind ${folder}/os-release /etc/os-release
		mkdir -p ${folder}/etc/netplan && mount -t overlay overlay -o lowerdir=${folder}/etc:/etc /etc
		mount --bind ${folder}/netplan /etc/netplan
		# Clusters of this computer are none of that host's.
		for known in /var/lib/cluster-wizard /var/cache/cluster-wizard; do [ ! -d $known ] || mount -t tmpfs -o mode=755 none $known; done
		hostname ana-laptop
		ip link add eno1 address 52:54:00:ab:cd:ef type veth peer name other
		ip link set lo up; ip link set other up; ip link set eno1 up
		ip address add 192.168.1.20/24 dev eno1; ip address add 8.8.4.77/24 dev eno1; ip address add 2001:db8::77/64 dev eno1
		ip route add default via 192.168.1.1
		exec ${script} ${process.execPath} ${program.file('cli')}`,
		],
		{
			encoding: 'utf8',
			cwd: folder,
			env: {PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', XDG_CONFIG_HOME: join(folder, 'config')},
		},
	);
	return {status, output: stdout + stderr};
}

test("on a host with Ubuntu's os-release: it says what the host is and what the program makes of it, changes nothing, and names nobody", () => {
	const listing = () =>
		execFileSync(
			'sh',
			[
				'-c',
				'ls -lad --time-style=full-iso /var/lib/cluster-wizard* /var/cache/cluster-wizard* 2>&1; find /etc -newer "$0" -type f 2>/dev/null',
				join(folder, 'before'),
			],
			{encoding: 'utf8'},
		);
	writeFileSync(join(folder, 'before'), '');
	const before = listing();
	const {status, output} = run();
	expect(status, output).toBe(0);
	for (const said of [
		'PRETTY_NAME="Ubuntu 24.04.3 LTS"',
		'mmdebstrap: ',
		'renderer: NetworkManager',
		'192.168.1.20/24',
		'default via 192.168.1.1 dev eno1',
		'== AppArmor',
		'PUBLIC/24',
		' plan\n',
		' plan --sandbox\n',
	]) {
		expect(output).toContain(said);
	}

	// The three plans were made: each ends with what `up` would do, or why it would not.
	expect([...output.matchAll(/^exit (\d+) after \d+ s$/gm)].map(([, code]) => code)).toEqual([
		'0',
		expect.stringMatching(/^[03]$/) as string,
		expect.stringMatching(/^[03]$/) as string,
		expect.stringMatching(/^[03]$/) as string,
	]);
	expect(output).not.toMatch(/52:54:00|ana-laptop|8\.8\.4|2001:db8|canary|my cafe|secret/);
	expect(listing()).toBe(before);
}, 300_000);

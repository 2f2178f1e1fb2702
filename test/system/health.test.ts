import {execFileSync, spawnSync} from 'node:child_process';
import {copyFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {controllerStatusCommand, nodeStatusCommand} from '../../source/measure/health/query.ts';
import {configuration} from '../../steps/resources.ts';
import {ChangedLook} from '../measure/health/healthy.ts';

/** The scripts of a look, run here with Debian's own programs, and what is said of it. */

const folder = mkdtempSync(join(tmpdir(), 'health-'));
const {cluster} = new ChangedLook();
const [master] = cluster.directors;
const cib = join(folder, 'healthy.xml');
const crm = (words: string[], file: string) =>
	execFileSync(words[0]!, words.slice(1), {env: {...process.env, CIB_file: file}, stdio: 'pipe'});

beforeAll(() => {
	const empty = join(folder, 'empty.xml');
	writeFileSync(empty, execFileSync('cibadmin', ['--empty'], {encoding: 'utf8'}));
	writeFileSync(join(folder, 'cluster.crm'), configuration(cluster));
	crm(['crm', '-F', 'configure', 'load', 'update', join(folder, 'cluster.crm')], empty);
	crm(['crm_simulate', '-x', empty, '-u', 'master', '-u', 'standby', '-S', '-O', cib], empty);
});
afterAll(() => rmSync(folder, {recursive: true}));

/** A look's output, in namespaces of its own: nothing of this machine is changed. */
function output(
	script: string,
	{before = '', environment = {}}: {before?: string; environment?: Record<string, string>} = {},
): string {
	const {stdout, stderr} = spawnSync('unshare', ['--net', '--mount', '--uts', 'sh', '-c', `${before}\n${script}`], {
		encoding: 'utf8',
		env: {...process.env, ...environment, LC_ALL: 'C.UTF-8'},
	});
	expect(stdout, stderr).toMatch(/%%end\n$/);
	return stdout;
}

/** The recorded look with one section as the program here gives it. */
function withSection(name: string, place: string, text: string): ChangedLook {
	const found = new RegExp(`%%${name}\n[^%]*`).exec(text)?.[0];
	expect(found).toBeDefined();
	const look = new ChangedLook();
	return look.change(place, new RegExp(`%%${name}\n[^%]*`), found!.replaceAll('$', '$$$$'));
}

const director = render(nodeStatusCommand(cluster, master), 'execute');
const pacemaker = (...harms: string[][]) => {
	const file = join(folder, 'harmed.xml');
	copyFileSync(cib, file);
	for (const harm of harms) {
		crm(
			harm.map(word => (word === 'FILE' ? file : word)),
			file,
		);
	}

	return withSection('pacemaker', 'master', output(director, {environment: {CIB_file: file}}));
};

test.each<[string, string[][], string[]]>([
	['healthy', [], []],
	[
		'standby',
		[['crm_attribute', '--node', 'standby', '--name', 'standby', '--update', 'on']],
		['Pacemaker: standby is in standby: it would take nothing over'],
	],
	[
		'maintenance mode',
		[['crm_attribute', '--name', 'maintenance-mode', '--update', 'true']],
		['Pacemaker is in maintenance mode: nothing would fail over'],
	],
	[
		'a resource that is not managed',
		[
			[
				'crm_resource',
				'--resource',
				'ip-internal',
				'--meta',
				'--set-parameter',
				'is-managed',
				'--parameter-value',
				'false',
			],
		],
		['Pacemaker: ip-internal is unmanaged'],
	],
	[
		'a monitor that failed',
		[
			[
				'crm_simulate',
				'-x',
				'FILE',
				'-i',
				`ldirectord1_monitor_${cluster.ha.monitor * 1000}@master=7`,
				'-S',
				'-O',
				'FILE',
			],
		],
		['Pacemaker: monitor of ldirectord1 failed on master (Simulated action result)'],
	],
	[
		'a director lost',
		[['crm_simulate', '-x', 'FILE', '-d', 'standby', '-O', 'FILE']],
		['Pacemaker: standby is offline'],
	],
])('crm_mon: %s', (_, harms, expected) => {
	expect(pacemaker(...harms).health.troubles.map(({text}) => text.en)).toEqual(expected);
});

test("crm_mon without Pacemaker, and Corosync's tool without Corosync", () => {
	const text = output(director);
	expect(withSection('pacemaker', 'master', text).line).toBe(
		"DEGRADED: master: cannot tell Pacemaker's state (Not connected)",
	);
	expect(withSection('links', 'master', text).line).toBe("DEGRADED: master: cannot tell the state of Corosync's links");
});

test('ip: the VIP on an interface, and on none', () => {
	const before = `ip address add ${cluster.vip.external}/24 dev lo; ip address add ${cluster.vip.internal}/24 dev lo; ip address add ${master.internal}/24 dev lo`;
	expect(withSection('addresses', 'master', output(director, {before})).health.state).toBe('ok');
	expect(
		withSection('addresses', 'master', output(director, {before: before.replace(cluster.vip.external, '192.168.1.7')}))
			.line,
	).toBe('DOWN: no director has the VIP 192.168.1.200');
});

const web = render(nodeStatusCommand(cluster, cluster.webs[0]!), 'execute');
const mounts = (inside: string) => `mount -t tmpfs -o size=1m,nr_inodes=64 none /mnt; ${inside}`;

test.each([
	['room', mounts('head -c 500k /dev/zero > /mnt/x'), []],
	['filling', mounts('head -c 960k /dev/zero > /mnt/x'), ['server1: /mnt is 93 % full']],
	['full', mounts('cat /dev/zero > /mnt/x 2>/dev/null || :'), ['server1: /mnt is full (100 %)']],
	[
		'without inodes',
		mounts('n=0; while : 2>/dev/null > /mnt/$n; do n=$((n+1)); [ $n -lt 70 ] || break; done'),
		['server1: /mnt has no inodes left (100 % used)'],
	],
])('df: a file system with %s', (_, before, expected) => {
	const text = output(web, {before: `sh -c '${before}'`});
	// This machine's own file systems may be anything.
	const look = withSection('disks', 'server1', text.replaceAll(/^(?:\S+\s+){6}\/(?!mnt$).*\n/gm, ''));
	expect(look.health.troubles.map(({text}) => text.en)).toEqual(expected);
});

test('reading the array where nothing is mounted, and where reading hangs', () => {
	expect(withSection('storage', 'server1', output(web)).line).toMatch(
		/^DEGRADED: server1: \/mnt\/raid cannot be read \('\/mnt\/raid\/health\.txt': No such file or directory\)$/,
	);
	const hanging = 'mount -t tmpfs none /mnt; mkdir /mnt/raid; mkfifo /mnt/raid/health.txt';
	expect(withSection('storage', 'server1', output(web, {before: hanging})).line).toBe(
		'DEGRADED: server1: /mnt/raid does not answer (stale NFS mount)',
	);
});

test('virsh: without libvirt, and asked for everything in one call', () => {
	const controller = render(controllerStatusCommand(cluster), 'execute');
	const look = new ChangedLook();
	look.texts.set(
		'host',
		output(controller, {environment: {LIBVIRT_DEFAULT_URI: 'qemu+unix:///system?socket=/nowhere'}}),
	);
	expect(look.health.troubles.find(({id}) => id === 'cannot-tell')?.text.en).toMatch(
		/^host: cannot tell the machines' state: libvirt does not answer \(error: .*\)$/,
	);
	const text = output(controller, {environment: {LIBVIRT_DEFAULT_URI: 'test:///default'}});
	expect(text).toMatch(
		/%%machines\n[\da-f-]{36} test\n[^]*%%autostart\n[^]*%%states\n+Domain: 'test'\n {2}state\.state=1\n[^]*%%networks\n+[\da-f-]{36}\n[^]*%%answered\n/,
	);
});

import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Cluster} from '../../source/cluster/cluster.ts';
import {render} from '../../source/shell/command.ts';
import type {Removal} from '../../source/engine/resource.ts';
import type {Task} from '../../source/engine/task.ts';
import {enterArguments, findSandbox, listLeftovers, startSandbox, stopSandbox} from '../../source/targets/sandbox.ts';
import {removal} from '../../source/tasks/removal.ts';
import {systemDisk, systemDiskOnMachine} from '../../source/tasks/disk.ts';
import {sandbox, sandboxHostAddress} from '../../steps/sandbox.ts';
import {testCluster} from '../cluster-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox test '));
const one = join(folder, 'one');
const two = join(folder, 'two');
const before = machine();

beforeAll(async () => {
	await Promise.all([setUp(one, 'one'), setUp(two, 'two')]);
});

afterAll(() => {
	for (const state of [one, two]) {
		spawnSync(join(state, 'sandbox', 'control'), ['remove']);
	}

	rmSync(folder, {recursive: true, force: true});
});

describe('two sandboxes side by side', () => {
	test('each has its own host, with the same addresses', () => {
		for (const [state, name] of [
			[one, 'one'],
			[two, 'two'],
		] as const) {
			expect(inside(state, 'hostname; ip -4 -o address show dev eno1')).toMatch(
				new RegExp(`^${name}-host\\n.*inet 192\\.168\\.1\\.254/24`),
			);
		}

		expect(findSandbox(one)?.pid).not.toBe(findSandbox(two)?.pid);
	});

	test("a network, a process and a file in /etc of one are not the other's", () => {
		inside(one, 'echo "<network><name>mine</name></network>" | virsh net-define /dev/stdin; touch /etc/mine');
		expect(inside(one, 'virsh net-list --all --name; ls /etc/mine')).toMatch(/^mine\n\s*\/etc\/mine$/);
		expect(inside(two, 'virsh net-list --all --name; ls /etc/mine 2>/dev/null || echo none')).toBe('none');
		const libvirtds = 'pgrep -c -x libvirtd';
		expect([inside(one, libvirtds), inside(two, libvirtds)]).toEqual(['1', '1']);
	});

	test("a machine's disk inside is the file that is looked for outside, where images are made", () => {
		const fixture = testCluster({name: 'one'});
		const cluster = {
			...fixture,
			paths: {...fixture.paths, state: one, disks: '/var/lib/libvirt/images/cluster-wizard-one'},
		};
		const path = systemDisk(cluster, cluster.storage);
		expect(existsSync(systemDiskOnMachine(cluster, cluster.storage))).toBe(false);
		inside(one, `mkdir -p "$(dirname ${path})" && touch ${path}`);
		expect(existsSync(systemDiskOnMachine(cluster, cluster.storage))).toBe(true);
	});

	test('starting again changes nothing', async () => {
		const {pid} = findSandbox(one)!;
		await startSandbox(one);
		expect(findSandbox(one)?.pid).toBe(pid);
	});

	test('other addresses than it runs with are a reason to stop, and nothing is cut', async () => {
		const parameters = join(one, 'sandbox', 'parameters');
		const text = readFileSync(parameters, 'utf8');
		writeFileSync(parameters, text.replace('192.168.1.254', '192.168.1.250'));
		expect(control(one, 'check')).toMatchObject({
			status: 2,
			stdout: expect.stringContaining('other addresses') as string,
		});
		await expect(startSandbox(one)).rejects.toThrow('other addresses');
		writeFileSync(parameters, text);
		expect(control(one, 'check')).toMatchObject({status: 0, stdout: ''});
	});

	test('/dev/kvm is hidden and shown while it runs', () => {
		const parameters = join(two, 'sandbox', 'parameters');
		const kind = '[ -e /proc/$(pgrep -x libvirtd)/root/dev/kvm ] && echo shown || echo hidden';
		const text = readFileSync(parameters, 'utf8');
		const there = spawnSync('test', ['-c', '/dev/kvm']).status === 0;
		expect(inside(two, kind)).toBe('hidden');
		writeFileSync(parameters, text.replace('KVM=hidden', 'KVM=shown'));
		expect(control(two, 'check').status).toBe(there ? 1 : 0);
		expect(control(two, 'start').status).toBe(0);
		expect(inside(two, kind)).toBe(there ? 'shown' : 'hidden');
		expect(inside(two, 'stat -c "%G %a" /proc/$(pgrep -x libvirtd)/root/dev/kvm 2>&1')).toMatch(
			there ? /^libvirt-qemu 660$/ : /No such file/,
		);
		writeFileSync(parameters, text);
		expect(control(two, 'start').status).toBe(0);
		expect(inside(two, kind)).toBe('hidden');
	});
});

describe('the way in', () => {
	test("the working directory, the environment, the streams and the exit code are the command's", () => {
		const words = enterArguments(one, ['sh', '-c', 'pwd; echo $WORD; cat; exit 7']);
		const {status, stdout} = spawnSync(words[0]!, words.slice(1), {
			cwd: folder,
			encoding: 'utf8',
			input: 'text\n',
			env: {...process.env, WORD: 'a  b'},
		});
		expect({status, stdout}).toEqual({status: 7, stdout: `${folder}\na b\ntext\n`});
	});

	test('kill -9 of the caller ends the command', async () => {
		const words = enterArguments(one, ['sleep', '4321']);
		const child = spawn(words[0]!, words.slice(1));
		await until(async () => (await listLeftovers(one)).some(line => line.includes('sleep 4321')));
		child.kill('SIGKILL');
		await until(async () => !(await listLeftovers(one)).some(line => line.includes('sleep 4321')));
	});

	test('what Ctrl-C sends to the group lets the command end in its own way', async () => {
		const words = enterArguments(one, ['bash', '-c', 'trap "exit 33" INT; echo ready; while :; do sleep 0.1; done']);
		const child = spawn(words[0]!, words.slice(1), {detached: true});
		await once(child.stdout, 'data');
		process.kill(-child.pid!, 'SIGINT');
		expect(await once(child, 'close')).toEqual([33, null]);
	});

	test('the channel between two parts of the program goes through', async () => {
		const [program, ...words] = enterArguments(one, [
			process.execPath,
			'-e',
			'process.once("message", word => process.send(word + require("os").hostname(), () => process.disconnect()))',
		]);
		const child = spawn(program!, words, {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
		child.send('I am ');
		expect(await once(child, 'message')).toContain('I am one-host');
		await once(child, 'exit');
	});

	test('without a sandbox it says so', () => {
		expect(control(join(folder, 'nothing'), 'find').status).not.toBe(0);
		expect(findSandbox(join(folder, 'nothing'))).toBeUndefined();
	});
});

describe('the uplink', () => {
	// The machine's own package source is a host that it can surely reach.
	const uri = shell('apt-get update --print-uris').stdout.match(/'(https?:\/\/[^']+InRelease)'/)?.[1] ?? '';

	test.each([
		['host', ''],
		['router', 'ip netns exec router '],
	])('names and HTTP work from the %s', (_, prefix) => {
		expect(uri).not.toBe('');
		expect(inside(one, `${prefix}getent hosts '${new URL(uri).hostname}'`)).not.toBe('');
		expect(
			inside(
				one,
				`${prefix}/usr/lib/apt/apt-helper download-file '${uri}' '${folder}/release'; test -s '${folder}/release' && echo fetched`,
			),
		).toMatch(/fetched$/);
	});

	test('nothing that is sent to a private address leaves it', () => {
		const script =
			'require("net").connect({host: "169.254.77.77", port: 80, timeout: 5000}).on("error", error => console.log(error.code)).on("timeout", () => process.exit(1)).on("connect", () => process.exit(2))';
		const {stdout} = spawnSync('timeout', ['10', ...enterArguments(one, [process.execPath, '-e', script])], {
			encoding: 'utf8',
		});
		expect(stdout.trim()).toBe('ECONNREFUSED');
	});

	test("the machine's own services on 127.0.0.1 cannot be reached through it", async () => {
		const {createServer} = await import('node:net');
		const server = createServer(socket => socket.end()).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const {port} = server.address() as {port: number};
		const script = `require('net').connect(${port}, '10.0.2.2').on('connect', () => console.log('reached')).on('error', e => console.log('refused'))`;
		const {stdout} = spawnSync('timeout', ['10', ...enterArguments(one, [process.execPath, '-e', script])], {
			encoding: 'utf8',
		});
		server.close();
		expect(stdout).not.toContain('reached');
	});
});

describe('as a host', () => {
	test('it runs a machine, and after a restart its network, definitions and machines are back', async () => {
		inside(
			one,
			`
			mkdir -p /etc/cluster-wizard
			printf '#!/bin/sh\\nip link add kvmbr0 type bridge && ip link set kvmbr0 up\\n' > /etc/cluster-wizard/network
			chmod +x /etc/cluster-wizard/network && /etc/cluster-wizard/network
			echo '<network><name>kept</name></network>' | virsh net-define /dev/stdin
			virsh define /dev/stdin <<'END' && virsh autostart tiny && virsh start tiny
			<domain type="qemu"><name>tiny</name><memory unit="MiB">16</memory><os><type>hvm</type></os>
			<devices><interface type="bridge"><source bridge="kvmbr0"/></interface></devices></domain>
END
		`,
		);
		expect(inside(one, 'virsh domstate tiny')).toBe('running');
		await stopSandbox(one);
		expect(findSandbox(one)).toBeUndefined();
		await startSandbox(one);
		await until(() => inside(one, 'virsh domstate tiny') === 'running');
		expect(inside(one, 'virsh net-list --all --name')).toContain('kept');
		expect(inside(one, 'ls -d /sys/class/net/kvmbr0/brif/vnet*')).toMatch(/vnet/);
	});

	test('machines start by themselves also when the log daemon is slow', async () => {
		const services = join(one, 'sandbox', 'services');
		const text = readFileSync(services, 'utf8');
		await stopSandbox(one);
		const slow = text.replace('virtlogd --pid-file', 'sh -c \'sleep 0.5; exec virtlogd "$@"\' slow --pid-file');
		expect(slow).not.toBe(text);
		writeFileSync(services, slow);
		await startSandbox(one);
		writeFileSync(services, text);
		await until(() => inside(one, 'virsh domstate tiny') === 'running');
	});

	test('libvirtd and the uplink come back when they die, and the machine goes on', async () => {
		const machinePid = inside(one, 'pgrep -x qemu-system-x86');
		inside(one, 'kill -9 $(pgrep -x libvirtd) $(pgrep -x virtlogd) $(pgrep -x slirp4netns)');
		await until(
			() =>
				control(one, 'check').status === 0 &&
				inside(one, 'ip netns exec router ip -4 -o address show dev tap0').includes('inet'),
		);
		expect(inside(one, 'virsh domstate tiny; pgrep -x qemu-system-x86')).toBe(`running\n\n${machinePid}`);
	});

	test('no zombie is left by what loses its parent', async () => {
		inside(one, 'sh -c "sleep 0.1 & sleep 0.1 & sleep 0.1 &"; sleep 0.5');
		await until(() => inside(one, 'ps -e -o stat= | grep -c ^Z || :') === '0');
	});
});

describe('interruptions', () => {
	test.each([0, 5, 15, 30, 60, 90, 120, 160, 200, 300])('the starter killed after %i ms', async moment => {
		await stopSandbox(two);
		const starter = spawn(join(two, 'sandbox', 'control'), ['start'], {stdio: 'ignore'});
		await delay(moment);
		starter.kill('SIGKILL');
		await startSandbox(two);
		expect(control(two, 'check')).toMatchObject({status: 0});
		expect((await listLeftovers(two)).filter(line => line.includes('holder'))).toHaveLength(1);
	});

	test.each([5, 20, 50, 100, 150])('process 1 killed %i ms after it began', async moment => {
		await stopSandbox(two);
		const starter = spawn(join(two, 'sandbox', 'control'), ['start'], {stdio: 'ignore'});
		const record = await until(() => read(join(two, 'sandbox', 'record')));
		await delay(moment);
		process.kill(Number(record.split(' ')[0]), 'SIGKILL');
		await once(starter, 'exit');
		await startSandbox(two);
		expect(control(two, 'check').status).toBe(0);
	});

	test('stopped while it starts', async () => {
		await stopSandbox(two);
		const starter = spawn(join(two, 'sandbox', 'control'), ['start'], {stdio: 'ignore'});
		await delay(40);
		await stopSandbox(two);
		if (starter.exitCode === null) {
			await once(starter, 'exit');
		}

		expect(await listLeftovers(two)).toEqual([]);
		await startSandbox(two);
	});

	test('the record of a dead holder is not mistaken for a living process', async () => {
		await stopSandbox(two);
		const bystander = spawn('sleep', ['100']);
		writeFileSync(join(two, 'sandbox', 'record'), `${bystander.pid} 12345 ready\n`);
		expect(findSandbox(two)).toBeUndefined();
		await startSandbox(two);
		expect(findSandbox(two)).toBeDefined();
		expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
		bystander.kill();
	});

	test('two starts at once make one sandbox, and keep nothing of their callers open', async () => {
		await stopSandbox(two);
		const starts = [1, 2, 3].map(() =>
			spawn(join(two, 'sandbox', 'control'), ['start'], {stdio: ['pipe', 'pipe', 'pipe', 'pipe']}),
		);
		// `close` comes only when all four pipes are closed at the other end.
		expect(await Promise.all(starts.map(async start => once(start, 'close')))).toEqual([
			[0, null],
			[0, null],
			[0, null],
		]);
		expect((await listLeftovers(two)).filter(line => line.includes('holder'))).toHaveLength(1);
	});
});

describe('the end', () => {
	test.each(['/run', '/dev/shm'])('a state directory under %s is refused, and nothing is started', place => {
		const state = join(place, `sandbox-test-${process.pid}`);
		mkdirSync(join(state, 'sandbox'), {recursive: true});
		try {
			for (const name of readdirSync(join(two, 'sandbox')).filter(name =>
				statSync(join(two, 'sandbox', name)).isFile(),
			)) {
				spawnSync('cp', [join(two, 'sandbox', name), join(state, 'sandbox', name)]);
			}

			expect(control(state, 'start')).toMatchObject({
				status: 1,
				stderr: expect.stringContaining('must not lie') as string,
			});
			expect(control(state, 'leftovers').stdout).toBe('');
		} finally {
			rmSync(state, {recursive: true});
		}
	});

	test('it stops and leaves nothing', async () => {
		expect(shell(render(removalOf(one, 'one').gone, 'execute')).status).toBe(1);
		await stopSandbox(one);
		expect(await listLeftovers(one)).toEqual([]);
		await stopSandbox(one);
		for (const [state, name] of [
			[one, 'one'],
			[two, 'two'],
		] as const) {
			const {remove, gone} = removalOf(state, name);
			expect(shell(render(remove, 'execute'))).toMatchObject({status: 0, stderr: ''});
			expect(shell(render(remove, 'execute'))).toMatchObject({status: 0, stderr: ''});
			expect(shell(render(gone, 'execute'))).toMatchObject({status: 0, stdout: ''});
		}

		expect(machine()).toEqual(before);
	});
});

/** What the step does, on this machine: every task must come to hold, and be found held the second time. */
async function setUp(state: string, name: string): Promise<void> {
	for (const task of tasks(state, name)) {
		if (shell(render(task.check, 'execute')).status !== 0) {
			for (const command of task.apply ?? []) {
				expect(shell(render(command, 'execute'), command.input as string), task.title.en).toMatchObject({status: 0});
			}
		}

		expect(shell(render(task.check, 'execute')), task.title.en).toMatchObject({status: 0});
	}
}

function clusterIn(state: string, name: string): Cluster {
	const cluster = testCluster({name}, {acceleration: 'tcg'});
	expect(sandboxHostAddress(cluster)).toBe('192.168.1.254');
	return {...cluster, paths: {...cluster.paths, state}};
}

function tasks(state: string, name: string): readonly Task[] {
	return sandbox.tasks(clusterIn(state, name), {});
}

function removalOf(state: string, name: string): Removal {
	return removal(tasks(state, name)[0]!.creates![0]!, clusterIn(state, name).paths);
}

function shell(text: string, input = '') {
	// Node's pipe is a socket, which cannot be opened as /dev/stdin.
	const {status, stdout, stderr} = spawnSync('/bin/sh', ['-c', `cat | {\n${text}\n}`], {encoding: 'utf8', input});
	return {status, stdout, stderr};
}

function control(state: string, verb: string) {
	const {status, stdout, stderr} = spawnSync(join(state, 'sandbox', 'control'), [verb], {encoding: 'utf8'});
	return {status, stdout, stderr};
}

/** What a script prints when it runs in the sandbox, trimmed. */
function inside(state: string, script: string): string {
	const [program, ...words] = enterArguments(state, ['sh', '-c', script]);
	return spawnSync(program!, words, {
		encoding: 'utf8',
		env: {...process.env, LIBVIRT_DEFAULT_URI: 'qemu:///system'},
	}).stdout.trim();
}

/** What a sandbox must not touch. */
function machine() {
	const [links, addresses, routes, rules, files] = [
		'ip -o link | cut -d: -f2 | sort',
		'ip -o address show | grep -v valid_lft.*sec',
		'ip route show table all',
		'nft list ruleset',
		'find /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt /etc/netns /etc/hosts /etc/resolv.conf /run/netns /etc/cluster-wizard -printf "%p %T@\\n" 2>/dev/null | sort',
	].map(script => shell(script).stdout);
	const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
		.split('\n')
		.map(line => line.split(' ')[4])
		.sort();
	return {links, addresses, routes, rules, files, mounts, kvm: shell('ls -l /dev/kvm').stdout};
}

function read(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

/** Waits for a condition, ten seconds at the most. */
async function until<Value>(condition: () => Value | Promise<Value>): Promise<Value> {
	for (const began = Date.now(); Date.now() < began + 10_000;) {
		const value = await condition();
		if (value) {
			return value;
		}

		await delay(20);
	}

	throw new Error('It did not come to hold');
}

import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {stoppedWithHost} from '../../source/tasks/host-power.ts';
import {removal} from '../../source/tasks/removal.ts';
import {machines} from '../../steps/machines.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from '../steps/check.ts';

const cluster = testCluster({host: {external: 'nat'}}, {sandbox: false});
const {nodes, storage} = cluster;
const users = nodes.filter(node => node !== storage);
const [installScript, installUnit] = stoppedWithHost(cluster).apply!;

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'power-'));
});
afterEach(() => {
	rmSync(folder, {recursive: true});
});

interface Host {
	/** Machines that hear their power button. */
	readonly obedient?: readonly string[];
	readonly running?: readonly string[];
	readonly paused?: readonly string[];
	/** systemd's state. */
	readonly state?: string;
	readonly words?: readonly string[];
	/** Seconds after which machines are switched off: users, storage. */
	readonly limits?: readonly [number, number];
}

/** Runs the script with a libvirt that writes down what it is asked, without looks. A machine is a file in `on`. */
function shutDown({
	obedient = nodes.map(({uuid}) => uuid),
	running = nodes.map(({uuid}) => uuid),
	paused = [],
	state = 'stopping',
	words = [],
	limits = [30, 50],
}: Host = {}) {
	const put = (name: string, text: string) => {
		writeFileSync(join(folder, name), text, {mode: 0o755});
	};

	execFileSync('mkdir', ['-p', ...['on', 'obedient', 'paused'].map(name => join(folder, name))]);
	for (const [name, uuids] of Object.entries({on: running, obedient, paused})) {
		for (const uuid of uuids) {
			put(`${name}/${uuid}`, '');
		}
	}

	put('log', '');
	put('systemctl', `#!/bin/sh\necho ${state}\n`);
	put(
		'virsh',
		`#!/bin/sh
		cd ${folder} || exit
		case $2 in
			list) ls on; exit ;;
			domstate) if [ -e "paused/$3" ]; then echo paused; else echo running; fi; exit ;;
		esac
		echo "$2 $3" >> log
		case $2 in
			shutdown) [ ! -e "obedient/$3" ] || rm "on/$3" ;;
			destroy) rm "on/$3" ;;
		esac
	`,
	);
	const text = String(installScript!.input)
		.replace('PATH=', `PATH=${folder}:`)
		.replace("users_limit='30'", `users_limit='${limits[0]}'`)
		.replace("storage_limit='50'", `storage_limit='${limits[1]}'`);
	const {status, stdout, stderr} = spawnSync('sh', ['-c', text, 'stop-machines', ...words], {encoding: 'utf8'});
	const named = (line: string) => nodes.reduce((said, {uuid, name}) => said.replace(uuid, name), line);
	return {
		code: status,
		output: stdout + stderr,
		log: readFileSync(join(folder, 'log'), 'utf8')
			.trim()
			.split('\n')
			.filter(Boolean)
			.map(line => named(line)),
	};
}

const told = (names: readonly string[]) => names.map(name => `shutdown ${name}`);

describe('stop-machines', () => {
	test('the storage is shut down when everything that mounts it is off', () => {
		const {code, output, log} = shutDown();
		expect({code, log}).toEqual({code: 0, log: told([...users, storage].map(({name}) => name))});
		expect(output).toMatch(/^the machines of web are off after \d+ s\n$/);
	});

	test('a machine that hangs is switched off at its limit, the storage last', () => {
		const [hung] = users;
		const {code, log} = shutDown({obedient: users.slice(1).map(({uuid}) => uuid), limits: [1, 2]});
		expect({code, log}).toEqual({
			code: 0,
			log: [
				...told(users.map(({name}) => name)),
				`destroy ${hung!.name}`,
				`shutdown ${storage.name}`,
				`destroy ${storage.name}`,
			],
		});
	});

	test.each([
		['what is off already is not told', {running: [storage.uuid]}, told([storage.name])],
		['nothing runs', {running: []}, []],
		[
			'a paused machine hears its power button only when it goes on',
			{running: [storage.uuid], paused: [storage.uuid]},
			[`resume ${storage.name}`, `shutdown ${storage.name}`],
		],
		['the unit is restarted: no shutdown', {state: 'running'}, []],
		['the host is degraded: no shutdown', {state: 'degraded'}, []],
		['by hand', {state: 'running', running: [storage.uuid], words: ['now']}, told([storage.name])],
		['machines of others are left alone', {running: ['00000000-0000-4000-8000-00000000000f']}, []],
	] satisfies Array<[string, Host, string[]]>)('%s', (_, host, log) => {
		expect(shutDown(host)).toMatchObject({code: 0, log});
	});
});

test('the machines are switched off, and the script ended, within a minute', () => {
	const limit = (pattern: RegExp, text: unknown) => Number(pattern.exec(String(text))![1]);
	const [first, last] = [
		limit(/users_limit='(\d+)'/, installScript!.input),
		limit(/storage_limit='(\d+)'/, installScript!.input),
	];
	const end = limit(/TimeoutStopSec=(\d+)/, installUnit!.input);
	expect(first).toBeLessThan(last);
	// `virsh destroy` may take its five seconds.
	expect(last + 5).toBeLessThan(end);
	expect(end).toBeLessThan(60);
});

test('the unit is stopped before the network, libvirt and libvirt-guests', () => {
	const after = /^After=(.*)$/m.exec(String(installUnit!.input))![1]!.split(' ');
	expect(after).toEqual(
		expect.arrayContaining([
			'network.target',
			'libvirtd.service',
			'libvirt-guests.service',
			'virt-guest-shutdown.target',
		]) as string[],
	);
});

test('once for a cluster on a host, and not in a sandbox', () => {
	const made = (of: typeof cluster) =>
		of.nodes.flatMap(node =>
			machines.tasks(of, {node}).flatMap(({creates = []}) => creates.filter(({kind}) => kind === 'power-unit')),
		);
	expect(made(cluster)).toEqual([{kind: 'power-unit', name: 'web'}]);
	expect(made(testCluster())).toEqual([]);
});

test('down takes the unit and its script away', () => {
	const {shown, remove, gone} = removal({kind: 'power-unit', name: 'web'}, cluster.paths);
	expect(shown).toBe('/etc/systemd/system/cluster-wizard-web-power.service');
	const script = '/etc/cluster-wizard/web-stop-machines';
	const says = (name: string) => `echo ${name} "$@"`;
	expect(
		runWith(remove, {
			programs: {systemctl: says('systemctl'), rm: says('rm'), rmdir: says('rmdir')},
			files: {[shown]: '', [script]: ''},
		})
			.output.split('\n')
			.map(line => line.split(' ')[0]),
	).toEqual(['systemctl', 'rm', 'systemctl', 'rm', 'rmdir']);
	expect(runWith(gone, {files: {[shown]: ''}}).code).toBe(1);
	expect(runWith(gone, {files: {[script]: ''}}).code).toBe(1);
	expect(runWith(gone).code).toBe(0);
});

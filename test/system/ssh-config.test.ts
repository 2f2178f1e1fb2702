import {execFile, execFileSync} from 'node:child_process';
import {copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import ssh from 'ssh2';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import type {Cluster, Node} from '../../source/cluster/cluster.ts';
import {nodeIds} from '../../source/answers/defaults.ts';
import {buildCluster} from '../../source/answers/build-cluster.ts';
import type {Keys} from '../../source/cluster/keys.ts';
import {ensureKeys} from '../../source/cluster/keys.ts';
import {knownHosts, knownHostsFile, sshConfig} from '../../source/cluster/ssh-config.ts';

import {testFacts} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';
import {nastyNames} from '../nasty-paths.ts';

// All machines are on this one's loopback range; port 22 of it needs root.
const answers = {networks: {external: {cidr: '127.10.1.0/24'}, internal: {cidr: '127.10.10.0/24'}}};
let folder: string;
let keys: Keys;
let cluster: Cluster;

beforeAll(() => {
	// A path that every reader of it must quote.
	folder = mkdtempSync(join(tmpdir(), 'a b%c$d\'e"f-'));
	const state = begunState(join(folder, 'state'));
	keys = ensureKeys(state, nodeIds(answers));
	const sshConfigPath = state.file('ssh_config');
	cluster = buildCluster(answers, {...testFacts, acceleration: {value: 'kvm', source: ''}}, keys, {
		sandbox: true,
		paths: {state: state.path, cache: folder, disks: folder, sshConfig: sshConfigPath},
	});
	writeFileSync(sshConfigPath, sshConfig(cluster));
	writeFileSync(state.file(knownHostsFile), knownHosts(cluster));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const running: ssh.Server[] = [];
afterEach(() => {
	for (const server of running.splice(0)) {
		server.close();
	}
});

/** Plays a machine: lets the wizard's key in, says its name and the command, forwards connections. */
async function start(
	node: Node,
	{address = node.external ?? node.internal, key = node.hostKey.private.reveal()} = {},
): Promise<void> {
	const wizard = ssh.utils.parseKey(keys.wizard.public) as ssh.ParsedKey;
	const server = new ssh.Server({hostKeys: [key]}, client => {
		client.on('error', () => {});
		client.on('authentication', context => {
			const isWizard =
				context.method === 'publickey' && context.username === 'root' && context.key.data.equals(wizard.getPublicSSH());
			if (isWizard) {
				context.accept();
			} else {
				context.reject(['publickey']);
			}
		});
		client.on('session', acceptSession =>
			acceptSession().on('exec', (acceptExec, _reject, {command}) => {
				const channel = acceptExec();
				channel.write(`${node.name}: ${command}`);
				channel.exit(0);
				channel.end();
			}),
		);
		client.on('tcpip', (accept, reject, {destIP, destPort}) => {
			const socket = connect(destPort, destIP);
			socket.on('error', () => reject());
			socket.on('connect', () => {
				const channel = accept();
				channel
					.on('error', () => {})
					.pipe(socket)
					.pipe(channel);
			});
		});
	});
	running.push(server);
	await new Promise<void>((resolve, reject) => {
		server.on('error', reject);
		server.listen(22, address, resolve);
	});
}

async function run(
	name: string,
	config = cluster.paths.sshConfig,
): Promise<{code: number; output: string; error: string}> {
	return new Promise(resolve => {
		execFile(
			'ssh',
			['-F', config, '-o', 'BatchMode=yes', name, 'uptime'],
			{timeout: 30_000, env: {PATH: process.env['PATH'], HOME: '/nonexistent'}},
			(error, output, stderr) => {
				resolve({code: error ? Number(error.code) : 0, output, error: stderr});
			},
		);
	});
}

describe('ssh_config', () => {
	it.each(['nas', 'master', 'standby', 'server1', 'server3'])('says all that ssh needs for %s', name => {
		const lines = execFileSync('ssh', ['-G', '-F', cluster.paths.sshConfig, name], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}).split('\n');
		const node = cluster.nodes.find(node => node.name === name)!;
		expect(lines).toEqual(
			expect.arrayContaining([
				`hostname ${node.external ?? node.internal}`,
				`hostkeyalias ${name}`,
				'user root',
				'identitiesonly yes',
				'stricthostkeychecking true',
				'passwordauthentication no',
				'globalknownhostsfile /dev/null',
				'forwardagent no',
			]),
		);
		expect(lines.some(line => line.startsWith('proxycommand '))).toBe(node.role !== 'director');
	});

	it("knows only the cluster's machines", () => {
		expect(
			execFileSync('ssh', ['-G', '-F', cluster.paths.sshConfig, 'elsewhere'], {
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore'],
			}),
		).toMatch(/^hostname elsewhere$/m);
	});

	it('reaches a director directly', async () => {
		await start(cluster.directors[0]);
		expect(await run('master')).toEqual({code: 0, output: 'master: uptime', error: ''});
	});

	it('reaches an inner machine through the first director', async () => {
		await start(cluster.directors[0]);
		await start(cluster.webs[0]!);
		expect(await run('server1')).toEqual({code: 0, output: 'server1: uptime', error: ''});
	});

	it('reaches it through the other when the first is away', async () => {
		await start(cluster.directors[1]);
		await start(cluster.webs[0]!);
		expect(await run('server1')).toEqual({code: 0, output: 'server1: uptime', error: ''});
	});

	it('says so when neither lets it through', async () => {
		await start(cluster.webs[0]!);
		const {code, error} = await run('server1');
		expect(code).toBe(255);
		expect(error).toContain('127.10.1.139');
	});

	it.each([
		['a director', 'master'],
		['an inner machine', 'server1'],
	])('refuses another host key of %s', async (_, name) => {
		const node = cluster.nodes.find(node => node.name === name)!;
		await start(cluster.directors[1]);
		await start(node, {key: keys.hosts['nas']!.private.reveal()});
		const {code, output, error} = await run(name);
		expect({code, output}).toEqual({code: 255, output: ''});
		expect(error).toContain('Host key verification failed');
	});

	it.each(nastyNames)('in a folder named %s it says the same', async name => {
		const state = join(folder, 'names', name);
		mkdirSync(state, {recursive: true});
		cpSync(join(cluster.paths.state, 'keys'), join(state, 'keys'), {recursive: true});
		copyFileSync(join(cluster.paths.state, knownHostsFile), join(state, knownHostsFile));
		const config = join(state, 'ssh_config');
		writeFileSync(config, sshConfig({...cluster, paths: {...cluster.paths, state, sshConfig: config}}));
		await start(cluster.directors[0]);
		await start(cluster.webs[0]!);
		expect(await run('master', config)).toEqual({code: 0, output: 'master: uptime', error: ''});
		expect(await run('server1', config)).toEqual({code: 0, output: 'server1: uptime', error: ''});
		expect(existsSync('canary')).toBe(false);
	});
});

import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {createConnection, createServer, type AddressInfo, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Node} from '../../source/cluster/cluster.ts';
import {buildCluster} from '../../source/answers/build-cluster.ts';
import type {Keys} from '../../source/cluster/keys.ts';
import {ensureKeys} from '../../source/cluster/keys.ts';
import {SshTargets} from '../../source/targets/ssh.ts';
import {testCluster, testFacts, testKeys} from '../cluster-fixture.ts';
import {sshServer} from './ssh-server.ts';

/** Real keys, made as the program makes them. */
const pair = () => ensureKeys({create() {}, read: () => undefined, write() {}}, []).wizard;

const keys: Keys = {...testKeys, wizard: pair(), hosts: {...testKeys.hosts, master: pair(), nas: pair()}};
const nodes = {master: {external: '127.0.0.1'}, standby: {external: '127.0.0.2'}};
const base = buildCluster({}, testFacts, keys, {sandbox: true, paths: testCluster().paths});
const [master, standby] = base.directors.map((node): Node => ({
	...node,
	external: nodes[node.name as 'master'].external,
}));
const nas = base.storage;

let folder: string;
let server: Awaited<ReturnType<typeof sshServer>>;
let targets: SshTargets;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-test-'));
	const storage = await sshServer(keys.hosts['nas']!.private.reveal());
	server = await sshServer(keys.hosts['master']!.private.reveal(), () => storage.port);
	targets = new SshTargets({...base, directors: [master!, standby!]}, keys.wizard.private, server.port);
});
afterEach(() => {
	targets.close();
	server.close();
	rmSync(folder, {recursive: true});
});

async function exec(text: string, options = {}, node = master!) {
	const lines: string[] = [];
	const exit = await targets
		.target(node)
		.exec(text, {onLine: (line, stream) => lines.push(`${stream}: ${line}`), ...options});
	return {exit, lines};
}

/** Inodes of sockets connected to a port that a process has open, from proc(5); the kernel shows 0 for others. */
function socketsTo(port: number): string[] {
	const remote = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
	return readFileSync('/proc/net/tcp', 'utf8')
		.split('\n')
		.map(line => line.trim().split(/\s+/))
		.flatMap(([, , to, , , , , , , inode]) => (to === remote && inode !== '0' ? [inode!] : []));
}

/** How far this process has read a file that it has open; -1 if it has not. */
function positionOf(file: string): number {
	for (const fd of readdirSync('/proc/self/fd')) {
		try {
			if (readlinkSync(`/proc/self/fd/${fd}`) === file) {
				return Number(/pos:\s+(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))![1]);
			}
		} catch {
			// Closed in the meantime.
		}
	}

	return -1;
}

describe('SshTargets', () => {
	it.each([
		['exit codes', 'exit 7', undefined, {exit: {code: 7}, lines: []}],
		['both streams', 'echo out; echo err >&2', undefined, {exit: {code: 0}, lines: ['stdout: out', 'stderr: err']}],
		['standard input', 'wc -c', 'x'.repeat(1_000_000), {exit: {code: 0}, lines: ['stdout: 1000000']}],
		['a command that does not read its input', 'true', 'x'.repeat(3_000_000), {exit: {code: 0}, lines: []}],
		['quotes', 'echo "it\'s $((1 + 1))"', undefined, {exit: {code: 0}, lines: ["stdout: it's 2"]}],
		['several lines', 'if true\nthen echo yes\nfi', undefined, {exit: {code: 0}, lines: ['stdout: yes']}],
	])('passes on %s', async (_, text, input, expected) => {
		const result = await exec(text, {input});
		expect({...result, lines: result.lines.toSorted().toReversed()}).toEqual({
			...expected,
			lines: expected.lines.toSorted().toReversed(),
		});
	});

	it('reads much output of both streams without stalling', async () => {
		const {lines, exit} = await exec(
			'for i in $(seq 60000); do echo line $i of much output; echo err $i of much output >&2; done',
		);
		expect(exit).toEqual({code: 0});
		expect(lines).toHaveLength(120_000);
	});

	it('streams a file no faster than it is read, however large it is', async () => {
		const file = join(folder, 'sparse');
		const go = join(folder, 'go');
		const size = 200 * 2 ** 20;
		writeFileSync(file, '');
		truncateSync(file, size);
		const going = exec(`until [ -e ${go} ]; do sleep 0.05; done; exec wc -c`, {file});
		// The reader waits until what was read from the file stays the same: the channel's window and the streams' buffers are full.
		let read = 0;
		let seen: number[] = [];
		await expect
			.poll(
				() => {
					read = positionOf(file);
					seen = [...seen, read].slice(-20);
					return read > 0 && seen.length === 20 && seen.every(position => position === read);
				},
				{timeout: 15_000},
			)
			.toBe(true);
		expect(read).toBeLessThan(16 * 2 ** 20);
		writeFileSync(go, '');
		expect(await going).toEqual({exit: {code: 0}, lines: [`stdout: ${size}`]});
	});

	it.each([
		['does not read its file', 'true', {code: 0}],
		['fails in the middle of its file', 'head -c 1000000 > /dev/null; exit 3', {code: 3}],
	])('passes on the end of a command that %s', async (_, text, exit) => {
		const file = join(folder, 'sparse');
		writeFileSync(file, '');
		truncateSync(file, 50 * 2 ** 20);
		expect(await exec(text, {file})).toEqual({exit, lines: []});
		expect(positionOf(file)).toBe(-1);
	});

	it('does not begin a command whose file is missing', async () => {
		expect(await exec('echo begun', {file: join(folder, 'nothing')})).toEqual({
			exit: {code: 'unreachable', reason: expect.stringContaining('nothing')},
			lines: [],
		});
	});

	it('uses one connection for many commands, and never more sessions at once than sshd allows', async () => {
		const results = await Promise.all(Array.from({length: 20}, async (_, index) => exec(`echo ${index}`)));
		expect(results.map(({lines}) => lines[0])).toEqual(Array.from({length: 20}, (_, index) => `stdout: ${index}`));
	});

	it('refuses a host that shows another key', async () => {
		targets.close();
		server.close();
		server = await sshServer(pair().private.reveal());
		targets = new SshTargets({...base, directors: [master!, standby!]}, keys.wizard.private, server.port);
		expect((await exec('true')).exit).toMatchObject({code: 'unreachable', reason: expect.stringContaining('master')});
		expect(server.sessions()).toBe(0);
	});

	it('closes a connection whose other side never confirms its end', async () => {
		const held: Socket[] = [];
		const relay = createServer({allowHalfOpen: true}, socket => {
			const upstream = createConnection(server.port, '127.0.0.1');
			held.push(socket, upstream);
			socket.on('error', () => {}).pipe(upstream, {end: false});
			upstream.on('error', () => {}).pipe(socket, {end: false});
		});
		await new Promise<void>(resolve => {
			relay.listen(0, '127.0.0.1', resolve);
		});
		const {port} = relay.address() as AddressInfo;
		const through = new SshTargets({...base, directors: [master!, standby!]}, keys.wizard.private, port);
		try {
			expect(await through.target(master!).exec('true')).toEqual({code: 0});
			expect(socketsTo(port)).toHaveLength(1);
			through.close();
			await expect.poll(() => socketsTo(port), {timeout: 10_000}).toEqual([]);
		} finally {
			relay.close();
			for (const socket of held) {
				socket.destroy();
			}
		}
	});

	it('says that a machine cannot be reached', async () => {
		server.close();
		targets.close();
		expect((await exec('true', {}, {...master!, external: '127.0.0.3'})).exit).toMatchObject({code: 'unreachable'});
	});

	it('ends the remote command and its children when it is told to stop', async () => {
		const controller = new AbortController();
		const pid = join(folder, 'pid');
		const running = exec(`(sleep 60 & echo $! > ${pid}; echo begun; wait)`, {
			signal: controller.signal,
			onLine() {
				controller.abort();
			},
		});
		expect((await running).exit).toEqual({code: 'aborted'});
		await expect.poll(() => isAlive(Number(readFileSync(pid, 'utf8'))), {timeout: 5000}).toBe(false);
	});

	it('ends a command that takes longer than its limit', async () => {
		expect((await exec('sleep 60', {limit: 0.3})).exit).toEqual({code: 'limit'});
	});

	it('reaches an inner node through the director that answers', async () => {
		expect(await exec('echo inside', {}, nas)).toEqual({exit: {code: 0}, lines: ['stdout: inside']});
	});

	it('sees that an inner node has gone, though the way to it stays open, and finds it again', async () => {
		const running = exec(
			'echo begun; sleep 60',
			{onLine: (line: string) => line === 'begun' && server.endForwarded()},
			nas,
		);
		expect((await running).exit).toEqual({code: 'unreachable', reason: 'nas: the connection was lost'});
		expect(await exec('echo again', {}, nas)).toEqual({exit: {code: 0}, lines: ['stdout: again']});
	});

	it('can be stopped while a machine does not answer', async () => {
		const controller = new AbortController();
		await exec('true', {}, nas);
		server.holdForwarded();
		setTimeout(() => {
			controller.abort();
		}, 100);
		expect((await exec('true', {signal: controller.signal}, nas)).exit).toEqual({code: 'aborted'});
	});

	it('leaves nothing running after a command has ended', async () => {
		await exec(`touch ${join(folder, 'done')}`);
		expect(existsSync(join(folder, 'done'))).toBe(true);
	});
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z';
	} catch {
		return false;
	}
}

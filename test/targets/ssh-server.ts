import {spawn} from 'node:child_process';
import {createConnection, type AddressInfo, type Socket} from 'node:net';
import ssh2 from 'ssh2';

interface TestServer {
	readonly port: number;
	readonly close: () => void;
	readonly sessions: () => number;
	/** The machine behind ends its half of the connections, as one does that is switched off in order; sshd leaves the other half open. */
	readonly endForwarded: () => void;
	/** Nothing goes through any more, as when the machine behind is gone from one moment to the next. */
	readonly holdForwarded: () => void;
}

/** A real SSH server in this process that plays a node: commands run in a shell here, connections can be forwarded. */
export async function sshServer(hostKey: string, forwardTo: () => number = () => 0): Promise<TestServer> {
	let sessions = 0;
	const clients = new Set<ssh2.Connection>();
	const forwarded = new Set<{channel: ssh2.ServerChannel; upstream: Socket}>();
	const server = new ssh2.Server({hostKeys: [hostKey]}, client => {
		clients.add(client);
		client.on('error', () => {});
		client.on('close', () => clients.delete(client));
		client.on('authentication', context => {
			if (context.method === 'publickey' && context.username === 'root') {
				context.accept();
			} else {
				context.reject(['publickey']);
			}
		});
		client.on('session', accept => {
			sessions++;
			accept().on('exec', (accept, _, {command}) => {
				const channel = accept();
				const child = spawn('sh', ['-c', command], {detached: true});
				channel.pipe(child.stdin).on('error', () => {});
				child.stdout.pipe(channel, {end: false});
				child.stderr.pipe(channel.stderr, {end: false});
				child.on('close', code => {
					channel.exit(code ?? 128);
					channel.end();
				});
			});
		});
		client.on('tcpip', accept => {
			const channel = accept();
			const upstream = createConnection(forwardTo(), '127.0.0.1');
			forwarded.add({channel, upstream});
			channel.pipe(upstream).pipe(channel);
			upstream.on('error', () => channel.end());
		});
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		sessions: () => sessions,
		endForwarded() {
			for (const {channel, upstream} of forwarded) {
				upstream.unpipe(channel);
				channel.unpipe(upstream);
				channel.eof();
			}
		},
		holdForwarded() {
			for (const {channel, upstream} of forwarded) {
				upstream.unpipe(channel);
				channel.unpipe(upstream);
			}
		},
		close() {
			for (const client of clients) {
				client.end();
			}

			server.close();
		},
	};
}

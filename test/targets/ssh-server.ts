import {spawn} from 'node:child_process';
import {createConnection, type AddressInfo} from 'node:net';
import ssh2 from 'ssh2';

/** A real SSH server in this process that plays a node: commands run in a shell here, connections can be forwarded. */
export async function sshServer(hostKey: string, forwardTo: () => number = () => 0): Promise<{port: number; close: () => void; sessions: () => number}> {
	let sessions = 0;
	const clients = new Set<ssh2.Connection>();
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
		close() {
			for (const client of clients) {
				client.end();
			}

			server.close();
		},
	};
}

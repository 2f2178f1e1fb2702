import {connect} from 'node:net';
import type {Duplex} from 'node:stream';
import pLimit from 'p-limit';
import {Client} from 'ssh2';
import type {Cluster, Node} from '../cluster/cluster.ts';
import type {Secret} from '../shell/secret.ts';
import type {Execution, Exit, Target} from '../engine/target.ts';
import {messageOf} from '../text/clean.ts';
import {executeOver} from './ssh-command.ts';

/** Maximum parallel sessions of a target. sshd refuses more than ten on a connection (MaxSessions). */
const sessions = 6;

/** Timeout of a connection in seconds with hardware virtualization; multiplied by `cluster.timeoutScale`. */
const connectLimit = 5;

/** Milliseconds for a node to confirm the end of a connection. */
const endLimit = 2000;

/**
 * Targets that run commands on the nodes by SSH as root, with pinned host keys and one connection for each node. Directors
 * are reached directly, the other nodes through the director that answers first.
 */
export class SshTargets {
	readonly #cluster: Cluster;
	readonly #key: Secret;
	readonly #connections = new Map<string, Promise<Client>>();
	readonly #streams = new WeakMap<Client, Duplex>();

	readonly #port: number;

	/** @param port port of every node's sshd */
	constructor(cluster: Cluster, key: Secret, port = 22) {
		this.#cluster = cluster;
		this.#key = key;
		this.#port = port;
	}

	target(node: Node): Target {
		const limit = pLimit(sessions);
		return {
			name: node.name,
			exec: async (text, execution = {}) => limit(async () => this.#exec(node, text, execution)),
			close: () => {
				this.close();
			},
		};
	}

	close(): void {
		for (const connection of this.#connections.values()) {
			connection.then(
				client => {
					this.#end(client);
				},
				() => {},
			);
		}

		this.#connections.clear();
	}

	/**
	 * A node that has crashed never confirms the end, not even after its restart if a packet filter drops its answer. The
	 * kernel would try for 15 minutes (tcp_retries2), and the open socket would keep this process alive.
	 */
	#end(client: Client): void {
		client.end();
		const stream = this.#streams.get(client);
		if (stream && !stream.closed) {
			const timer = setTimeout(() => stream.destroy(), endLimit);
			stream.once('close', () => {
				clearTimeout(timer);
			});
		}
	}

	async #exec(node: Node, text: string, execution: Execution): Promise<Exit> {
		if (execution.signal?.aborted) {
			return {code: 'aborted'};
		}

		let client: Client;
		try {
			client = await this.#connect(node);
		} catch (error) {
			return {code: 'unreachable', reason: `${node.name}: ${messageOf(error)}`};
		}

		if (execution.signal?.aborted) {
			return {code: 'aborted'};
		}

		return executeOver(client, text, execution, node.name);
	}

	async #connect(node: Node): Promise<Client> {
		const known = this.#connections.get(node.name);
		if (known) {
			return known;
		}

		const opened = this.#open(node);
		this.#connections.set(node.name, opened);
		const forget = () => {
			if (this.#connections.get(node.name) === opened) {
				this.#connections.delete(node.name);
			}
		};

		opened.then(client => client.once('end', forget).once('close', forget), forget);
		return opened;
	}

	async #open(node: Node): Promise<Client> {
		if (node.external) {
			return this.#handshake(node, connect(this.#port, node.external));
		}

		const attempts = this.#cluster.directors.map(async director =>
			forward(await this.#connect(director), node.internal, this.#port),
		);
		try {
			const first = await Promise.any(attempts);
			for (const attempt of attempts) {
				attempt.then(
					channel => channel === first || channel.destroy(),
					() => {},
				);
			}

			return await this.#handshake(node, first);
		} catch (error) {
			throw error instanceof AggregateError ? error.errors[0] : error;
		}
	}

	async #handshake(node: Node, stream: Duplex): Promise<Client> {
		const client = new Client();
		this.#streams.set(client, stream);
		const pinned = Buffer.from(node.hostKey.public.split(' ')[1] ?? '', 'base64');
		return new Promise((resolve, reject) => {
			client.once('ready', () => {
				resolve(client);
			});
			client.on('error', reject);
			client.once('close', () => {
				reject(new Error('connection closed'));
			});
			// Through a director, the other side can close only its half. ssh2 then stops its keep-alives and would wait forever.
			client.once('end', () => {
				stream.destroy();
			});
			client.connect({
				sock: stream,
				username: 'root',
				privateKey: this.#key.reveal(),
				readyTimeout: connectLimit * this.#cluster.timeoutScale * 1000,
				keepaliveInterval: 5000,
				keepaliveCountMax: 3 * this.#cluster.timeoutScale,
				algorithms: {serverHostKey: ['ssh-ed25519']},
				hostVerifier: (key: Buffer) => key.equals(pinned),
			});
		});
	}
}

async function forward(client: Client, address: string, port: number): Promise<Duplex> {
	return new Promise((resolve, reject) => {
		client.forwardOut('127.0.0.1', 0, address, port, (error, channel) => {
			if (error) {
				reject(error);
			} else {
				resolve(channel);
			}
		});
	});
}

import {once} from 'node:events';
import {createReadStream, type ReadStream} from 'node:fs';
import {pipeline} from 'node:stream/promises';
import type {Client, ClientChannel} from 'ssh2';
import {render, sh} from '../shell/command.ts';
import type {Execution, Exit} from '../engine/target.ts';
import {messageOf} from '../text/clean.ts';
import {lineSplitter} from '../text/lines.ts';
import {contentOf} from './content.ts';

/** Milliseconds to wait for the channel of a killed command to close; more than the 3 s between SIGTERM and SIGKILL. */
const patience = 10_000;

/** Runs shell text over an SSH connection. On abort or timeout, its remote processes are killed as well. */
export async function executeOver(client: Client, text: string, execution: Execution, name: string): Promise<Exit> {
	if (execution.file === undefined) {
		const {input} = execution;
		return execute(client, text, execution, name, channel => channel.end(contentOf(input)));
	}

	const file = createReadStream(execution.file);
	try {
		await once(file, 'open');
	} catch (error) {
		return {code: 'unreachable', reason: messageOf(error)};
	}

	try {
		// The channel applies back-pressure. A command that ends early leaves the rest of the file unread.
		return await execute(client, text, execution, name, channel => {
			pipeline(file, channel).catch(() => {});
		});
	} finally {
		await closed(file);
	}
}

/** Resolves when the file is closed, even if its stream failed. */
async function closed(file: ReadStream): Promise<void> {
	await new Promise<void>(resolve => {
		if (file.closed) {
			resolve();
		} else {
			file
				.on('error', () => {})
				.once('close', resolve)
				.destroy();
		}
	});
}

async function execute(
	client: Client,
	text: string,
	{onLine = () => {}, signal, limit}: Execution,
	name: string,
	feed: (channel: ClientChannel) => void,
): Promise<Exit> {
	if (signal?.aborted) {
		return {code: 'aborted'};
	}

	// Closing the channel does not end the remote processes. sshd runs them in a session of their own (do_exec_no_pty), so
	// the shell first prints its PID, which is the number of that session and process group.
	const wrapped = render(sh`echo "$$"; exec sh -c ${text}`, 'execute');
	return new Promise(resolve => {
		let session: string | undefined;
		let channel: ClientChannel | undefined;
		let ended: 'limit' | 'aborted' | undefined;
		let giveUp: NodeJS.Timeout | undefined;
		const out = lineSplitter((line, cut) => {
			if (session === undefined) {
				session = line;
			} else {
				onLine(line, 'stdout', cut);
			}
		});
		const err = lineSplitter((line, cut) => {
			onLine(line, 'stderr', cut);
		});
		const end = (reason: 'limit' | 'aborted') => {
			ended ??= reason;
			endSession(client, session);
			channel?.close();
			// A VM that is gone never confirms that its side is closed.
			giveUp ??= setTimeout(finish, channel ? patience : 0, {code: reason});
		};

		const onAbort = () => {
			end('aborted');
		};

		const timer = limit === undefined ? undefined : setTimeout(end, limit * 1000, 'limit');
		const finish = (exit: Exit) => {
			clearTimeout(timer);
			clearTimeout(giveUp);
			signal?.removeEventListener('abort', onAbort);
			out.end();
			err.end();
			resolve(ended ? {code: ended} : exit);
		};

		signal?.addEventListener('abort', onAbort, {once: true});
		start(client, wrapped, (error, opened) => {
			if (error) {
				finish({code: 'unreachable', reason: `${name}: ${messageOf(error)}`});
				return;
			}

			channel = opened;
			let exit: Exit = {code: 'unreachable', reason: `${name}: the connection was lost`};
			channel.on('data', out.push);
			channel.stderr.on('data', err.push);
			channel.on('exit', (code: number | null) => {
				exit = {code: code ?? 128};
			});
			channel.once('close', () => {
				finish(exit);
			});
			channel.on('error', () => {});
			if (ended) {
				channel.close();
			} else {
				feed(channel);
			}
		});
	});
}

/** Ends all processes of a remote session: SIGTERM, then SIGKILL after 3 s. */
function endSession(client: Client, session: string | undefined): void {
	if (session && /^\d+$/.test(session)) {
		start(client, `kill -s TERM -- -${session}; sleep 3; kill -s KILL -- -${session}`, () => {});
	}
}

/** Like `client.exec`, but reports a lost connection to `onOpen`, where ssh2 throws. */
function start(client: Client, text: string, onOpen: (error: Error | undefined, channel: ClientChannel) => void): void {
	try {
		client.exec(text, onOpen);
	} catch (error) {
		onOpen(error as Error, undefined as never);
	}
}

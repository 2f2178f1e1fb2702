import {once} from 'node:events';
import {createReadStream, type ReadStream} from 'node:fs';
import {pipeline} from 'node:stream/promises';
import type {Client, ClientChannel} from 'ssh2';
import {render, sh} from '../shell/command.ts';
import type {Execution, Exit} from '../engine/target.ts';
import {messageOf} from '../text/clean.ts';
import {lineSplitter} from '../text/lines.ts';
import {contentOf} from './content.ts';

/** Milliseconds for the other side to confirm that a command that was ended is over: more than it is given to end by itself. */
const patience = 10_000;

/** Executes shell text over a connection. When it is to end early, so does everything that it started on the other side. */
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
		// The channel takes no more than the other side has read; a command that ends early leaves the rest unread.
		return await execute(client, text, execution, name, channel => {
			pipeline(file, channel).catch(() => {});
		});
	} finally {
		await closed(file);
	}
}

/** Done when the file is closed, whatever became of its stream. */
async function closed(file: ReadStream): Promise<void> {
	await new Promise<void>(resolve => {
		if (file.closed) {
			resolve();
		} else {
			file.on('error', () => {}).once('close', resolve).destroy();
		}
	});
}

async function execute(client: Client, text: string, {onLine = () => {}, signal, limit}: Execution, name: string, feed: (channel: ClientChannel) => void): Promise<Exit> {
	if (signal?.aborted) {
		return {code: 'aborted'};
	}

	// A closed channel does not end what runs on the other side. sshd gave it a session of its own (do_exec_no_pty): it
	// tells that one's number first.
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
			// A machine that is gone does not say that its side is closed.
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

/** Ends everything in a remote session: asked first, then ended. */
function endSession(client: Client, session: string | undefined): void {
	if (session && /^\d+$/.test(session)) {
		start(client, `kill -s TERM -- -${session}; sleep 3; kill -s KILL -- -${session}`, () => {});
	}
}

/** ssh2 throws where there is no connection any more. */
function start(client: Client, text: string, onOpen: (error: Error | undefined, channel: ClientChannel) => void): void {
	try {
		client.exec(text, onOpen);
	} catch (error) {
		onOpen(error as Error, undefined as never);
	}
}

import type {Client, ClientChannel} from 'ssh2';
import {render, sh} from '../engine/command.ts';
import type {Execution, Exit} from '../engine/target.ts';
import {contentOf, lineSplitter} from './lines.ts';

/** Executes shell text over a connection. When it is to end early, so does everything that it started on the other side. */
export async function executeOver(client: Client, text: string, {input, onLine = () => {}, signal, limit}: Execution, name: string): Promise<Exit> {
	// A closed channel does not end what runs on the other side: it gets a session of its own, whose number it tells first.
	const wrapped = render(sh`exec setsid -w sh -c ${`echo "$$"; exec sh -c ${render(sh`${text}`, 'execute')}`}`, 'execute');
	return new Promise(resolve => {
		client.exec(wrapped, (error, channel: ClientChannel) => {
			if (error) {
				resolve({code: 'unreachable', reason: `${name}: ${error.message}`});
				return;
			}

			let session: string | undefined;
			let ended: 'limit' | 'aborted' | undefined;
			let exit: Exit = {code: 'unreachable', reason: `${name}: the connection was lost`};
			const out = lineSplitter(line => {
				if (session === undefined) {
					session = line;
				} else {
					onLine(line, 'stdout');
				}
			});
			const err = lineSplitter(line => {
				onLine(line, 'stderr');
			});
			const end = (reason: 'limit' | 'aborted') => {
				ended ??= reason;
				endSession(client, session);
				channel.close();
			};

			const onAbort = () => {
				end('aborted');
			};

			signal?.addEventListener('abort', onAbort, {once: true});
			if (signal?.aborted) {
				onAbort();
			}

			const timer = limit === undefined ? undefined : setTimeout(end, limit * 1000, 'limit');
			channel.on('data', out.push);
			channel.stderr.on('data', err.push);
			channel.on('exit', (code: number | null) => {
				exit = {code: code ?? 128};
			});
			channel.once('close', () => {
				clearTimeout(timer);
				signal?.removeEventListener('abort', onAbort);
				out.end();
				err.end();
				resolve(ended ? {code: ended} : exit);
			});
			channel.on('error', () => {});
			channel.end(contentOf(input));
		});
	});
}

/** Ends everything in a remote session: asked first, then ended. */
function endSession(client: Client, session: string | undefined): void {
	if (session && /^\d+$/.test(session)) {
		client.exec(`kill -s TERM -- -${session}; sleep 3; kill -s KILL -- -${session}`, () => {});
	}
}

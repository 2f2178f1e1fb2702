import {pagePath} from '../cluster/page-path.ts';
import {createConnection, createServer, type AddressInfo, type Server, type Socket} from 'node:net';
import {once} from 'node:events';
import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {pageUrl} from '../measure/health/page.ts';
import {probeMessages} from '../output/probe-messages.ts';
import {sessionMessages} from '../session/messages.ts';
import {errorReason} from '../languages/system-errors.ts';
import {openBrowser} from '../session/browser.ts';
import {warnWhileBuilding} from '../session/busy.ts';
import type {CommonOptions} from '../command-line/options.ts';
import {isRunningInSandbox} from '../session/in-sandbox.ts';
import {requireSandbox, runHereOrInSandbox} from '../session/sandbox.ts';
import {openExisting, type Session} from '../session/session.ts';

export interface OpenOptions extends CommonOptions {
	readonly port?: string;
}

/** Opens the page. For a cluster in a sandbox, forwards a port on 127.0.0.1 to it while the command runs. */
export async function open(options: OpenOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	const {cluster, language} = session;
	if (isRunningInSandbox()) {
		return serve(await socketFromOutside(), cluster.vip.external, signal);
	}

	const port = portIn(options.port, language);
	if (!cluster.sandbox) {
		warnWhileBuilding(session);
		const url = pageUrl(cluster);
		show(url, sessionMessages.openDirect(url)[language], session);
		return 0;
	}

	requireSandbox(session);
	warnWhileBuilding(session);
	const server = createServer({pauseOnConnect: true});
	server.listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
	} catch (error) {
		throw new UserError('port-taken', sessionMessages.portTaken(port, errorReason(error))[language]);
	}

	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${pagePath(cluster)}`;
	// The socket belongs to this computer; the process that serves it is inside the sandbox.
	return runHereOrInSandbox(session, async () => 0, {
		signal,
		server: {
			socket: server,
			onServing() {
				show(url, sessionMessages.openAt(url)[language], session);
			},
		},
	});
}

/**
 * Parses `--port`; 0 lets the system choose a port.
 * @throws UserError if it is not a port number
 */
function portIn(text: string | undefined, language: Language): number {
	const port = Number(text ?? 0);
	if (text?.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new UserError('option-value', probeMessages.notNumber('--port', text ?? '', 0, 65_535)[language]);
	}

	return port;
}

/** Receives the listening socket from the process outside, which sends it on the message `ready`. */
async function socketFromOutside(): Promise<Server> {
	process.channel?.ref();
	return new Promise(resolve => {
		process.on('message', (message, handle) => {
			if (message === 'server') {
				resolve(handle as Server);
			}
		});
		process.send!('ready');
	});
}

async function serve(server: Server, address: string, signal: AbortSignal): Promise<number> {
	const clients = new Set<Socket>();
	server.on('connection', client => {
		const upstream = createConnection({host: address, port: 80});
		clients.add(client);
		client.on('close', () => {
			clients.delete(client);
			upstream.destroy();
		});
		client.pipe(upstream).pipe(client);
		client.on('error', () => upstream.destroy());
		upstream.on('error', () => client.destroy());
		client.resume();
	});
	process.send!('serving');
	if (!signal.aborted) {
		await once(signal, 'abort');
	}

	server.close();
	// Browsers keep connections open, and these would keep this process alive.
	for (const client of clients) {
		client.destroy();
	}

	process.channel?.unref();
	return 0;
}

function show(url: string, sentence: string, {options, owner}: Session): void {
	process.stdout.write(options.json ? `${JSON.stringify({url})}\n` : `${sentence}\n`);
	if (process.stdout.isTTY && (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])) {
		openBrowser(url, owner);
	}
}

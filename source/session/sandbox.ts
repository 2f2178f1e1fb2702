import {spawn} from 'node:child_process';
import type {Server} from 'node:net';
import {render, sh} from '../shell/command.ts';
import {UserError} from '../user-error.ts';
import type {Target} from '../engine/target.ts';
import {programCommand} from '../executable.ts';
import {busyMessages} from './busy-messages.ts';
import {sessionMessages} from './messages.ts';
import {localTarget} from '../targets/local.ts';
import {enterArguments, findSandbox, startSandbox, stopSandbox} from '../targets/sandbox.ts';
import {relayQuestions} from './ask-wizard.ts';
import {requireIdle} from './busy.ts';
import {isRunningInSandbox} from './in-sandbox.ts';
import {commandLine, type CommonOptions} from '../command-line/options.ts';
import {withLock} from './lock.ts';
import {holderEnvironment, tellHolder} from './host-lock-holder.ts';
import {siteEnvironment} from './host-site.ts';
import {openExisting, type Session} from './session.ts';

export function isSandboxUp({state}: Session): boolean {
	// `findSandbox` runs only if the sandbox's `control` file is ours.
	return state.has('sandbox/control') && findSandbox(state.path) !== undefined;
}

/** @throws UserError if the sandbox is not running: exit code 5 while another process works on the cluster, otherwise 1 */
export function requireSandbox(session: Session): void {
	if (!isSandboxUp(session)) {
		requireIdle(session, busyMessages.sandbox);
		throw new UserError(
			'sandbox-stopped',
			sessionMessages.sandboxDown(commandLine('start', session.options))[session.language],
		);
	}
}

export interface SandboxEntry {
	/** Id of the run that continues inside. */
	readonly run?: string;
	/** When the run started, in milliseconds since 1970. */
	readonly started?: number;
	readonly signal?: AbortSignal;
	/** Called with messages from the process inside. */
	readonly onMessage?: (message: unknown) => void;
	/** Notifies the process inside of every change of the lock's holder; for a command that keeps showing it. */
	readonly tellsHolder?: boolean | undefined;
	/** Listening socket of this computer for the process inside to serve, and a callback for when it does. */
	readonly server?: {readonly socket: Server; readonly onServing: () => void};
}

/**
 * Runs the same command inside the sandbox, connected to the standard streams. Returns its exit code.
 * @throws UserError if the sandbox is not running
 */
export async function callInSandbox(
	session: Session,
	{run = '', started, signal, onMessage, tellsHolder = false, server}: SandboxEntry = {},
): Promise<number> {
	const {state} = session;
	requireSandbox(session);
	const [program = '', ...words] = enterArguments(state.path, programCommand(process.argv.slice(2)));
	const child = spawn(program, words, {
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
		env: {
			...process.env,
			...siteEnvironment(session.site),
			...holderEnvironment(state.path),
			CLUSTER_WIZARD_INSIDE: run,
			...(started !== undefined && {CLUSTER_WIZARD_STARTED: String(started)}),
		},
	});
	const tell = () => {
		child.send('stop', () => {});
	};

	// Forwards every request to stop: the first ends the work, a second one also ends the restoration that follows.
	const tellAgain = (request: unknown) => {
		if (signal?.aborted && (request === 'SIGINT' || request === 'stop')) {
			tell();
		}
	};

	signal?.addEventListener('abort', tell, {once: true});
	if (signal?.aborted) {
		// The signal was aborted earlier, so there will be no event. Node queues the message until the process inside
		// listens.
		tell();
	}

	process.on('SIGINT', tellAgain).on('message', tellAgain);
	const endRelay = relayQuestions(child);
	const endTelling = tellsHolder ? tellHolder(child, state.path) : undefined;
	if (onMessage) {
		child.on('message', onMessage);
	}

	if (server) {
		child.on('message', message => {
			if (message === 'ready') {
				// From now on only the process inside accepts connections.
				child.send('server', server.socket, () => server.socket.close());
			} else if (message === 'serving') {
				server.onServing();
			}
		});
	}

	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', code => {
			signal?.removeEventListener('abort', tell);
			process.off('SIGINT', tellAgain).off('message', tellAgain);
			endRelay();
			endTelling?.();
			resolve(code ?? 137);
		});
	});
}

/** Does the work in this process; for a cluster in a sandbox, runs the same command inside it. */
export async function runHereOrInSandbox(
	session: Session,
	work: () => Promise<number>,
	entry: SandboxEntry = {},
): Promise<number> {
	if (!session.cluster.sandbox || isRunningInSandbox()) {
		return work();
	}

	return callInSandbox(session, entry);
}

/** Returns the sandbox's host as a target for the process outside; undefined if the sandbox is not running. */
export function sandboxHostTarget(session: Session): Target | undefined {
	if (!isSandboxUp(session)) {
		return undefined;
	}

	const local = localTarget('host');
	return {
		...local,
		exec: async (text, execution) =>
			local.exec(render(sh`exec ${enterArguments(session.state.path, ['sh', '-c', text])}`, 'execute'), execution),
	};
}

/** Implements `sandbox start`, `stop` and `status`. */
export async function sandbox(options: CommonOptions, action: 'start' | 'stop' | 'status'): Promise<number> {
	const session = await openExisting(options);
	const {cluster, state, language} = session;
	if (!cluster.sandbox) {
		throw new UserError('no-sandbox', sessionMessages.notSandbox[language]);
	}

	if (action !== 'status') {
		await withLock(session, `sandbox ${action}`, async () =>
			action === 'start' ? startSandbox(state.path) : stopSandbox(state.path),
		);
	}

	const isUp = isSandboxUp(session);
	process.stdout.write(
		options.json ? `${JSON.stringify({running: isUp})}\n` : `${sessionMessages.sandboxState(isUp)[language]}\n`,
	);
	return 0;
}

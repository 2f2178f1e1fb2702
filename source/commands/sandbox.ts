import {spawn} from 'node:child_process';
import type {Server} from 'node:net';
import {render, sh} from '../shell/command.ts';
import {UserError} from '../user-error.ts';
import type {Target} from '../engine/target.ts';
import {programWords} from '../executable.ts';
import {busyMessages} from './busy-messages.ts';
import {sessionMessages} from './messages.ts';
import {localTarget} from '../targets/local.ts';
import {enterArguments, findSandbox, startSandbox, stopSandbox} from '../targets/sandbox.ts';
import {relayQuestions} from './ask-wizard.ts';
import {refuseWhileBusy} from './busy.ts';
import {isInside} from './inside.ts';
import {commandLine, type CommonOptions} from './options.ts';
import {withLock} from './lock.ts';
import {holderEnvironment, tellHolder} from './outer-holder.ts';
import {siteEnvironment} from './outer-site.ts';
import {openExisting, type Session} from './session.ts';

export function isSandboxUp({state}: Session): boolean {
	// A program that is not ours is not run.
	return state.has('sandbox/control') && findSandbox(state.path) !== undefined;
}

/** @throws UserError if the sandbox does not run: with exit code 5 while another process works on the cluster, else with 1 */
export function requireSandbox(session: Session): void {
	if (!isSandboxUp(session)) {
		refuseWhileBusy(session, busyMessages.sandbox);
		throw new UserError(sessionMessages.sandboxDown(commandLine('start', session.options))[session.language], 1);
	}
}

export interface Entry {
	/** The run to go on with inside. */
	readonly run?: string;
	/** When the run began: milliseconds since 1970. */
	readonly started?: number;
	readonly signal?: AbortSignal;
	/** Takes what the part inside sends. */
	readonly onMessage?: (message: unknown) => void;
	/** Tells the part inside each change of who holds the run lock, for a command that shows it again and again. */
	readonly tellsHolder?: boolean | undefined;
	/** A listening socket of the machine that the part inside serves, and what to do once it does. */
	readonly server?: {readonly socket: Server; readonly onServing: () => void};
}

/** Runs the same command inside the sandbox, with our standard streams. Returns its exit code. Throws `UserError` when the sandbox does not run. */
export async function enterSandbox(session: Session, {run = '', started, signal, onMessage, tellsHolder = false, server}: Entry = {}): Promise<number> {
	const {state} = session;
	requireSandbox(session);
	const [program = '', ...words] = enterArguments(state.path, programWords(process.argv.slice(2)));
	const child = spawn(program, words, {
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
		env: {...process.env, ...siteEnvironment(session.site), ...holderEnvironment(state.path), CLUSTER_WIZARD_INSIDE: run, ...(started !== undefined && {CLUSTER_WIZARD_STARTED: String(started)})},
	});
	const tell = () => {
		child.send('stop', () => {});
	};

	// The first request, and each one after it: a second one ends what the first leaves to be brought back.
	const tellAgain = (request: unknown) => {
		if (signal?.aborted && (request === 'SIGINT' || request === 'stop')) {
			tell();
		}
	};

	signal?.addEventListener('abort', tell, {once: true});
	if (signal?.aborted) {
		// The signal is older than the part inside: its event has passed. Node keeps the message until the part inside listens.
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
				// From then on only the part inside takes connections.
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

/** Does the work here, or has the same command do it inside the sandbox where the cluster is in one. */
export async function throughSandbox(session: Session, work: () => Promise<number>, entry: Entry = {}): Promise<number> {
	if (!session.cluster.sandbox || isInside()) {
		return work();
	}

	return enterSandbox(session, entry);
}

/** The sandbox's host as a target for the part of the program that is outside; nothing when it does not run. */
export function insideTarget(session: Session): Target | undefined {
	if (!isSandboxUp(session)) {
		return undefined;
	}

	const local = localTarget('host');
	return {
		...local,
		exec: async (text, execution) => local.exec(render(sh`exec ${enterArguments(session.state.path, ['sh', '-c', text])}`, 'execute'), execution),
	};
}

/** `sandbox start`, `stop` and `status`: as one switches a host on and off. */
export async function sandbox(options: CommonOptions, action: 'start' | 'stop' | 'status'): Promise<number> {
	const session = await openExisting(options);
	const {cluster, state, language} = session;
	if (!cluster.sandbox) {
		throw new UserError(sessionMessages.notSandbox[language], 2);
	}

	if (action !== 'status') {
		await withLock(session, `sandbox ${action}`, async () => action === 'start' ? startSandbox(state.path) : stopSandbox(state.path));
	}

	const isUp = isSandboxUp(session);
	process.stdout.write(options.json ? `${JSON.stringify({running: isUp})}\n` : `${sessionMessages.sandboxState(isUp)[language]}\n`);
	return 0;
}

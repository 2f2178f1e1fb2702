import {UserError} from '../user-error.ts';
import {timeOfDay} from '../measure/health/note.ts';
import {sessionMessages} from './messages.ts';
import {runLockHolder, takeRunLock, type LockHolder} from '../state/run-lock.ts';
import {isRunningInSandbox} from './in-sandbox.ts';
import {commandLine} from '../command-line/options.ts';
import {hostLockHolder} from './host-lock-holder.ts';
import type {Session} from './session.ts';

/**
 * Runs work under the cluster's run lock: only one command at a time may change a cluster. Inside the sandbox the lock
 * is already held by the process outside.
 * @param command verb and arguments: `up`, `move master`
 * @throws UserError (exit code 5) if another process holds the lock
 */
export async function withLock<Result>(
	session: Session,
	command: string,
	work: () => Promise<Result>,
): Promise<Result> {
	if (isRunningInSandbox()) {
		return work();
	}

	const lock = await takeRunLock(session.state.path, {
		command: commandLine(command, session.options),
		verb: command.split(' ')[0]!,
	});
	if ('holder' in lock) {
		throw new UserError(
			'cluster-busy',
			sessionMessages.lockHeld(lock.holder && {...lock.holder, since: timeOfDay(lock.holder.since)})[session.language],
		);
	}

	try {
		session.journal.repair();
		return await work();
	} finally {
		await lock.release();
	}
}

/** The command that holds the run lock; undefined if there is none. Inside the sandbox, the process outside reports it. */
export function lockHolder({state}: Pick<Session, 'state'>): LockHolder | undefined {
	return isRunningInSandbox() ? hostLockHolder() : runLockHolder(state.path);
}

import {UserError} from '../engine/failure.ts';
import {sessionMessages} from '../messages/session.ts';
import {takeRunLock} from '../state/run-lock.ts';
import {isInside} from './inside.ts';
import type {Session} from './session.ts';

/** Runs work that changes something: one at a time for each cluster. Inside the sandbox the part outside holds the lock. */
export async function withLock<Result>(session: Session, command: string, work: () => Promise<Result>): Promise<Result> {
	if (isInside()) {
		return work();
	}

	const lock = await takeRunLock(session.state.path, command);
	if ('holder' in lock) {
		throw new UserError(sessionMessages.lockHeld(lock.holder)[session.language], 5);
	}

	try {
		session.journal.repair();
		return await work();
	} finally {
		await lock.release();
	}
}

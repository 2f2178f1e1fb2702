import {UserError} from '../engine/failure.ts';
import {NotRegularFile} from '../engine/regular-file.ts';
import {sessionMessages} from '../messages/session.ts';
import {takeRunLock} from '../state/run-lock.ts';
import {isInside} from './sandbox.ts';
import type {Session} from './session.ts';

/** Runs work that changes something: one at a time for each cluster. Inside the sandbox the part outside holds the lock. */
export async function withLock<Result>(session: Session, command: string, work: () => Promise<Result>): Promise<Result> {
	if (isInside()) {
		return work();
	}

	const path = session.state.file('lock');
	const lock = await takeRunLock(path, command).catch((error: unknown) => {
		throw error instanceof NotRegularFile ? new UserError(sessionMessages.notRegularFile(path)[session.language], 2) : error;
	});
	if ('holder' in lock) {
		throw new UserError(sessionMessages.lockHeld(lock.holder)[session.language], 5);
	}

	try {
		return await work();
	} finally {
		lock.release();
	}
}

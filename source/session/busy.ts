import {UserError} from '../user-error.ts';
import type {Text} from '../languages/text.ts';
import {activeCommandText} from '../measure/health/note.ts';
import {busyMessages} from './busy-messages.ts';
import {runningCommand} from './cluster-health.ts';
import {isRunningInSandbox} from './in-sandbox.ts';
import type {Session} from './session.ts';

/**
 * Refuses a command while another process works on the cluster, because it could not run or its results would be wrong.
 * @param why sentence on why the command has to wait
 * @throws UserError (exit code 5) if another process holds the cluster's lock
 */
export function requireIdle(session: Session, why: Text): void {
	const text = busyText(session);
	if (text) {
		throw new UserError('cluster-busy', `${text[session.language]} ${why[session.language]}`);
	}
}

/**
 * Prints on standard error that another process is building the cluster for the first time, so its page may not respond
 * yet.
 */
export function warnWhileBuilding(session: Session): void {
	// The process outside the sandbox has already printed it.
	const text = !isRunningInSandbox() && runningCommand(session)?.isFirst ? busyText(session) : undefined;
	if (text) {
		process.stderr.write(`${text[session.language]} ${busyMessages.page[session.language]}\n`);
	}
}

/** Sentence on another process that works on the cluster; undefined if there is none. */
function busyText(session: Session): Text | undefined {
	const work = runningCommand(session);
	if (!work || work.pid === process.pid) {
		return undefined;
	}

	const {
		plan,
		journal,
		cluster: {name},
	} = session;
	const progress = work.isFirst
		? busyMessages.progress(plan.filter(({id}) => journal.isDone(id)).length, plan.length)
		: undefined;
	return busyMessages.busy(name, activeCommandText(work), progress);
}

import {UserError} from '../user-error.ts';
import type {Text} from '../languages/text.ts';
import {workText} from '../measure/health/note.ts';
import {busyMessages} from './busy-messages.ts';
import {workOn} from './cluster-health.ts';
import {isInside} from './inside.ts';
import type {Session} from './session.ts';

/**
 * Refuses a command that another process at work on the cluster makes impossible, or whose findings it would make untrue.
 * @param why the command has to wait
 * @throws UserError with exit code 5 if another process holds the cluster's lock
 */
export function refuseWhileBusy(session: Session, why: Text): void {
	const text = busyText(session);
	if (text) {
		throw new UserError(`${text[session.language]} ${why[session.language]}`, 5);
	}
}

/** Tells on standard error that another process is building the cluster for the first time: its page may not answer yet. */
export function noteWhileBuilt(session: Session): void {
	// The part outside a sandbox has told already.
	const text = !isInside() && workOn(session)?.isFirst ? busyText(session) : undefined;
	if (text) {
		process.stderr.write(`${text[session.language]} ${busyMessages.page[session.language]}\n`);
	}
}

/** Sentence on the other process that works on the cluster; undefined while none does. */
function busyText(session: Session): Text | undefined {
	const work = workOn(session);
	if (!work || work.pid === process.pid) {
		return undefined;
	}

	const {plan, journal, cluster: {name}} = session;
	const progress = work.isFirst ? busyMessages.progress(plan.filter(({id}) => journal.isDone(id)).length, plan.length) : undefined;
	return busyMessages.busy(name, workText(work), progress);
}

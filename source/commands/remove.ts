import type {Owned} from '../engine/journal.ts';
import {sessionMessages} from '../messages/session.ts';
import {localTarget} from '../targets/local.ts';
import type {Target} from '../engine/target.ts';
import {insideTarget} from './sandbox.ts';
import type {Session} from './session.ts';

/** Seconds for one removal. */
const removalLimit = 120;

/**
 * Removes what the journal says is ours, the last made first, and looks afterwards whether it is gone.
 * Each is written down as removed, so an interrupted removal goes on where it stopped. Returns what is still there.
 */
export async function removeOwned(session: Session, owned: readonly Owned[], signal: AbortSignal): Promise<Owned[]> {
	const {journal, language, cluster} = session;
	const left: Owned[] = [];
	const machine = localTarget('machine');
	const host = cluster.sandbox ? insideTarget(session) : machine;
	for (const item of owned.toReversed()) {
		if (signal.aborted) {
			break;
		}

		const target = item.place === 'machine' ? machine : host;
		const reason = target ? await removeOne(target, item, signal) : sessionMessages.sandboxState(false)[language];
		if (reason === undefined) {
			journal.append({type: 'removed', kind: item.kind, name: item.name});
			process.stderr.write(`${sessionMessages.down.removed(`${item.kind} ${item.name}`)[language]}\n`);
		} else {
			left.push(item);
			process.stderr.write(`${sessionMessages.down.notGone(`${item.kind} ${item.name}`, reason)[language]}\n`);
		}
	}

	return left;
}

/** Undefined when it is gone, else why it is not. */
async function removeOne(target: Target, {remove, gone}: Owned, signal: AbortSignal): Promise<string | undefined> {
	const lines: string[] = [];
	const options = {signal, limit: removalLimit, onLine: (line: string) => lines.push(line)};
	await target.exec(remove, options);
	const seen = await target.exec(gone, options);
	return seen.code === 0 ? undefined : lines.at(-1) ?? `exit ${seen.code}`;
}

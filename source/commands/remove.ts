import {render} from '../shell/command.ts';
import type {OwnedResource, Removal} from '../engine/resource.ts';
import type {Target} from '../engine/target.ts';
import {resourceText} from '../engine/resource-names.ts';
import {sessionMessages} from './messages.ts';
import {localTarget} from '../targets/local.ts';
import {labelOf, removal} from '../tasks/removal.ts';
import {shortened} from '../text/clean.ts';
import {isInside} from './inside.ts';
import {insideTarget} from './sandbox.ts';
import {warn} from './say.ts';
import type {Session} from './session.ts';

/** Seconds for one removal, where its command says nothing else, and characters of why it failed. */
const removalLimit = 120;
const longestReason = 500;

/**
 * Removes what the journal says is ours, the last made first, and looks afterwards whether it is gone.
 * Each is written down as removed, so an interrupted removal goes on where it stopped. Returns what is still there.
 */
export async function removeOwned(session: Session, owned: readonly OwnedResource[], signal: AbortSignal): Promise<OwnedResource[]> {
	const {journal, language, cluster} = session;
	const left: OwnedResource[] = [];
	const machine = localTarget('machine');
	const host = cluster.sandbox && !isInside() ? insideTarget(session) : machine;
	for (const resource of owned.toReversed()) {
		if (signal.aborted) {
			break;
		}

		const target = resource.place === 'machine' ? machine : host;
		const name = resourceText(labelOf(resource, cluster.paths))[language];
		// A sandbox that others can change is neither run nor deleted.
		const isForeign = resource.kind === 'sandbox' && !session.state.isUsable('sandbox');
		const reason = isForeign ? sessionMessages.down.foreignSandbox[language] : target ? await removeOne(target, removal(resource, cluster.paths), signal) : sessionMessages.sandboxState(false)[language];
		if (reason === undefined) {
			journal.append({type: 'removed', kind: resource.kind, name: resource.name});
			warn(sessionMessages.down.removed(name)[language]);
		} else {
			left.push(resource);
			warn(sessionMessages.down.notGone(name, reason)[language]);
		}
	}

	return left;
}

/** Undefined when it is gone, else why it is not. */
async function removeOne(target: Target, {remove, gone}: Removal, signal: AbortSignal): Promise<string | undefined> {
	let last: string | undefined;
	const options = {signal, limit: remove.limit ?? removalLimit, onLine(line: string) {
		last = shortened(line, longestReason);
	}};
	const {code} = await target.exec(render(remove, 'execute'), options);
	// The command that failed knows why; the look afterwards knows what is left.
	const why = code === 0 ? undefined : last;
	const seen = await target.exec(render(gone, 'execute'), options);
	return seen.code === 0 ? undefined : why ?? last ?? `exit ${seen.code}`;
}

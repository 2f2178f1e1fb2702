import {render} from '../shell/command.ts';
import type {OwnedResource, Removal} from '../engine/resource.ts';
import type {Target} from '../engine/target.ts';
import {resourceText} from '../engine/resource-names.ts';
import {sessionMessages} from '../session/messages.ts';
import {localTarget} from '../targets/local.ts';
import {resourceLabel, removal} from '../tasks/removal.ts';
import {shortened} from '../text/clean.ts';
import {isRunningInSandbox} from '../session/in-sandbox.ts';
import {sandboxHostTarget} from '../session/sandbox.ts';
import {printWarning} from '../session/print.ts';
import type {Session} from '../session/session.ts';

/** Default time limit of one removal in seconds, and maximum characters of the reason of a failure. */
const removalLimit = 120;
const longestReason = 500;

/**
 * Removes resources, last created first, and checks that each is gone. Records each removal in the journal, so that an
 * interrupted run can be resumed. Returns the resources that still exist.
 */
export async function removeOwned(
	session: Session,
	owned: readonly OwnedResource[],
	signal: AbortSignal,
): Promise<OwnedResource[]> {
	const {journal, language, cluster} = session;
	const left: OwnedResource[] = [];
	const machine = localTarget('machine');
	const host = cluster.sandbox && !isRunningInSandbox() ? sandboxHostTarget(session) : machine;
	for (const resource of owned.toReversed()) {
		if (signal.aborted) {
			break;
		}

		const target = resource.place === 'machine' ? machine : host;
		const name = resourceText(resourceLabel(resource, cluster.paths))[language];
		// A sandbox that other users can change is neither run nor deleted.
		const isForeign = resource.kind === 'sandbox' && !session.state.isUsable('sandbox');
		const reason = isForeign
			? sessionMessages.down.foreignSandbox[language]
			: target
				? await removeOne(target, removal(resource, cluster.paths), signal)
				: sessionMessages.sandboxState(false)[language];
		if (reason === undefined) {
			journal.append({type: 'removed', kind: resource.kind, name: resource.name});
			printWarning(sessionMessages.down.removed(name)[language]);
		} else {
			left.push(resource);
			printWarning(sessionMessages.down.notGone(name, reason)[language]);
		}
	}

	return left;
}

/** Returns undefined if the resource is gone, otherwise the reason. */
async function removeOne(target: Target, {remove, gone}: Removal, signal: AbortSignal): Promise<string | undefined> {
	let last: string | undefined;
	const options = {
		signal,
		limit: remove.limit ?? removalLimit,
		onLine(line: string) {
			last = shortened(line, longestReason);
		},
	};
	const {code} = await target.exec(render(remove, 'execute'), options);
	// The removal's own message is preferred; the check afterwards only says what is left.
	const why = code === 0 ? undefined : last;
	const seen = await target.exec(render(gone, 'execute'), options);
	return seen.code === 0 ? undefined : (why ?? last ?? `exit ${seen.code}`);
}

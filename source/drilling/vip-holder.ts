import type {Node} from '../cluster/cluster.ts';
import {lockFolder} from '../cluster/lock-folder.ts';
import {Interrupted} from '../engine/failure.ts';
import {lockOf, runChecks} from '../engine/round-trip.ts';
import {groupOn} from '../tasks/group.ts';
import type {DrillSession} from './drill-session.ts';

/** Returns the director on which the whole group runs. */
export async function holderOf({
	session: {cluster},
	context: {target, timeoutScale, signal},
}: DrillSession): Promise<Node | undefined> {
	for (const director of cluster.directors) {
		const [result] = await runChecks([groupOn(director)], {
			target: target(director.name),
			lock: lockOf(lockFolder(cluster), 'move'),
			timeoutScale,
			signal,
		});
		if (signal.aborted) {
			throw new Interrupted();
		}

		if (result?.code === 0) {
			return director;
		}
	}

	return undefined;
}

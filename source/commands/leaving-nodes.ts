import {nodeOwning, type OwnedResource} from '../engine/resource.ts';
import {removeOwned} from './remove.ts';
import type {Session} from './session.ts';

/**
 * Machines and disks of nodes that were built and are not in the answers any more. Read from the journal, which an
 * interrupted run leaves behind as well, and not from the inventory, which it may have written already.
 */
export function leavingResources({journal, cluster}: Pick<Session, 'journal' | 'cluster'>): OwnedResource[] {
	const wanted = new Set(cluster.nodes.map(({name}) => name));
	return journal.owned().filter(resource => {
		const node = nodeOwning(resource);
		return node !== undefined && !wanted.has(node);
	});
}

/** Names of the nodes in `leavingResources`. */
export function leavingNodes(session: Pick<Session, 'journal' | 'cluster'>): string[] {
	return [...new Set(leavingResources(session).flatMap(resource => nodeOwning(resource) ?? []))].toSorted();
}

/** Number of resources that were removed, and of those that could not be. */
export interface Leave {
	readonly removed: number;
	readonly left: number;
}

/**
 * Removes the leaving nodes. Comes after the rest of the cluster has been built without them, so that no request goes to
 * them any more.
 */
export async function removeLeavingNodes(session: Session, signal: AbortSignal): Promise<Leave> {
	const leaving = leavingResources(session);
	const {length: left} = await removeOwned(session, leaving, signal);
	return {removed: leaving.length - left, left};
}

import {nodeOwning, type OwnedResource} from '../engine/resource.ts';
import {removeOwned} from './remove.ts';
import type {Session} from '../session/session.ts';

/**
 * VMs and disks of nodes that were built but are no longer in the answers. Read from the journal, not from the
 * inventory, which an interrupted run may already have overwritten.
 */
export function leavingResources({journal, cluster}: Pick<Session, 'journal' | 'cluster'>): OwnedResource[] {
	const wanted = new Set(cluster.nodes.map(({name}) => name));
	return journal.owned().filter(resource => {
		const node = nodeOwning(resource);
		return node !== undefined && !wanted.has(node);
	});
}

/** Names of the nodes in `leavingResources`. */
export function obsoleteNodes(session: Pick<Session, 'journal' | 'cluster'>): string[] {
	return [...new Set(leavingResources(session).flatMap(resource => nodeOwning(resource) ?? []))].toSorted();
}

/** Numbers of resources that were removed, and that could not be removed. */
export interface RemovalCount {
	readonly removed: number;
	readonly left: number;
}

/**
 * Removes the leaving nodes. Called after the rest of the cluster has been built without them, when they get no more
 * requests.
 */
export async function removeLeavingNodes(session: Session, signal: AbortSignal): Promise<RemovalCount> {
	const leaving = leavingResources(session);
	const {length: left} = await removeOwned(session, leaving, signal);
	return {removed: leaving.length - left, left};
}

import {createHash} from 'node:crypto';
import {join} from 'node:path';
import type {Cluster} from './cluster.ts';
import {defaultParent} from '../state/owned-ancestor.ts';

/**
 * Name of the folder below `locksFolder` for a cluster's locks and marks: the cluster's name, with a hash of the state
 * directory's path if that is not the default one. Clusters of the same name in different sandboxes must neither wait for
 * each other nor remove each other's locks.
 */
export function lockFolder({name, paths}: Pick<Cluster, 'name' | 'paths'>): string {
	return paths.state === join(defaultParent, name)
		? name
		: `${name}-${createHash('sha256').update(paths.state).digest('hex').slice(0, 8)}`;
}

import {createHash} from 'node:crypto';
import {join} from 'node:path';
import type {Cluster} from './cluster.ts';
import {defaultParent} from '../state/inside-ours.ts';

/**
 * The folder of a cluster's locks and marks below `locksFolder`: its name, followed by digits of its state's path where
 * that is not the usual one. Two clusters of the same name in sandboxes of their own must not wait for each other, nor
 * remove each other's locks.
 */
export function lockFolder({name, paths}: Pick<Cluster, 'name' | 'paths'>): string {
	return paths.state === join(defaultParent, name) ? name : `${name}-${createHash('sha256').update(paths.state).digest('hex').slice(0, 8)}`;
}

import {statSync} from 'node:fs';
import {join} from 'node:path';
import type {Cluster} from '../cluster/cluster.ts';
import {baseImage} from './image.ts';

/** Milliseconds for which assets/images/verify accepts old images after new ones could not be made. */
const keptFor = 10 * 60_000;

/** Whether images older than the answers allow are in use, because packages could not be fetched. */
export function usesOldImages(cluster: Cluster): boolean {
	const tried = statSync(join(baseImage(cluster).archive, 'unreachable'), {throwIfNoEntry: false});
	return tried !== undefined && Date.now() - tried.mtimeMs < keptFor;
}

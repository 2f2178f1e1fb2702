import {statSync} from 'node:fs';
import {join} from 'node:path';
import type {Cluster} from '../cluster/cluster.ts';
import {baseImage} from './image.ts';

/** Milliseconds during which assets/images/verify accepts outdated images after a failed download. */
const keptFor = 10 * 60_000;

/** Whether images older than `maxImageAge` are in use, because packages could not be downloaded. */
export function usesExpiredImages(cluster: Cluster): boolean {
	const tried = statSync(join(baseImage(cluster).archive, 'unreachable'), {throwIfNoEntry: false});
	return tried !== undefined && Date.now() - tried.mtimeMs < keptFor;
}

import {existsSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {removeEmpty} from './remove-empty.ts';

/**
 * Removes the locks and marks that a cluster has left on this machine: the files in its own folder, and the folders that
 * are empty then.
 * @param root the folder with a folder for each cluster
 */
export function removeUnitLocks(root: string, cluster: string): void {
	const folder = join(root, cluster);
	for (const entry of existsSync(folder) ? readdirSync(folder, {withFileTypes: true}) : []) {
		if (!entry.isDirectory()) {
			rmSync(join(folder, entry.name));
		}
	}

	removeEmpty(folder);
	removeEmpty(root);
}

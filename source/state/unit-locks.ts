import {existsSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {removeEmpty} from './remove-empty.ts';

/**
 * Removes a cluster's locks and marks on this machine: the files in its folder, and then the empty folders.
 * @param root folder that contains one folder per cluster
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

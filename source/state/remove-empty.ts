import {rmdirSync} from 'node:fs';

/**
 * Removes a folder if it is empty. Keeps a folder that is not empty or is a mount point, and anything that is not a
 * folder.
 */
export function removeEmpty(folder: string): void {
	try {
		rmdirSync(folder);
	} catch (error) {
		if (!['ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '')) {
			throw error;
		}
	}
}

import {rmdirSync} from 'node:fs';

/** Removes a folder if it is empty. A folder that is not, or on which something is mounted, is kept; so is anything else. */
export function removeEmpty(folder: string): void {
	try {
		rmdirSync(folder);
	} catch (error) {
		if (!['ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '')) {
			throw error;
		}
	}
}

import {lstatSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {markerFile} from './layout.ts';

/** Default parent folder of all clusters' state directories; it also contains the preferences. */
export const defaultParent = '/var/lib/cluster-wizard';

/**
 * Tag file that marks an image cache, for this program and for backup programs (Cache Directory Tagging Specification,
 * version 0.6).
 */
export const tagFile = 'CACHEDIR.TAG';

/**
 * Returns the state directory or image cache that contains a path; for the parent folder of all clusters or a path in
 * its preferences, that parent folder. Anything at such a path would be removed with the returned folder. Undefined if
 * there is none.
 * @param path absolute path
 */
export function ownedAncestor(path: string): string | undefined {
	if (path === defaultParent || path.startsWith(`${defaultParent}/.`)) {
		return defaultParent;
	}

	for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
		if ([markerFile, tagFile].some(name => lstatSync(join(folder, name), {throwIfNoEntry: false}))) {
			return folder;
		}
	}

	return undefined;
}

import {lstatSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {markerFile} from './layout.ts';

/** The folder with a folder for each cluster, and with the preferences, where no other is chosen. */
export const defaultParent = '/var/lib/cluster-wizard';

/** Marks an image cache for us and for backup programs (Cache Directory Tagging Specification, version 0.6). */
export const tagFile = 'CACHEDIR.TAG';

/**
 * The state directory or image cache that a path lies in, or the folder of all clusters if the path is that one or one of
 * its preferences: removing that would remove what is in the path. Undefined if there is none.
 * @param path absolute
 */
export function insideOurs(path: string): string | undefined {
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

import {lstatSync, readlinkSync} from 'node:fs';
import {join, resolve, sep} from 'node:path';
import {isPrivatelyWritten, isTrustedOwner} from './regular-file.ts';

/** Reason why root must not rely on a path: another user could place other files there. */
export interface UnsafePath {
	/** The folder or link that another user controls. */
	readonly path: string;
	readonly reason: 'owner' | 'writable' | 'not-a-folder' | 'links';
	/** Id of the user that owns it. */
	readonly uid?: number;
}

/** Maximum number of symbolic links followed, as in the kernel (MAXSYMLINKS). */
const mostLinks = 40;

/**
 * Returns the first folder on the way to a path that other users could change; undefined if there is none. The path
 * itself and missing folders are not checked. A sticky folder such as /tmp is safe, because nobody can replace entries
 * of others in it.
 * @param path absolute path
 */
export function unsafeAncestor(path: string): UnsafePath | undefined {
	let todo = resolve(path).split(sep).filter(Boolean);
	let folder = '/';
	let links = 0;
	while (todo.length > 0) {
		const found = lstatSync(folder, {throwIfNoEntry: false});
		if (!found) {
			return undefined;
		}

		if (!found.isDirectory()) {
			return {path: folder, reason: 'not-a-folder'};
		}

		if (!isTrustedOwner(found)) {
			return {path: folder, reason: 'owner', uid: found.uid};
		}

		const isSticky = (found.mode & 0o1000) !== 0;
		if (!isPrivatelyWritten(found) && !isSticky) {
			return {path: folder, reason: 'writable', uid: found.uid};
		}

		const [name, ...rest] = todo as [string, ...string[]];
		const next = join(folder, name);
		const entry = lstatSync(next, {throwIfNoEntry: false});
		if (entry && rest.length > 0 && !isTrustedOwner(entry)) {
			return {path: next, reason: 'owner', uid: entry.uid};
		}

		if (entry?.isSymbolicLink() && rest.length > 0) {
			links++;
			if (links > mostLinks) {
				return {path: next, reason: 'links'};
			}

			todo = [...resolve(folder, readlinkSync(next)).split(sep).filter(Boolean), ...rest];
			folder = '/';
		} else {
			todo = rest;
			folder = next;
		}
	}

	return undefined;
}

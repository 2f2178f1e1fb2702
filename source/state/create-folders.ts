import {chmodSync, existsSync, mkdirSync} from 'node:fs';
import {dirname} from 'node:path';
import {UserError} from '../user-error.ts';
import {phrase, type Language} from '../languages/text.ts';
import {stateMessages} from './messages.ts';
import {errorReason} from '../languages/system-errors.ts';
import {defaultParent} from './owned-ancestor.ts';
import {removeEmpty} from './remove-empty.ts';

/**
 * Creates a folder and its missing parents. Returns the number of parents created.
 * @throws UserError (exit code 2) if the folder cannot be created
 */
export function createFolder(path: string, language: Language): number {
	try {
		return Math.max(0, makeMissing(path) - 1);
	} catch (error) {
		// The parent exists, but its file system, such as /proc, does not support new folders.
		const reason =
			(error as NodeJS.ErrnoException).code === 'ENOENT'
				? phrase('no folder can be made there')
				: errorReason(error, path);
		throw new UserError('folder-not-made', stateMessages.cannotMake(path, reason)[language]);
	}
}

/** Creates the parent folder of all clusters. Everyone may enter it, because each cluster's own folder restricts access. */
export function createClustersFolder(): void {
	mkdirSync(defaultParent, {recursive: true, mode: 0o755});
	chmodSync(defaultParent, 0o755);
}

/** Removes the parents that were created with a folder, as far as they are empty. */
export function removeFoldersAbove(path: string, count: number): void {
	for (let above = dirname(path), left = count; left > 0; above = dirname(above), left--) {
		removeEmpty(above);
	}
}

/**
 * Creates missing folders one by one: `mkdirSync` with `recursive` never returns below /proc, and reports ENOENT for a
 * read-only file system. Returns the number created.
 */
function makeMissing(path: string): number {
	if (existsSync(path)) {
		return 0;
	}

	const above = makeMissing(dirname(path));
	try {
		mkdirSync(path, {mode: 0o755});
	} catch (error) {
		// Another process of this program has just created it.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
			throw error;
		}
	}

	return above + 1;
}

import {chmodSync, existsSync, mkdirSync} from 'node:fs';
import {dirname} from 'node:path';
import {UserError} from '../user-error.ts';
import {phrase, type Language} from '../languages/text.ts';
import {stateMessages} from './messages.ts';
import {thrownReason} from '../languages/system-errors.ts';
import {defaultParent} from './inside-ours.ts';
import {removeEmpty} from './remove-empty.ts';

/**
 * Makes a folder and those above it that are missing. Returns how many of those above it made.
 * @throws UserError with exit code 2 where no folder can be made
 */
export function makeFolder(path: string, language: Language): number {
	try {
		return Math.max(0, makeMissing(path) - 1);
	} catch (error) {
		// The folder above is there: its file system, such as /proc, takes none.
		const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? phrase('no folder can be made there') : thrownReason(error, path);
		throw new UserError(stateMessages.cannotMake(path, reason)[language], 2);
	}
}

/** Makes the folder of all clusters. Anybody may pass it, as each cluster in it says who may look into it. */
export function openClustersFolder(): void {
	mkdirSync(defaultParent, {recursive: true, mode: 0o755});
	chmodSync(defaultParent, 0o755);
}

/** Removes the folders above a folder that were made with it, as far as they are empty. */
export function removeFoldersAbove(path: string, count: number): void {
	for (let above = dirname(path), left = count; left > 0; above = dirname(above), left--) {
		removeEmpty(above);
	}
}

/** `mkdirSync` with `recursive` never returns below /proc, and says ENOENT of a read-only file system. */
function makeMissing(path: string): number {
	if (existsSync(path)) {
		return 0;
	}

	const above = makeMissing(dirname(path));
	try {
		mkdirSync(path, {mode: 0o755});
	} catch (error) {
		// Another process of ours has just made it.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
			throw error;
		}
	}

	return above + 1;
}

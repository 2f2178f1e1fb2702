import {existsSync, mkdirSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';
import type {StateDirectory} from './directory.ts';
import {writeTrusted} from './safe-file.ts';

/** Name of the folder, next to a run's logs, for the files that the run has overwritten. */
export const backupFolder = 'backup';

export interface OverwrittenFile {
	/** Place in the plan: `host`, `machine` or a node's name. */
	readonly place: string;
	/** Absolute path at that place. */
	readonly path: string;
	readonly content: Buffer;
}

/**
 * Saves the previous content of a file as `logs/RUN/backup/PLACE/PATH`, readable only by root. If a run overwrites a
 * file twice, the first content is kept. Returns the copy's path; undefined if there is already a copy.
 */
export function backUpFile(
	state: StateDirectory,
	run: string,
	{place, path, content}: OverwrittenFile,
): string | undefined {
	const folder = state.file('logs', run, backupFolder, place);
	const copy = join(folder, normalize(path));
	if (existsSync(copy)) {
		return undefined;
	}

	mkdirSync(dirname(copy), {recursive: true, mode: 0o700});
	writeTrusted(copy, content, {mode: 0o600});
	return copy;
}

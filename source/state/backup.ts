import {existsSync, mkdirSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';
import type {StateDirectory} from './directory.ts';
import {writeTrusted} from './safe-file.ts';

/** Name of the folder beside the logs of a run with the files that it has overwritten. */
export const backupFolder = 'backup';

export interface OverwrittenFile {
	/** `host`, `machine` or a node's name. */
	readonly place: string;
	/** Absolute, on that machine. */
	readonly path: string;
	readonly content: Buffer;
}

/**
 * Keeps a file that is about to be overwritten, `logs/RUN/backup/NODE/etc/hosts`, readable for root alone. Of a file that a
 * run overwrites twice the first content is kept. Returns the copy's path; undefined if there is one already.
 */
export function keepCopy(state: StateDirectory, run: string, {place, path, content}: OverwrittenFile): string | undefined {
	const folder = state.file('logs', run, backupFolder, place);
	const copy = join(folder, normalize(path));
	if (existsSync(copy)) {
		return undefined;
	}

	mkdirSync(dirname(copy), {recursive: true, mode: 0o700});
	writeTrusted(copy, content, {mode: 0o600});
	return copy;
}

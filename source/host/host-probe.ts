import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, statfsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {cleanText} from '../text/clean.ts';
import {readText} from '../text/read-text.ts';

/** Read-only access to a computer's files and commands. Tests provide their own implementation. */
export interface HostProbe {
	/** Whether private files of the system can be read. */
	readonly isRoot: boolean;
	/** The cleaned text of a file; undefined if the file does not exist or cannot be read. */
	file(path: string): string | undefined;
	exists(path: string): boolean;
	/** Sorted names in a folder; empty if the folder cannot be read. */
	list(folder: string): string[];
	/** The cleaned output of a command; undefined if the command does not exist or fails. */
	run(command: string, ...words: string[]): string | undefined;
	/** Free MiB for an ordinary user at this path, or at its nearest existing parent folder. */
	free(path: string): number;
}

/** Reads from the computer that this program runs on. */
export const localHost: HostProbe = {
	isRoot: process.getuid?.() === 0,
	file(path) {
		try {
			return readText(path);
		} catch {
			return undefined;
		}
	},
	exists: existsSync,
	list(folder) {
		try {
			return readdirSync(folder).sort();
		} catch {
			return [];
		}
	},
	run(command, ...words) {
		try {
			return cleanText(
				execFileSync(command, words, {
					timeout: 10_000,
					maxBuffer: 2 ** 26,
					stdio: ['ignore', 'pipe', 'ignore'],
					// An ordinary user's PATH has no sbin on Debian.
					env: {...process.env, LC_ALL: 'C', PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`},
				}),
			);
		} catch {
			return undefined;
		}
	},
	free(path) {
		let folder = path;
		while (!existsSync(folder)) {
			folder = dirname(folder);
		}

		const {bavail, bsize} = statfsSync(join(folder));
		return Math.floor((bavail * bsize) / 2 ** 20);
	},
};

import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, statfsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {cleanText} from '../text/clean.ts';
import {readText} from '../text/read-text.ts';

/** How facts are read. Nothing of it changes the machine; a test has one of its own. */
export interface MachineReader {
	/** Whether private files of the system can be read. */
	readonly isRoot: boolean;
	/** The text of a file, clean, or nothing if it is not there or not for us. */
	file(path: string): string | undefined;
	exists(path: string): boolean;
	/** Names in a folder, sorted; none if there is no such folder. */
	list(folder: string): string[];
	/** A command's output, clean; nothing if it is missing or fails. */
	run(command: string, ...words: string[]): string | undefined;
	/** MiB that an ordinary user may still write at this path, or at the nearest folder above that exists. */
	free(path: string): number;
}

/** The machine this program runs on. */
export const thisMachine: MachineReader = {
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
			return cleanText(execFileSync(command, words, {
				timeout: 10_000,
				maxBuffer: 2 ** 26,
				stdio: ['ignore', 'pipe', 'ignore'],
				// An ordinary user's PATH has no sbin on Debian.
				env: {...process.env, LC_ALL: 'C', PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`},
			}));
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
		return Math.floor((bavail * bsize) / (2 ** 20));
	},
};

import {closeSync, constants, fchownSync, fstatSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeSync, type Stats} from 'node:fs';
import {dirname} from 'node:path';
import {isPrivatelyWritten, isTrustedOwner, readStart} from './regular-file.ts';

/** Bytes of the largest state file that is read: far above what 50 nodes and years of runs need. */
const largest = 64 * 2 ** 20;

/** Why a file of ours is not read. */
export type FileTrouble = 'link' | 'type' | 'owner' | 'writable' | 'size' | 'unreadable';

/** A file that is not what the program wrote: a link, a device, somebody else's, or too large. */
export class UntrustedFile extends Error {
	override readonly name = 'UntrustedFile';
	readonly path: string;
	readonly trouble: FileTrouble;

	constructor(path: string, trouble: FileTrouble) {
		super(`${path}: ${trouble}`);
		this.path = path;
		this.trouble = trouble;
	}
}

/** How a path differs from a file or folder that only we can write; undefined if it does not, or is missing. */
export function troubleWith(path: string, kind: 'file' | 'folder'): FileTrouble | undefined {
	const found = lstatSync(path, {throwIfNoEntry: false});
	if (!found) {
		return undefined;
	}

	return troubleOf(found, kind);
}

/** Another name of a file (a hard link) may lie anywhere: `down` and writing would leave it, reading would show it. */
function troubleOf(found: Stats, kind: 'file' | 'folder'): FileTrouble | undefined {
	if (found.isSymbolicLink() || (found.isFile() && found.nlink > 1)) {
		return 'link';
	}

	if (!(kind === 'file' ? found.isFile() : found.isDirectory())) {
		return 'type';
	}

	if (!isTrustedOwner(found)) {
		return 'owner';
	}

	if (!isPrivatelyWritten(found)) {
		return 'writable';
	}

	return kind === 'file' && found.size > largest ? 'size' : undefined;
}

/**
 * Reads a file that only we can have written; undefined if it is missing. No link is followed, no device or FIFO opened.
 * @throws UntrustedFile if it is anything else
 */
export function readTrusted(path: string): Buffer | undefined {
	let file: number;
	try {
		file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') {
			return undefined;
		}

		throw new UntrustedFile(path, code === 'ELOOP' ? 'link' : code === 'ENXIO' ? 'type' : 'unreadable');
	}

	try {
		const found = fstatSync(file);
		const trouble = troubleOf(found, 'file');
		if (trouble) {
			throw new UntrustedFile(path, trouble);
		}

		return readStart(file, largest);
	} finally {
		closeSync(file);
	}
}

export interface WriteOptions {
	/** Octal permissions; 0o600 by default. */
	readonly mode?: number;
	/** The group that the file gets; that of the process by default. */
	readonly group?: number | undefined;
}

/**
 * Writes a file aside, makes sure it is on the disk, and renames it: a reader sees the old content or the new one. A
 * link that lies in the way is replaced, never followed.
 */
export function writeTrusted(path: string, content: string | Buffer, {mode = 0o600, group}: WriteOptions = {}): void {
	const aside = `${path}.new`;
	rmSync(aside, {force: true});
	const file = openSync(aside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, mode);
	try {
		if (group !== undefined && process.geteuid?.() === 0) {
			fchownSync(file, 0, group);
		}

		const bytes = Buffer.from(content as string);
		for (let written = 0; written < bytes.length;) {
			written += writeSync(file, bytes, written);
		}

		fsyncSync(file);
	} catch (error) {
		// A full disk: what is there already stays, and nothing half-written beside it.
		rmSync(aside, {force: true});
		throw error;
	} finally {
		closeSync(file);
	}

	renameSync(aside, path);
	syncFolder(dirname(path));
}

/** Makes sure that a rename is on the disk. */
function syncFolder(path: string): void {
	const folder = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}

import {
	closeSync,
	constants,
	fchownSync,
	fstatSync,
	fsyncSync,
	lstatSync,
	openSync,
	renameSync,
	rmSync,
	writeSync,
	type Stats,
} from 'node:fs';
import {dirname} from 'node:path';
import {isPrivatelyWritten, isTrustedOwner, readStart} from './regular-file.ts';

/** Maximum size in bytes of a state file to be read: far more than 50 nodes and years of runs need. */
const largest = 64 * 2 ** 20;

/** Reason why a state file is not trusted. */
export type TrustProblem = 'link' | 'type' | 'owner' | 'writable' | 'size' | 'unreadable';

/** Thrown for a file that the program did not write: a link, a device, another user's file, or one that is too large. */
export class UntrustedFile extends Error {
	override readonly name = 'UntrustedFile';
	readonly path: string;
	readonly trouble: TrustProblem;

	constructor(path: string, trouble: TrustProblem) {
		super(`${path}: ${trouble}`);
		this.path = path;
		this.trouble = trouble;
	}
}

/**
 * Returns how a path differs from a file or folder that only we can write to; undefined if it does not differ, or is
 * missing.
 */
export function trustProblem(path: string, kind: 'file' | 'folder'): TrustProblem | undefined {
	const found = lstatSync(path, {throwIfNoEntry: false});
	if (!found) {
		return undefined;
	}

	return troubleOf(found, kind);
}

/**
 * A hard link counts as trouble: its other name may be anywhere, `down` and a write would leave that one behind, and a
 * read would reveal its content.
 */
function troubleOf(found: Stats, kind: 'file' | 'folder'): TrustProblem | undefined {
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
 * Reads a file that only we can have written; undefined if it is missing. Follows no links, and opens no device or
 * FIFO.
 * @throws UntrustedFile otherwise
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

export interface SafeWriteOptions {
	/** Permissions; default: 0o600. */
	readonly mode?: number;
	/** Group of the file; default: that of the process. */
	readonly group?: number | undefined;
}

/**
 * Writes a file atomically: writes a temporary file, syncs it to the disk and renames it. A link at the path is
 * replaced, never followed.
 */
export function writeTrusted(
	path: string,
	content: string | Buffer,
	{mode = 0o600, group}: SafeWriteOptions = {},
): void {
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
		// On a full disk, the existing file is kept and the incomplete one removed.
		rmSync(aside, {force: true});
		throw error;
	} finally {
		closeSync(file);
	}

	renameSync(aside, path);
	syncFolder(dirname(path));
}

/** Syncs a folder, so that a rename is on the disk. */
function syncFolder(path: string): void {
	const folder = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}

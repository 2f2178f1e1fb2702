import {closeSync, constants, fstatSync, openSync, readSync, type Stats} from 'node:fs';

/** Whether a file belongs to root or to the user of this process. */
export function isTrustedOwner({uid}: Pick<Stats, 'uid'>): boolean {
	return uid === 0 || uid === process.geteuid?.();
}

/**
 * Whether only the owner (or the group root) can write to a file. A POSIX ACL that lets others write shows in the
 * group's bits.
 */
export function isPrivatelyWritten({mode, gid}: Pick<Stats, 'mode' | 'gid'>): boolean {
	return (mode & 0o002) === 0 && ((mode & 0o020) === 0 || gid === 0);
}

/** Thrown if a path is not a regular file (a link, folder, pipe or device), or if other users can write to the file. */
export class NotRegularFile extends Error {
	override readonly name = 'NotRegularFile';

	constructor(path: string) {
		super(`${path} is not a regular file that only its owner can write`);
	}
}

/**
 * Opens a regular file that has a single hard link and that only its owner can write to. Does not follow a link in the
 * last path component, and does not block on a pipe.
 * @param flags flags of open(2), for instance `O_RDWR | O_CREAT`
 * @throws NotRegularFile, and the errors of open(2)
 */
export function openRegularFile(path: string, flags: number, mode = 0o600): number {
	const {O_NOFOLLOW, O_NONBLOCK, O_NOCTTY} = constants;
	let file: number;
	try {
		file = openSync(path, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode);
	} catch (error) {
		// ENXIO: a pipe without a reader, or a socket.
		throw ['ELOOP', 'EISDIR', 'ENXIO'].includes((error as NodeJS.ErrnoException).code ?? '')
			? new NotRegularFile(path)
			: error;
	}

	const found = fstatSync(file);
	if (!found.isFile() || found.nlink > 1 || !isTrustedOwner(found) || !isPrivatelyWritten(found)) {
		closeSync(file);
		throw new NotRegularFile(path);
	}

	return file;
}

/** Reads an open file from its start, up to `limit` bytes. */
export function readStart(file: number, limit: number): Buffer {
	const bytes = Buffer.alloc(Math.min(limit, fstatSync(file).size));
	let length = 0;
	for (let read = -1; read !== 0 && length < bytes.length; length += read) {
		read = readSync(file, bytes, length, bytes.length - length, length);
	}

	return bytes.subarray(0, length);
}

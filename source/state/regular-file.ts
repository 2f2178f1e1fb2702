import {closeSync, constants, fstatSync, openSync, readSync, type Stats} from 'node:fs';

/** Only root and the user this process runs as may have made it. */
export function isTrustedOwner({uid}: Pick<Stats, 'uid'>): boolean {
	return uid === 0 || uid === process.geteuid?.();
}

/** Nobody but its owner can write to it; a POSIX ACL that lets others write shows in the group's bits. */
export function isPrivatelyWritten({mode, gid}: Pick<Stats, 'mode' | 'gid'>): boolean {
	return (mode & 0o002) === 0 && ((mode & 0o020) === 0 || gid === 0);
}

/** Thrown for a link, a folder, a pipe or a device where a file is expected, and for a file that others can write. */
export class NotRegularFile extends Error {
	override readonly name = 'NotRegularFile';

	constructor(path: string) {
		super(`${path} is not a regular file that only its owner can write`);
	}
}

/**
 * Opens a regular file with one name that nobody else can write, without following a link in the path's last component and without waiting for a pipe's other end.
 * @param flags of open(2), for instance `O_RDWR | O_CREAT`
 * @throws NotRegularFile, and the errors of open(2)
 */
export function openRegularFile(path: string, flags: number, mode = 0o600): number {
	const {O_NOFOLLOW, O_NONBLOCK, O_NOCTTY} = constants;
	let file: number;
	try {
		file = openSync(path, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode);
	} catch (error) {
		// ENXIO: a pipe that nobody reads, or a socket.
		throw ['ELOOP', 'EISDIR', 'ENXIO'].includes((error as NodeJS.ErrnoException).code ?? '') ? new NotRegularFile(path) : error;
	}

	const found = fstatSync(file);
	if (!found.isFile() || found.nlink > 1 || !isTrustedOwner(found) || !isPrivatelyWritten(found)) {
		closeSync(file);
		throw new NotRegularFile(path);
	}

	return file;
}

/** The first bytes of an open file, at most `limit`. */
export function readStart(file: number, limit: number): Buffer {
	const bytes = Buffer.alloc(Math.min(limit, fstatSync(file).size));
	let length = 0;
	for (let read = -1; read !== 0 && length < bytes.length; length += read) {
		read = readSync(file, bytes, length, bytes.length - length, length);
	}

	return bytes.subarray(0, length);
}

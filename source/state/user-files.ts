import {spawnSync} from 'node:child_process';
import {codeOfWords} from '../languages/system-errors.ts';
import {cleanLine, messageOf} from '../text/clean.ts';
import {decodeUncleaned} from '../text/exact.ts';
import {asOwner, plainEnvironment} from './as-owner.ts';
import type {InvokingUser} from './owner.ts';

/*
 * Files in a user's home are read and written by child processes that run as that user, so that the kernel enforces the
 * user's permissions, whatever links are there. Node's own `seteuid` is unsuitable: it is refused where libuv may use
 * io_uring, as in Debian 13, and it affects the whole process.
 */

/** Timeout in milliseconds: the path may be a FIFO or on a dead network drive. */
const patience = 20_000;

/** A failed file operation; `code` as in Node's own errors, if the message is known. */
export class UserFileError extends Error {
	override readonly name = 'UserFileError';
	readonly code: string | undefined;

	constructor(message: string, code = codeOfWords(message)) {
		super(message);
		this.code = code;
	}
}

interface Ended {
	readonly status: number | null;
	readonly stdout: Buffer;
}

/**
 * Runs a shell script with the owner's rights; `words` are its arguments `$1` ….
 * @throws UserFileError unless it ends with one of `codes`
 */
function runAs(
	owner: InvokingUser,
	text: string,
	words: readonly string[],
	{input = '', codes = [0], limit = 2 ** 16}: {input?: string | Buffer; codes?: readonly number[]; limit?: number} = {},
): Ended {
	const [program = '', ...rest] = asOwner(owner, ['sh', '-c', text, 'sh', ...words]);
	const {status, stdout, stderr, error} = spawnSync(program, rest, {
		input,
		cwd: '/',
		env: plainEnvironment(),
		timeout: patience,
		killSignal: 'SIGKILL',
		maxBuffer: limit + 2 ** 16,
	});
	// A program that fails before reading its input breaks the pipe (EPIPE); its own message gives the reason.
	const unable = error && (error as NodeJS.ErrnoException).code !== 'EPIPE' ? error : undefined;
	if (unable || !codes.includes(status ?? -1)) {
		throw unable
			? new UserFileError(messageOf(unable), (unable as NodeJS.ErrnoException).code)
			: new UserFileError(cleanLine(stderr).trim() || `exit ${status}`);
	}

	return {status, stdout};
}

/**
 * Reads a file from its start, up to `limit` bytes; undefined if it is a folder, a FIFO or a device.
 * @throws UserFileError
 */
export function readAsUser(owner: InvokingUser, path: string, limit: number): Buffer | undefined {
	const {status, stdout} = runAs(
		owner,
		'if [ -e "$1" ] && ! [ -f "$1" ]; then exit 3; fi; exec head -c "$2" -- "$1"',
		[path, String(limit)],
		{codes: [0, 3], limit},
	);
	return status === 3 ? undefined : stdout;
}

/**
 * Creates a file that only the owner can read.
 * @throws UserFileError, also if the path already exists
 */
export function writeNewAsUser(owner: InvokingUser, path: string, content: string | Buffer): void {
	runAs(owner, 'umask 077; exec dd of="$1" conv=excl status=none', [path], {input: content});
}

/**
 * Returns the command of a program that writes its standard input to a new file that only the owner can read. The
 * program fails if the path already exists.
 */
export function writerAsUser(owner: InvokingUser, path: string): string[] {
	return asOwner(owner, ['sh', '-c', 'umask 077; exec dd of="$1" conv=excl status=none', 'sh', path]);
}

/** Returns the paths that are regular files, following links. */
export function filesAsUser(owner: InvokingUser, paths: readonly string[]): string[] {
	const {stdout} = runAs(owner, 'for path; do [ ! -f "$path" ] || printf "%s\\0" "$path"; done', paths);
	return namesIn(stdout);
}

/** Names of the entries in a folder; empty if it cannot be read. */
export function namesAsUser(owner: InvokingUser, folder: string): string[] {
	const {stdout} = runAs(owner, 'find "$1" -mindepth 1 -maxdepth 1 -printf "%f\\0" 2>/dev/null || :', [folder], {
		limit: 2 ** 20,
	});
	return namesIn(stdout);
}

/** Removes files, and then the given folders if they are empty. Anything that cannot be removed is kept. */
export function removeAsUser(owner: InvokingUser, files: readonly string[], folders: readonly string[]): void {
	runAs(
		owner,
		'count=$1; shift; while [ "$count" -gt 0 ]; do rm -f -- "$1" 2>/dev/null; shift; count=$((count - 1)); done; for folder; do rmdir -- "$folder" 2>/dev/null; done; :',
		[String(files.length), ...files, ...folders],
	);
}

function namesIn(output: Buffer): string[] {
	return decodeUncleaned(output).split('\0').filter(Boolean);
}

import {spawnSync} from 'node:child_process';
import {codeOfWords} from '../languages/system-errors.ts';
import {cleanLine, messageOf} from '../text/clean.ts';
import {exactText} from '../text/exact.ts';
import {asOwner, plainEnvironment} from './as-owner.ts';
import type {Owner} from './owner.ts';

/*
 * Files below a user's home are read and written by programs that run as that user, so that the kernel decides by the
 * user's rights, whatever links lie there. (Node's own `seteuid` is no way: it is refused where libuv may use io_uring,
 * as in Debian 13, and it changes the whole process.)
 */

/** Milliseconds; somebody may put a FIFO or a dead network drive in the way. */
const patience = 20_000;

/** A file operation that failed; `code` as Node's own errors have it, where it is a known one. */
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

/** Runs shell text with the owner's rights; `$1` … are the words. @throws UserFileError unless it ends with one of the codes */
function runAs(owner: Owner, text: string, words: readonly string[], {input = '', codes = [0], limit = 2 ** 16}: {input?: string | Buffer; codes?: readonly number[]; limit?: number} = {}): Ended {
	const [program = '', ...rest] = asOwner(owner, ['sh', '-c', text, 'sh', ...words]);
	const {status, stdout, stderr, error} = spawnSync(program, rest, {input, cwd: '/', env: plainEnvironment(), timeout: patience, killSignal: 'SIGKILL', maxBuffer: limit + 2 ** 16});
	// A program that fails before it has read its input breaks the pipe; its own words say why it failed.
	const unable = error && (error as NodeJS.ErrnoException).code !== 'EPIPE' ? error : undefined;
	if (unable || !codes.includes(status ?? -1)) {
		throw unable ? new UserFileError(messageOf(unable), (unable as NodeJS.ErrnoException).code) : new UserFileError(cleanLine(stderr).trim() || `exit ${status}`);
	}

	return {status, stdout};
}

/** The first bytes of a file; undefined if it is a folder, a FIFO or a device. @throws UserFileError */
export function readAsUser(owner: Owner, path: string, limit: number): Buffer | undefined {
	const {status, stdout} = runAs(owner, 'if [ -e "$1" ] && ! [ -f "$1" ]; then exit 3; fi; exec head -c "$2" -- "$1"', [path, String(limit)], {codes: [0, 3], limit});
	return status === 3 ? undefined : stdout;
}

/** Makes a new file, private to the owner. @throws UserFileError, also if there is anything at this path */
export function writeNewAsUser(owner: Owner, path: string, content: string | Buffer): void {
	runAs(owner, 'umask 077; exec dd of="$1" conv=excl status=none', [path], {input: content});
}

/** The words of a program that writes its standard input to a new file, private to the owner. It fails if there is anything at this path. */
export function writerAsUser(owner: Owner, path: string): string[] {
	return asOwner(owner, ['sh', '-c', 'umask 077; exec dd of="$1" conv=excl status=none', 'sh', path]);
}

/** Which of these paths are regular files, links followed. */
export function filesAsUser(owner: Owner, paths: readonly string[]): string[] {
	const {stdout} = runAs(owner, 'for path; do [ ! -f "$path" ] || printf "%s\\0" "$path"; done', paths);
	return namesIn(stdout);
}

/** Names in a folder; none if it cannot be read. */
export function namesAsUser(owner: Owner, folder: string): string[] {
	const {stdout} = runAs(owner, 'find "$1" -mindepth 1 -maxdepth 1 -printf "%f\\0" 2>/dev/null || :', [folder], {limit: 2 ** 20});
	return namesIn(stdout);
}

/** Removes files, and then those of the folders that are empty. A folder or file that cannot be removed stays. */
export function removeAsUser(owner: Owner, files: readonly string[], folders: readonly string[]): void {
	runAs(owner, 'count=$1; shift; while [ "$count" -gt 0 ]; do rm -f -- "$1" 2>/dev/null; shift; count=$((count - 1)); done; for folder; do rmdir -- "$folder" 2>/dev/null; done; :', [String(files.length), ...files, ...folders]);
}

function namesIn(output: Buffer): string[] {
	return exactText(output).split('\0').filter(Boolean);
}

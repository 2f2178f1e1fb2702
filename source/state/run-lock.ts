import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, constants, openSync, statSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import {readTrusted, trustProblem, UntrustedFile, writeTrusted} from './safe-file.ts';
import {cleanText} from '../text/clean.ts';
import {parseJson} from '../text/json.ts';

const holderSchema = z.object({
	pid: z.int().positive(),
	/** Complete command line, as the user can repeat it. */
	command: z
		.string()
		.max(4096)
		.regex(/^\P{C}*$/u),
	/** Name of the command: `up`, `verify`, … */
	verb: z.string().regex(/^[a-z]{1,20}$/),
	/** Time at which the lock was taken, ISO 8601. */
	since: z.iso.datetime(),
	/** Id of the child process that holds the lock. */
	keeper: z.int().positive(),
});

export type LockHolder = z.infer<typeof holderSchema>;

/** File in the locked folder that names the holder. */
const holderFile = 'lock';

/** Descriptor of the locked folder in the process that holds the lock. */
const keptFile = 3;

/**
 * Takes the lock of a cluster's state directory, or returns its holder. The lock is on the folder itself, so that no
 * file in it can prevent locking.
 * @param folder folder that only root can change
 */
export async function takeRunLock(
	folder: string,
	{command, verb}: Pick<LockHolder, 'command' | 'verb'>,
): Promise<{release: () => Promise<void>} | {holder: LockHolder | undefined}> {
	const file = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
	try {
		// The lock belongs to the open folder, which only the child keeps open. The child ends when our end of its pipe is
		// closed: the lock is released together with this process, however that ends.
		const child = spawn('sh', ['-c', `flock -n ${keptFile} && echo taken && exec cat >/dev/null`], {
			stdio: ['pipe', 'pipe', 'ignore', file],
			detached: true,
		});
		const isTaken = await new Promise<boolean>((resolve, reject) => {
			child.once('error', reject);
			child.stdout!.once('data', () => {
				resolve(true);
			});
			child.once('exit', code => {
				if (code === 1) {
					resolve(false);
				} else {
					reject(new Error(`flock ended with code ${code}`));
				}
			});
		});
		const path = join(folder, holderFile);
		if (!isTaken) {
			return {holder: runLockHolder(folder)};
		}

		if (!trustProblem(path, 'file')) {
			try {
				writeTrusted(
					path,
					JSON.stringify({
						pid: process.pid,
						command,
						verb,
						since: new Date().toISOString(),
						keeper: child.pid!,
					} satisfies LockHolder),
				);
			} catch {
				// The lock is held even so: a full disk must not prevent `down` from freeing space.
			}
		}

		child.unref();
		(child.stdin as unknown as {unref?: () => void}).unref?.();
		(child.stdout as unknown as {unref?: () => void}).unref?.();
		return {
			async release() {
				child.ref();
				child.stdin!.end();
				if (child.exitCode === null && child.signalCode === null) {
					await once(child, 'exit');
				}
			},
		};
	} finally {
		closeSync(file);
	}
}

/**
 * Returns the holder of a state directory's lock without taking the lock, so that a starting run is not disturbed. The
 * file may be a leftover: it counts only while the process that holds the lock has the folder open. Processes outside a
 * sandbox are invisible inside it, so the result there is undefined.
 */
export function runLockHolder(folder: string): LockHolder | undefined {
	const holder = readHolder(join(folder, holderFile));
	return holder && hasOpen(holder.keeper, folder) ? holder : undefined;
}

/** Whether a process has the folder open as descriptor `keptFile`. */
function hasOpen(pid: number, folder: string): boolean {
	try {
		const [open, own] = [statSync(`/proc/${pid}/fd/${keptFile}`), statSync(folder)];
		return open.dev === own.dev && open.ino === own.ino;
	} catch {
		return false;
	}
}

function readHolder(path: string): LockHolder | undefined {
	try {
		return parseHolder(cleanText(readTrusted(path) ?? ''));
	} catch (error) {
		if (error instanceof UntrustedFile || error instanceof SyntaxError || error instanceof z.ZodError) {
			return undefined;
		}

		throw error;
	}
}

/**
 * Parses a holder from JSON.
 * @throws SyntaxError or ZodError if it is invalid
 */
export function parseHolder(text: string): LockHolder {
	return holderSchema.parse(parseJson(text));
}

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, constants, openSync, statSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import {readTrusted, troubleWith, UntrustedFile, writeTrusted} from './safe-file.ts';
import {cleanText} from '../text/clean.ts';
import {parseJson} from '../text/json.ts';

const holderSchema = z.object({
	pid: z.int().positive(),
	/** The whole line, as the user can repeat it. */
	command: z.string().max(4096).regex(/^\P{C}*$/u),
	/** The command's name: `up`, `verify`, … */
	verb: z.string().regex(/^[a-z]{1,20}$/),
	/** ISO 8601. */
	since: z.iso.datetime(),
	/** The process that keeps the lock, and ends with it. */
	keeper: z.int().positive(),
});

export type LockHolder = z.infer<typeof holderSchema>;

/** Says who holds the lock, in the folder that is locked. */
const holderFile = 'lock';

/** Number of the open folder in the process that keeps the lock. */
const keptFile = 3;

/**
 * Takes the lock of a cluster's state directory, or says who holds it. The folder itself is locked, so that nothing in it
 * can stand in the way.
 * @param folder that nobody else can change
 */
export async function takeRunLock(folder: string, {command, verb}: Pick<LockHolder, 'command' | 'verb'>): Promise<{release: () => Promise<void>} | {holder: LockHolder | undefined}> {
	const file = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
	try {
		// The lock belongs to the open folder, which only the child keeps. The child ends when our end of its pipe is closed:
		// the lock is given up with this process, however that ends.
		const child = spawn('sh', ['-c', `flock -n ${keptFile} && echo taken && exec cat >/dev/null`], {stdio: ['pipe', 'pipe', 'ignore', file], detached: true});
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

		if (!troubleWith(path, 'file')) {
			try {
				writeTrusted(path, JSON.stringify({pid: process.pid, command, verb, since: new Date().toISOString(), keeper: child.pid!} satisfies LockHolder));
			} catch {
				// The lock is held all the same: a full disk must not keep `down` from making room.
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
 * Tells who holds the lock of a state directory, without taking it: a run that begins meanwhile is not in its way. The file that names
 * a holder is left behind by one that has ended; it counts as long as the process that keeps the lock has the folder open.
 * In a sandbox the processes outside cannot be seen, and nobody is told.
 */
export function runLockHolder(folder: string): LockHolder | undefined {
	const holder = readHolder(join(folder, holderFile));
	return holder && hasOpen(holder.keeper, folder) ? holder : undefined;
}

/** Whether a process has the folder open where the keeper of a lock has it. */
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
 * Reads a holder from its JSON.
 * @throws SyntaxError or ZodError if it is none
 */
export function parseHolder(text: string): LockHolder {
	return holderSchema.parse(parseJson(text));
}

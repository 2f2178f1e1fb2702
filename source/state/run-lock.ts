import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, constants, openSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import {readTrusted, troubleWith, UntrustedFile, writeTrusted} from './safe-file.ts';
import {cleanText} from '../text/clean.ts';
import {parseJson} from '../text/json.ts';

const holderSchema = z.object({
	pid: z.int().positive(),
	command: z.string().max(4096).regex(/^\P{C}*$/u),
	/** ISO 8601. */
	since: z.iso.datetime(),
});

export type LockHolder = z.infer<typeof holderSchema>;

/** Says who holds the lock, in the folder that is locked. */
const holderFile = 'lock';

/**
 * Takes the lock of a cluster's state directory, or says who holds it. The folder itself is locked, so that nothing in it
 * can stand in the way.
 * @param folder that nobody else can change
 */
export async function takeRunLock(folder: string, command: string): Promise<{release: () => Promise<void>} | {holder: LockHolder | undefined}> {
	const file = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
	try {
		// The lock belongs to the open folder, which only the child keeps. The child ends when our end of its pipe is closed:
		// the lock is given up with this process, however that ends.
		const child = spawn('sh', ['-c', 'flock -n 3 && echo taken && exec cat >/dev/null'], {stdio: ['pipe', 'pipe', 'ignore', file], detached: true});
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
			return {holder: readHolder(path)};
		}

		if (!troubleWith(path, 'file')) {
			try {
				writeTrusted(path, JSON.stringify({pid: process.pid, command, since: new Date().toISOString()} satisfies LockHolder));
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

function readHolder(path: string): LockHolder | undefined {
	try {
		return holderSchema.parse(parseJson(cleanText(readTrusted(path) ?? '')));
	} catch (error) {
		if (error instanceof UntrustedFile || error instanceof SyntaxError || error instanceof z.ZodError) {
			return undefined;
		}

		throw error;
	}
}

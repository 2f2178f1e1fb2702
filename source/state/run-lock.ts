import {spawn} from 'node:child_process';
import {closeSync, constants, ftruncateSync, writeSync} from 'node:fs';
import * as z from 'zod';
import {openRegularFile, readStart} from '../engine/regular-file.ts';

const holderSchema = z.object({
	pid: z.int().positive(),
	command: z.string().max(4096).regex(/^\P{C}*$/u),
	/** ISO 8601. */
	since: z.iso.datetime(),
});

export type LockHolder = z.infer<typeof holderSchema>;

/** Bytes of the lock's file that are read. */
const holderLimit = 16_384;

/**
 * Takes the cluster's lock, or says who holds it.
 * @throws NotRegularFile for a link or a device at this path, which is neither followed nor written
 */
export async function takeRunLock(path: string, command: string): Promise<{release: () => void} | {holder: LockHolder | undefined}> {
	const file = openRegularFile(path, constants.O_RDWR | constants.O_CREAT);
	try {
		// The lock belongs to the open file, which only the child keeps. The child ends when our end of its pipe is closed:
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
		if (!isTaken) {
			return {holder: readHolder(file)};
		}

		ftruncateSync(file, 0);
		writeSync(file, JSON.stringify({pid: process.pid, command, since: new Date().toISOString()} satisfies LockHolder), 0);
		child.unref();
		(child.stdin as unknown as {unref?: () => void}).unref?.();
		(child.stdout as unknown as {unref?: () => void}).unref?.();
		return {
			release() {
				child.stdin!.end();
			},
		};
	} finally {
		closeSync(file);
	}
}

function readHolder(file: number): LockHolder | undefined {
	try {
		return holderSchema.parse(JSON.parse(readStart(file, holderLimit).toString()));
	} catch {
		return undefined;
	}
}

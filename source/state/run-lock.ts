import {spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';

export interface LockHolder {
	readonly pid: number;
	readonly command: string;
	/** ISO 8601. */
	readonly since: string;
}

/** Takes the cluster's lock, or says who holds it. */
export async function takeRunLock(path: string, command: string): Promise<{release: () => void} | {holder: LockHolder | undefined}> {
	// The lock is held by a child that ends when our end of its pipe is closed: it dies with this process, however that ends.
	const child = spawn('flock', ['-n', '-o', path, 'sh', '-c', 'echo taken; exec cat >/dev/null'], {stdio: ['pipe', 'pipe', 'ignore'], detached: true});
	const isTaken = await new Promise<boolean>((resolve, reject) => {
		child.once('error', reject);
		child.stdout.once('data', () => {
			resolve(true);
		});
		child.once('exit', () => {
			resolve(false);
		});
	});
	if (!isTaken) {
		return {holder: readHolder(path)};
	}

	writeFileSync(path, JSON.stringify({pid: process.pid, command, since: new Date().toISOString()} satisfies LockHolder), {mode: 0o600});
	child.unref();
	(child.stdin as unknown as {unref?: () => void}).unref?.();
	(child.stdout as unknown as {unref?: () => void}).unref?.();
	return {
		release() {
			child.stdin.end();
		},
	};
}

function readHolder(path: string): LockHolder | undefined {
	try {
		return JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
	} catch {
		return undefined;
	}
}

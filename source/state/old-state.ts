import {spawnSync} from 'node:child_process';
import {closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {isPrivatelyWritten, isTrustedOwner} from './regular-file.ts';
import type {InvokingUser} from './owner.ts';
import {filesAsUser, namesAsUser, readAsUser, removeAsUser} from './user-files.ts';
import {cleanLine, cleanText} from '../text/clean.ts';
import {readText} from '../text/read-text.ts';

/** Path at which versions up to 0.1 kept the cluster of this name. */
export function oldStatePath({home}: InvokingUser, name: string): string {
	return join(home, '.local', 'state', 'cluster-wizard', name);
}

/** Path at which versions up to 0.1 kept images. */
export function oldCache({home}: InvokingUser): string {
	return join(home, '.cache', 'cluster-wizard');
}

/** Maximum number of bytes read from a file; the journal of a thousand builds needs a tenth of it. */
const largest = 64 * 2 ** 20;

/** A cluster's state in the format of versions up to 0.1. Untrusted: any process of the user may have changed it. */
export class OldState {
	readonly path: string;
	readonly #owner: InvokingUser;

	constructor(path: string, owner: InvokingUser) {
		this.path = path;
		this.#owner = owner;
	}

	/** Whether there is such a state: facts and journal exist, and the marker of a newer state directory does not. */
	get exists(): boolean {
		const found = filesAsUser(
			this.#owner,
			['facts.json', 'journal.jsonl', 'cluster.json'].map(name => join(this.path, name)),
		);
		return found.length === 2 && !found.includes(join(this.path, 'cluster.json'));
	}

	/** Reads a regular file with the owner's rights; undefined if it cannot be read or is too large. */
	read(name: string): Buffer | undefined {
		try {
			const bytes = readAsUser(this.#owner, join(this.path, name), largest + 1);
			return bytes && bytes.length <= largest ? bytes : undefined;
		} catch {
			return undefined;
		}
	}

	/** Names of the entries in a folder. */
	list(folder: string): string[] {
		return namesAsUser(this.#owner, join(this.path, folder));
	}

	/**
	 * Whether the sandbox is running: `sandbox/record` contains the id and the start time (proc(5), field 22) of its
	 * process 1.
	 */
	get isSandboxRunning(): boolean {
		const [pid = '', started] = cleanText(this.read('sandbox/record') ?? '').split(' ');
		try {
			return (
				/^\d+$/.test(pid) &&
				readText(`/proc/${pid}/stat`)
					.replace(/^.*\) /s, '')
					.split(' ')[19] === started
			);
		} catch {
			return false;
		}
	}

	/**
	 * Moves the sandbox with its VMs' disks to root's directory, if it belongs to root. Its programs are left out, because
	 * they are generated again. From another file system it is copied, and the old one remains.
	 * @returns whether the old sandbox remains
	 */
	moveSandbox(to: string): boolean {
		// The user could replace any folder on the path by a link to another cluster's folder: only an open descriptor keeps
		// referring to the same folder.
		const folder = openFolder(this.path);
		if (folder === undefined) {
			return true;
		}

		try {
			const pinned = `/proc/self/fd/${folder}`;
			if (fstatSync(folder).uid !== this.#owner.uid || lstatSync(`${pinned}/cluster.json`, {throwIfNoEntry: false})) {
				return true;
			}

			const found = lstatSync(`${pinned}/sandbox`, {throwIfNoEntry: false});
			if (!found?.isDirectory() || !isTrustedOwner(found) || !isPrivatelyWritten(found)) {
				return found !== undefined;
			}

			const isLeft = !renamed(`${pinned}/sandbox`, to);
			if (isLeft) {
				copyFrom(folder, to);
			}

			for (const entry of readdirSync(to, {withFileTypes: true}).filter(entry => !entry.isDirectory())) {
				rmSync(join(to, entry.name));
			}

			return isLeft;
		} finally {
			closeSync(folder);
		}
	}

	/** Removes files with the owner's rights, and the folder if it is empty then. */
	remove(names: readonly string[]): void {
		removeAsUser(
			this.#owner,
			names.map(name => join(this.path, name)),
			[join(this.path, 'keys'), this.path],
		);
	}
}

/** Renames a folder; returns false if the target is on another file system. */
function renamed(from: string, to: string): boolean {
	try {
		renameSync(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EXDEV') {
			return false;
		}

		throw error;
	}
}

/**
 * Copies a sandbox across file systems.
 * @param folder descriptor of the folder that contains the sandbox
 */
function copyFrom(folder: number, to: string): void {
	const {status, stderr} = spawnSync('cp', ['-a', '--sparse=always', '-T', '--', '/proc/self/fd/3/sandbox', to], {
		stdio: ['ignore', 'ignore', 'pipe', folder],
	});
	if (status !== 0) {
		throw new Error(`cp ended with ${status}: ${cleanLine(stderr)}`);
	}
}

/** Opens a folder; undefined for a link and anything else that is not a folder. */
function openFolder(path: string): number | undefined {
	try {
		return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
	} catch {
		return undefined;
	}
}

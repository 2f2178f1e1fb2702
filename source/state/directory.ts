import {chownSync, closeSync, existsSync, fsyncSync, lchownSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';

/** The user the program works for: who called sudo, or who runs it. */
export interface Owner {
	readonly uid: number;
	readonly gid: number;
	readonly name: string;
	readonly home: string;
}

/** Under sudo the files go to the home of the user who called it, and belong to that user. */
export function currentOwner(environment: NodeJS.ProcessEnv = process.env): Owner {
	const uid = process.getuid?.() ?? 0;
	if (uid === 0 && environment['SUDO_UID'] && environment['SUDO_UID'] !== '0') {
		const line = readFileSync('/etc/passwd', 'utf8').split('\n').map(line => line.split(':')).find(fields => fields[2] === environment['SUDO_UID']);
		if (line) {
			return {uid: Number(line[2]), gid: Number(line[3]), name: line[0]!, home: line[5]!};
		}
	}

	return {uid, gid: process.getgid?.() ?? 0, name: environment['USER'] ?? String(uid), home: homedir()};
}

/** Where everything about one cluster is kept. Made private to its owner. */
export class StateDirectory {
	readonly path: string;
	readonly #owner: Owner;

	constructor(path: string, owner: Owner) {
		this.path = path;
		this.#owner = owner;
	}

	static defaultPath(name: string, owner: Owner, environment: NodeJS.ProcessEnv = process.env): string {
		return join(environment['XDG_STATE_HOME'] || join(owner.home, '.local', 'state'), 'cluster-wizard', name);
	}

	static defaultCache(owner: Owner, environment: NodeJS.ProcessEnv = process.env): string {
		return join(environment['XDG_CACHE_HOME'] || join(owner.home, '.cache'), 'cluster-wizard');
	}

	/** Whether a cluster of this name has been begun here. */
	get exists(): boolean {
		return existsSync(this.file('journal.jsonl'));
	}

	has(name: string): boolean {
		return existsSync(this.file(name));
	}

	file(...parts: string[]): string {
		return join(this.path, ...parts);
	}

	/** Makes the directory and those in it that hold files of ours, mode 0700. */
	create(...folders: string[]): void {
		makePrivate(this.path, this.#owner);
		for (const folder of folders) {
			makePrivate(this.file(folder), this.#owner);
		}
	}

	read(name: string): string | undefined {
		return existsSync(this.file(name)) ? readFileSync(this.file(name), 'utf8') : undefined;
	}

	/** Writes aside, makes sure it is on the disk, and renames: a reader sees the old file or the new one. */
	write(name: string, content: string): void {
		const path = this.file(name);
		const aside = `${path}.new`;
		const file = openSync(aside, 'w', 0o600);
		try {
			const bytes = Buffer.from(content);
			for (let written = 0; written < bytes.length;) {
				written += writeSync(file, bytes, written);
			}

			fsyncSync(file);
		} finally {
			closeSync(file);
		}

		renameSync(aside, path);
	}

	remove(...names: string[]): void {
		for (const name of names) {
			rmSync(this.file(name), {recursive: true, force: true});
		}
	}

	/** Gives everything in it to its owner, but for what the machines and the sandbox live in, which belongs to root. */
	handOver(): void {
		if (process.getuid?.() === 0 && this.#owner.uid !== 0 && existsSync(this.path)) {
			give(this.path, this.#owner, new Set(['sandbox', 'disks']));
		}
	}
}

function makePrivate(path: string, owner: Owner): void {
	const first = mkdirSync(path, {recursive: true, mode: 0o700});
	if (first && process.getuid?.() === 0 && owner.uid !== 0) {
		for (let folder = path; folder.length >= first.length; folder = join(folder, '..')) {
			chownSync(folder, owner.uid, owner.gid);
		}
	}
}

function give(path: string, owner: Owner, except: ReadonlySet<string>): void {
	lchownSync(path, owner.uid, owner.gid);
	if (!statSync(path).isDirectory()) {
		return;
	}

	for (const entry of readdirSync(path, {withFileTypes: true})) {
		if (except.has(entry.name)) {
			continue;
		}

		if (entry.isDirectory()) {
			give(join(path, entry.name), owner, new Set());
		} else {
			lchownSync(join(path, entry.name), owner.uid, owner.gid);
		}
	}
}

import {chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {UserError} from '../user-error.ts';
import type {Language, Text} from '../languages/text.ts';
import {stateMessages} from './messages.ts';
import {ignored, problemsIn, walk, type StateProblem} from './entries.ts';
import {markerFile, modeOf} from './layout.ts';
import {createFolder, createClustersFolder, removeFoldersAbove} from './create-folders.ts';
import {removeEmpty} from './remove-empty.ts';
import {parseMarker, type Marker} from './marker.ts';
import {readersOf, type InvokingUser} from './owner.ts';
import {readTrusted, trustProblem, UntrustedFile, writeTrusted} from './safe-file.ts';
import {defaultParent, ownedAncestor} from './owned-ancestor.ts';
import {unsafeAncestor} from './safe-path.ts';

export interface OpenStateOptions {
	readonly language?: Language;
	/** Treats entries that the program did not make as missing, instead of refusing the whole directory. */
	readonly isTolerant?: boolean;
}

/**
 * The folder with all state of one cluster. Only root can change it: root trusts its files and runs programs from it.
 * Opening it writes nothing.
 */
export class StateDirectory {
	readonly path: string;
	/** Entries with a name of ours that the program did not make; empty unless opened with `isTolerant`. */
	readonly problems: readonly StateProblem[];
	readonly #owner: InvokingUser;
	readonly #language: Language;
	#marker: Marker | undefined;

	private constructor(
		path: string,
		owner: InvokingUser,
		language: Language,
		found: {marker?: Marker; problems?: readonly StateProblem[]},
	) {
		this.path = path;
		this.#owner = owner;
		this.#language = language;
		this.#marker = found.marker;
		this.problems = found.problems ?? [];
	}

	/**
	 * Opens a folder that is missing, empty or a state directory of ours.
	 * @throws UserError (exit code 2) otherwise, or if other users can change the folder or one above it
	 */
	static open(
		path: string,
		owner: InvokingUser,
		{language = 'en', isTolerant = false}: OpenStateOptions = {},
	): StateDirectory {
		const whole = resolve(path);
		const refuse = (message: Text) => new UserError('state-folder-refused', message[language]);
		const unsafe = unsafeAncestor(whole);
		if (unsafe) {
			throw refuse(stateMessages.unsafePath(whole, unsafe));
		}

		const outer = ownedAncestor(whole);
		if (outer !== undefined) {
			throw refuse(stateMessages.insideOurs(whole, outer));
		}

		if (!lstatSync(whole, {throwIfNoEntry: false})) {
			return new StateDirectory(whole, owner, language, {});
		}

		const trouble = trustProblem(whole, 'folder');
		if (trouble) {
			throw refuse(stateMessages.notOurs(whole, trouble));
		}

		const names = readdirSync(whole).filter(name => name !== ignored);
		if (names.every(name => name === `${markerFile}.new`)) {
			return new StateDirectory(whole, owner, language, {});
		}

		const marker = readMarker(join(whole, markerFile));
		if (!marker) {
			throw refuse(stateMessages.foreignFolder(whole, names));
		}

		const problems = names.flatMap(name => problemsIn(whole, name));
		if (problems.length > 0 && !isTolerant) {
			throw refuse(stateMessages.foreignEntry(join(whole, problems[0]!.name), problems[0]!.trouble));
		}

		return new StateDirectory(whole, owner, language, {marker, problems});
	}

	/** Default path of a cluster's state. */
	static defaultPath(name: string): string {
		return join(StateDirectory.defaultParent, name);
	}

	static readonly defaultParent = defaultParent;

	/** Default path of the image cache. */
	static readonly defaultCache = '/var/cache/cluster-wizard';

	/** The cluster's marker; undefined before the cluster has been started. */
	get marker(): Marker | undefined {
		return this.#marker;
	}

	/** Whether a cluster has been started in this directory. */
	get exists(): boolean {
		return this.#marker !== undefined && this.has('journal.jsonl');
	}

	/** Whether the directory still contains more of a cluster than its reports. */
	get holdsCluster(): boolean {
		return (
			this.#marker !== undefined &&
			['journal.jsonl', 'facts.json', 'answers.yaml', 'keys', 'sandbox'].some(name =>
				lstatSync(this.file(name), {throwIfNoEntry: false}),
			)
		);
	}

	has(name: string): boolean {
		return this.isUsable(name) && existsSync(this.file(name));
	}

	file(...parts: string[]): string {
		return join(this.path, ...parts);
	}

	/** Creates the folder with its marker, or updates the marker. */
	begin(marker: Omit<Marker, 'format' | 'readers' | 'parents'>): void {
		const readers = this.#marker?.readers ?? readersOf(this.#owner);
		const made = createFolder(this.path, this.#language);
		if (dirname(this.path) === defaultParent) {
			createClustersFolder();
		}

		const parents = this.#marker?.parents ?? made;
		const wanted: Marker = {
			format: 2,
			...marker,
			...(readers !== undefined && {readers}),
			...(parents > 0 && {parents}),
		};
		const isNew = !this.#marker;
		this.#marker = wanted;
		if (isNew) {
			this.#shield(this.path);
		}

		const text = `${JSON.stringify(wanted, null, '\t')}\n`;
		if (this.read(markerFile) !== text) {
			this.write(markerFile, text);
		}
	}

	/** Creates folders in the directory. */
	create(...folders: string[]): void {
		for (const folder of folders) {
			const path = this.file(folder);
			if (!existsSync(path)) {
				mkdirSync(path, {mode: 0o700});
				this.#shield(path);
			}
		}
	}

	/**
	 * Reads a file; undefined if it is missing.
	 * @throws UserError if the program did not write it
	 */
	read(name: string): string | undefined {
		if (!this.isUsable(name)) {
			return undefined;
		}

		try {
			return readTrusted(this.file(name))?.toString();
		} catch (error) {
			throw error instanceof UntrustedFile
				? new UserError('state-entry-foreign', stateMessages.foreignEntry(error.path, error.trouble)[this.#language])
				: error;
		}
	}

	/** Replaces a file atomically, with the permissions that the layout specifies. */
	write(name: string, content: string | Buffer): void {
		const readers = this.#marker?.readers;
		const mode = modeOf(name, readers !== undefined);
		writeTrusted(this.file(name), content, {mode, ...(mode === 0o640 && {group: readers})});
	}

	/** Resets a file's permissions to the layout's: earlier versions let more users read some files. */
	protect(name: string): void {
		if (existsSync(this.file(name))) {
			chmodSync(this.file(name), modeOf(name, this.#marker?.readers !== undefined));
		}
	}

	/** Paths of foreign entries: other names, and names of ours for things that the program did not make. */
	foreign(): string[] {
		return existsSync(this.path)
			? walk(this.path)
					.filter(({isOurs}) => !isOurs)
					.map(({path}) => this.file(path))
			: [];
	}

	/**
	 * Removes our entries; the folder itself if nothing else is in it; and the parent folders that were created with it.
	 * The journal is removed last but for the marker, so that an interrupted removal can be resumed.
	 * @param keep names of entries to keep; if one of them exists, the marker is kept as well
	 */
	remove(keep: readonly string[] = []): void {
		const last = ['journal.jsonl', markerFile];
		const top = (path: string) => path.split('/')[0]!;
		const ours = walk(this.path).filter(({path, isOurs}) => isOurs && !keep.includes(top(path)));
		const isKept = keep.some(name => this.has(name));
		const inOrder = [
			...ours.filter(({path}) => !last.includes(path)),
			...last.flatMap(name => ours.filter(({path}) => path === name)),
		];
		for (const {path, kind} of inOrder.filter(({path}) => !isKept || path !== markerFile)) {
			if (kind === 'folder') {
				removeEmpty(this.file(path));
			} else {
				rmSync(this.file(path));
			}
		}

		removeEmpty(this.path);
		// `rmdir` keeps a folder that is not empty, as the parent is if the directory itself stays.
		removeFoldersAbove(this.path, this.#marker?.parents ?? 0);
	}

	/** Whether an entry and all checked entries in it were made by the program, or are missing. */
	isUsable(name: string): boolean {
		return !this.problems.some(
			problem => problem.name === name || problem.name === name.split('/')[0] || problem.name.startsWith(`${name}/`),
		);
	}

	/** Restricts a folder to root and the readers. */
	#shield(path: string): void {
		const readers = this.#marker?.readers;
		if (process.geteuid?.() === 0) {
			chownSync(path, 0, readers ?? 0);
		}

		// Set-group-ID: new entries in the folder get the same group.
		chmodSync(path, readers === undefined ? 0o700 : 0o2750);
	}
}

function readMarker(path: string): Marker | undefined {
	try {
		return parseMarker(readTrusted(path)?.toString() ?? '');
	} catch (error) {
		if (error instanceof UntrustedFile) {
			return undefined;
		}

		throw error;
	}
}

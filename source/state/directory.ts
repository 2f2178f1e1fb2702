import {chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {UserError} from '../user-error.ts';
import type {Language, Text} from '../languages/text.ts';
import {stateMessages} from './messages.ts';
import {ignored, problemsIn, walk, type StateProblem} from './entries.ts';
import {markerFile, modeOf} from './layout.ts';
import {makeFolder, openClustersFolder, removeFoldersAbove} from './made-folders.ts';
import {removeEmpty} from './remove-empty.ts';
import {parseMarker, type Marker} from './marker.ts';
import {readersOf, type Owner} from './owner.ts';
import {readTrusted, troubleWith, UntrustedFile, writeTrusted} from './safe-file.ts';
import {defaultParent, insideOurs} from './inside-ours.ts';
import {unsafeAncestor} from './safe-path.ts';

export interface OpenOptions {
	readonly language?: Language;
	/** Takes entries that are not what the program made for missing, instead of refusing the whole directory. */
	readonly isTolerant?: boolean;
}

/**
 * Everything about one cluster in one folder, which only root can change: root trusts it and runs programs in it.
 * Opening it writes nothing.
 */
export class StateDirectory {
	readonly path: string;
	/** Entries that are not what the program made; empty unless opened tolerantly. */
	readonly problems: readonly StateProblem[];
	readonly #owner: Owner;
	readonly #language: Language;
	#marker: Marker | undefined;

	private constructor(path: string, owner: Owner, language: Language, found: {marker?: Marker; problems?: readonly StateProblem[]}) {
		this.path = path;
		this.#owner = owner;
		this.#language = language;
		this.#marker = found.marker;
		this.problems = found.problems ?? [];
	}

	/**
	 * Opens a folder that is missing, empty or a state directory of ours.
	 * @throws UserError with exit code 2 if it is anything else, or lies where others can change it
	 */
	static open(path: string, owner: Owner, {language = 'en', isTolerant = false}: OpenOptions = {}): StateDirectory {
		const whole = resolve(path);
		const refuse = (message: Text) => new UserError(message[language], 2);
		const unsafe = unsafeAncestor(whole);
		if (unsafe) {
			throw refuse(stateMessages.unsafePath(whole, unsafe));
		}

		const outer = insideOurs(whole);
		if (outer !== undefined) {
			throw refuse(stateMessages.insideOurs(whole, outer));
		}

		if (!lstatSync(whole, {throwIfNoEntry: false})) {
			return new StateDirectory(whole, owner, language, {});
		}

		const trouble = troubleWith(whole, 'folder');
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

	/** The place of a cluster's state where no other is chosen. */
	static defaultPath(name: string): string {
		return join(StateDirectory.defaultParent, name);
	}

	static readonly defaultParent = defaultParent;

	/** The image cache where no other is chosen. */
	static readonly defaultCache = '/var/cache/cluster-wizard';

	/** The marker of the cluster; undefined while none has been begun here. */
	get marker(): Marker | undefined {
		return this.#marker;
	}

	/** Whether a cluster has been begun here. */
	get exists(): boolean {
		return this.#marker !== undefined && this.has('journal.jsonl');
	}

	/** Whether more than reports is left of a cluster. */
	get holdsCluster(): boolean {
		return this.#marker !== undefined && ['journal.jsonl', 'facts.json', 'answers.yaml', 'keys', 'sandbox'].some(name => lstatSync(this.file(name), {throwIfNoEntry: false}));
	}

	has(name: string): boolean {
		return this.isUsable(name) && existsSync(this.file(name));
	}

	file(...parts: string[]): string {
		return join(this.path, ...parts);
	}

	/** Makes the folder with its marker, or brings the marker up to date. */
	begin(marker: Omit<Marker, 'format' | 'readers' | 'parents'>): void {
		const readers = this.#marker?.readers ?? readersOf(this.#owner);
		const made = makeFolder(this.path, this.#language);
		if (dirname(this.path) === defaultParent) {
			openClustersFolder();
		}

		const parents = this.#marker?.parents ?? made;
		const wanted: Marker = {format: 2, ...marker, ...(readers !== undefined && {readers}), ...(parents > 0 && {parents})};
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

	/** Makes folders in it. */
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
	 * A file's text; undefined if it is missing.
	 * @throws UserError if it is not what the program wrote
	 */
	read(name: string): string | undefined {
		if (!this.isUsable(name)) {
			return undefined;
		}

		try {
			return readTrusted(this.file(name))?.toString();
		} catch (error) {
			throw error instanceof UntrustedFile ? new UserError(stateMessages.foreignEntry(error.path, error.trouble)[this.#language], 2) : error;
		}
	}

	/** Replaces a file whole; readable for whom the layout says. */
	write(name: string, content: string | Buffer): void {
		const readers = this.#marker?.readers;
		const mode = modeOf(name, readers !== undefined);
		writeTrusted(this.file(name), content, {mode, ...(mode === 0o640 && {group: readers})});
	}

	/** Gives a file the permissions that the layout says: earlier versions let more users read some. */
	protect(name: string): void {
		if (existsSync(this.file(name))) {
			chmodSync(this.file(name), modeOf(name, this.#marker?.readers !== undefined));
		}
	}

	/** Paths of what lies in it and is not ours: other names, and our names for what the program did not make. */
	foreign(): string[] {
		return existsSync(this.path) ? walk(this.path).filter(({isOurs}) => !isOurs).map(({path}) => this.file(path)) : [];
	}

	/**
	 * Removes what is ours in it, the folder if nothing else is there, and the folders above that were made with it. The journal goes last but for the marker, so that
	 * an interrupted removal can go on.
	 * @param keep names of entries that stay; with one of them the marker stays too
	 */
	remove(keep: readonly string[] = []): void {
		const last = ['journal.jsonl', markerFile];
		const top = (path: string) => path.split('/')[0]!;
		const ours = walk(this.path).filter(({path, isOurs}) => isOurs && !keep.includes(top(path)));
		const isKept = keep.some(name => this.has(name));
		const inOrder = [...ours.filter(({path}) => !last.includes(path)), ...last.flatMap(name => ours.filter(({path}) => path === name))];
		for (const {path, kind} of inOrder.filter(({path}) => !isKept || path !== markerFile)) {
			if (kind === 'folder') {
				removeEmpty(this.file(path));
			} else {
				rmSync(this.file(path));
			}
		}

		removeEmpty(this.path);
		// `rmdir` takes no folder in which anything is, as it is where the directory itself stays.
		removeFoldersAbove(this.path, this.#marker?.parents ?? 0);
	}

	/** Whether an entry, and everything looked at in it, is what the program made, or missing. */
	isUsable(name: string): boolean {
		return !this.problems.some(problem => problem.name === name || problem.name === name.split('/')[0] || problem.name.startsWith(`${name}/`));
	}

	/** Lets the readers look into a folder, and nobody else. */
	#shield(path: string): void {
		const readers = this.#marker?.readers;
		if (process.geteuid?.() === 0) {
			chownSync(path, 0, readers ?? 0);
		}

		// Set-group-ID: what is made in it is for the same group.
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

import {lstatSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {entryOf, type StateEntry} from './layout.ts';
import {trustProblem, type TrustProblem} from './safe-file.ts';

/** An entry that has a name of ours but was not made by the program. */
export interface StateProblem {
	/** Path relative to the state directory. */
	readonly name: string;
	readonly trouble: TrustProblem;
}

/** Folder that a file system creates at its own root; not an entry. */
export const ignored = 'lost+found';

/**
 * Checks an entry and its contents, and returns how they differ from what the program makes. Log files are skipped:
 * their number grows with every run, and each is checked when it is read.
 */
export function problemsIn(folder: string, name: string): StateProblem[] {
	const entry = entryOf(name);
	if (!entry) {
		return [];
	}

	const path = join(folder, name);
	const trouble = trustProblem(path, entry.kind);
	if (trouble) {
		return [{name, trouble}];
	}

	return entry.kind === 'folder' && name !== 'logs'
		? readdirSync(path).flatMap(inner => innerProblem(path, join(name, inner), entry))
		: [];
}

function innerProblem(
	folder: string,
	name: string,
	{files, isOwnTree, hasLargeFiles = false}: StateEntry,
): StateProblem[] {
	const path = join(folder, '..', name);
	const isFolder = lstatSync(path).isDirectory();
	if (!isOwnTree && !files?.test(name.split('/')[1]!)) {
		return [];
	}

	const trouble = isOwnTree && isFolder ? trustProblem(path, 'folder') : troubleWithFile(path, hasLargeFiles);
	return trouble ? [{name, trouble}] : [];
}

/** A file or folder in a state directory. */
export interface Found {
	/** Path relative to the state directory. */
	readonly path: string;
	readonly kind: 'file' | 'folder';
	readonly isOurs: boolean;
}

/** Lists a state directory recursively; a folder comes after its contents. Does not follow links. */
export function walk(folder: string): Found[] {
	return readdirSync(folder)
		.filter(name => name !== ignored)
		.flatMap(name => {
			const entry = entryOf(name);
			if (!entry || trustProblem(join(folder, name), entry.kind)) {
				return [{path: name, kind: 'file', isOurs: false}];
			}

			// The step that made this folder removes it as a whole.
			return entry.kind === 'file'
				? [{path: name, kind: 'file', isOurs: true}]
				: entry.isOwnTree
					? []
					: walkInside(folder, name, entry);
		});
}

type Inside = Pick<StateEntry, 'files' | 'folders' | 'trees' | 'hasLargeFiles'>;

/** A folder whose files and folders are all ours. */
const tree: Inside = {files: /^/, trees: /^/};

function walkInside(folder: string, path: string, {files, folders, trees, hasLargeFiles = false}: Inside): Found[] {
	const inside = readdirSync(join(folder, path)).flatMap((name): Found[] => {
		const inner = join(path, name);
		const below = folders?.test(name)
			? {files, trees, hasLargeFiles}
			: !folders && trees?.test(name)
				? tree
				: undefined;
		if (below && lstatSync(join(folder, inner)).isDirectory() && !trustProblem(join(folder, inner), 'folder')) {
			return walkInside(folder, inner, below);
		}

		return [
			{
				path: inner,
				kind: 'file',
				isOurs: files?.test(name) === true && !troubleWithFile(join(folder, inner), hasLargeFiles),
			},
		];
	});
	return [...inside, {path, kind: 'folder', isOurs: true}];
}

function troubleWithFile(path: string, mayBeLarge: boolean): TrustProblem | undefined {
	const trouble = trustProblem(path, 'file');
	return mayBeLarge && trouble === 'size' ? undefined : trouble;
}

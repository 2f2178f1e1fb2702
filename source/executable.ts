import {createHash} from 'node:crypto';
import sea from 'node:sea';

/** Whether the program is a single executable file with its assets and Node (docs/decisions/executable.md). */
export const isExecutable = sea.isSea();

/** Paths of the files embedded in the executable, below a folder. */
export function embeddedPaths(folder: string): string[] {
	return sea
		.getAssetKeys()
		.filter(path => path.startsWith(`${folder}/`))
		.sort();
}

/** Reads a file embedded in the executable; undefined if there is none. */
export function embeddedFile(path: string): Uint8Array | undefined {
	return sea.getAssetKeys().includes(path) ? new Uint8Array(sea.getRawAsset(path)) : undefined;
}

/** Folder with the scripts that root runs by path; the executable unpacks only this folder to the disk. */
export const scriptFolder = 'assets/images';

/**
 * Root of the tree that the executable unpacks; its name contains a digest, so that every version of the content has
 * its own folder.
 */
export function unpackedRoot(): string {
	unpacked ??= `/run/cluster-wizard-program/${digestOf(scriptFolder)}`;
	return unpacked;
}

let unpacked: string | undefined;

function digestOf(folder: string): string {
	const hash = createHash('sha256');
	for (const path of embeddedPaths(folder)) {
		const bytes = embeddedFile(path)!;
		hash.update(`${path}\0${bytes.length}\0`).update(bytes);
	}

	return hash.digest('hex').slice(0, 16);
}

/**
 * Returns the command that starts this program again: under tsx, from the bundle, or as a single executable, which
 * needs no script.
 */
export function programCommand(
	words: readonly string[],
	{
		isExecutable: isOne = isExecutable,
		execPath,
		execArgv,
		argv,
	}: Pick<NodeJS.Process, 'execPath' | 'execArgv' | 'argv'> & {readonly isExecutable?: boolean} = process,
): string[] {
	return [execPath, ...(isOne ? [] : [...execArgv, argv[1]!]), ...words];
}

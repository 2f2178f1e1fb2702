import {createHash} from 'node:crypto';
import sea from 'node:sea';

/** Whether the program, its files and Node are one executable file (docs/decisions/executable.md). */
export const isExecutable = sea.isSea();

/** Paths of the package's files in the executable, below a folder. */
export function embeddedPaths(folder: string): string[] {
	return sea.getAssetKeys().filter(path => path.startsWith(`${folder}/`)).sort();
}

/** A file of the package in the executable; undefined if there is none of that path. */
export function embeddedFile(path: string): Uint8Array | undefined {
	return sea.getAssetKeys().includes(path) ? new Uint8Array(sea.getRawAsset(path)) : undefined;
}

/** The folder whose scripts root runs by path; in the executable only this folder is written to the disk. */
export const scriptFolder = 'assets/images';

/** The root of the package's tree as far as the executable writes it to the disk: a folder of its own for each content. */
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

/** The words that start this same program: under tsx, from the bundle, and as an executable, which has no script. */
export function programWords(words: readonly string[], {isExecutable: isOne = isExecutable, execPath, execArgv, argv}: Pick<NodeJS.Process, 'execPath' | 'execArgv' | 'argv'> & {readonly isExecutable?: boolean} = process): string[] {
	return [execPath, ...(isOne ? [] : [...execArgv, argv[1]!]), ...words];
}

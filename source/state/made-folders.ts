import {mkdirSync} from 'node:fs';
import {dirname, relative, sep} from 'node:path';
import {removeEmpty} from './remove-empty.ts';

/** Makes a folder and those above it that are missing. Returns how many of those it made. */
export function makeFolder(path: string): number {
	const first = mkdirSync(path, {recursive: true, mode: 0o755});
	return first === undefined ? 0 : relative(first, path).split(sep).filter(Boolean).length;
}

/** Removes the folders above a folder that were made with it, as far as they are empty. */
export function removeFoldersAbove(path: string, count: number): void {
	for (let above = dirname(path), left = count; left > 0; above = dirname(above), left--) {
		removeEmpty(above);
	}
}

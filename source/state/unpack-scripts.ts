import {chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {UserError} from '../user-error.ts';
import {embeddedFile, embeddedPaths, scriptFolder, unpackedRoot} from '../executable.ts';
import type {Language} from '../languages/text.ts';
import {readTrusted, UntrustedFile} from './safe-file.ts';
import {unsafeAncestor} from './safe-path.ts';
import {stateMessages} from './messages.ts';

/** Files as pairs of a path relative to a root, and the content. */
export type Files = ReadonlyArray<readonly [path: string, bytes: Uint8Array]>;

/**
 * Unpacks the scripts that root runs by path from the executable, unless they are already unpacked. Does nothing for
 * other users, who run none of them.
 * @throws UserError (exit code 2) if other users could change them
 */
export function unpackScripts(language: Language): void {
	if (process.geteuid?.() === 0) {
		unpack(
			unpackedRoot(),
			embeddedPaths(scriptFolder).map(path => [path, embeddedFile(path)!]),
			language,
		);
	}
}

/**
 * Creates a folder with these files by a single rename: the folder contains all of them or does not exist. Several
 * processes may do this at the same time. A folder with other content is replaced.
 * @throws UserError (exit code 2) if other users could change the folder
 */
export function unpack(root: string, files: Files, language: Language): void {
	mkdirSync(dirname(root), {recursive: true, mode: 0o755});
	// Checked before the first write as well: nothing is written to a folder that other users control.
	requireSafe([root], language);
	if (isThere(root, files, language)) {
		return;
	}

	const aside = mkdtempSync(join(dirname(root), '.new-'));
	try {
		for (const [path, bytes] of files) {
			mkdirSync(dirname(join(aside, path)), {recursive: true, mode: 0o755});
			writeFileSync(join(aside, path), bytes, {mode: 0o644, flag: 'wx'});
		}

		chmodSync(aside, 0o755);
		put(aside, root);
	} catch (error) {
		// Another process was faster, or recreated it after it was removed.
		if (!isThere(root, files, language)) {
			throw error;
		}
	} finally {
		rmSync(aside, {recursive: true, force: true});
	}
}

function put(aside: string, root: string): void {
	try {
		renameSync(aside, root);
	} catch {
		rmSync(root, {recursive: true, force: true});
		renameSync(aside, root);
	}
}

/** Whether all files exist with this content, and other users cannot change them. */
function isThere(root: string, files: Files, language: Language): boolean {
	requireSafe(
		files.map(([path]) => join(root, path)),
		language,
	);
	try {
		return files.every(([path, bytes]) => readTrusted(join(root, path))?.equals(bytes));
	} catch (error) {
		throw error instanceof UntrustedFile
			? new UserError('program-unsafe', stateMessages.programUnsafe(error.path)[language])
			: error;
	}
}

function requireSafe(paths: readonly string[], language: Language): void {
	const unsafe = paths.map(path => unsafeAncestor(path)).find(found => found !== undefined);
	if (unsafe) {
		throw new UserError('program-unsafe', stateMessages.programUnsafe(unsafe.path)[language]);
	}
}

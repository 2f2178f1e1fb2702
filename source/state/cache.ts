import {chmodSync, existsSync, lstatSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {stateMessages} from './messages.ts';
import {cleanText} from '../text/clean.ts';
import {ownedAncestor, tagFile} from './owned-ancestor.ts';
import {createFolder, removeFoldersAbove} from './create-folders.ts';
import {removeEmpty} from './remove-empty.ts';
import {readTrusted, trustProblem, writeTrusted} from './safe-file.ts';
import {unsafeAncestor} from './safe-path.ts';

const tag =
	'Signature: 8a477f597d28d172789f06886806bc55\n# This folder holds the images of cluster-wizard. It can be made anew.\n';

const parentsLine = /^# Folders above it that were made with it: (\d{1,3})$/m;

/**
 * Checks that a folder is missing, empty or an image cache of ours, and that only root can change it: its images become
 * the operating system of every VM. Writes nothing.
 * @throws UserError (exit code 2) otherwise
 */
export function checkCache(path: string, language: Language): void {
	const unsafe = unsafeAncestor(path);
	if (unsafe) {
		throw new UserError('cache-folder-refused', stateMessages.unsafePath(path, unsafe)[language]);
	}

	const outer = ownedAncestor(path);
	if (outer !== undefined) {
		throw new UserError('cache-folder-refused', stateMessages.insideOurs(path, outer)[language]);
	}

	if (!lstatSync(path, {throwIfNoEntry: false})) {
		return;
	}

	const trouble = trustProblem(path, 'folder');
	if (trouble) {
		throw new UserError('cache-folder-refused', stateMessages.notOurs(path, trouble)[language]);
	}

	const names = readdirSync(path);
	if (
		names.some(name => name !== `${tagFile}.new`) &&
		(trustProblem(join(path, tagFile), 'file') !== undefined ||
			!cleanText(readTrusted(join(path, tagFile)) ?? '').startsWith(tag.split('\n')[0]!))
	) {
		throw new UserError('cache-folder-refused', stateMessages.foreignFolder(path, names)[language]);
	}
}

/**
 * Removes an image cache that contains only its tag file, and the parent folders that were created with it if they are
 * empty.
 */
export function endCache(path: string): void {
	if (existsSync(path) && readdirSync(path).every(name => name === tagFile)) {
		const parents = Number(parentsLine.exec(cleanText(readTrusted(join(path, tagFile)) ?? ''))?.[1] ?? 0);
		rmSync(join(path, tagFile), {force: true});
		removeEmpty(path);
		removeFoldersAbove(path, parents);
	}
}

/** Creates an image cache in a folder that `checkCache` has accepted. */
export function beginCache(path: string, language: Language = 'en'): void {
	const parents = createFolder(path, language);
	if (!lstatSync(join(path, tagFile), {throwIfNoEntry: false})) {
		chmodSync(path, 0o755);
		writeTrusted(
			join(path, tagFile),
			`${tag}${parents > 0 ? `# Folders above it that were made with it: ${parents}\n` : ''}`,
			{mode: 0o644},
		);
	}
}

import {spawnSync} from 'node:child_process';
import type {Text} from '../languages/text.ts';
import {contentMessages} from './messages.ts';
import {reasonOfProgram, thrownReason} from '../languages/system-errors.ts';
import {asOwner, plainEnvironment, type ContentOwner} from '../state/as-owner.ts';
import {printable, withoutControls} from './names.ts';

/** One file, folder, link or other thing below the site's folder. Names are bytes, one for each character (latin1). */
export interface Entry {
	/** Relative to the folder, without `./`. */
	readonly path: string;
	/** find's letters: f file, d folder, l link, p FIFO, s socket, b and c devices. */
	readonly type: string;
	/** Whether the owner may read it; a folder: also enter it. A link: true. */
	readonly isReadable: boolean;
	/** Permission bits. */
	readonly mode: number;
	/** Bytes. */
	readonly size: number;
	/** Seconds since 1970 with nanoseconds, as find prints them. */
	readonly modified: string;
	/** Inode and time of its last change, which cannot be set back: the same as long as nothing was exchanged. */
	readonly identity: string;
	/** What a link says. */
	readonly target: string;
}

export interface Listing {
	/** The folder's own paths, as given and with its links resolved (latin1). */
	readonly roots: readonly string[];
	/** In the order of their bytes. Nothing below hidden or unreadable folders. */
	readonly entries: readonly Entry[];
}

/** Bytes of find's output: about half a million files. */
const largestOutput = 64 * (2 ** 20);

/** `%l` is empty for what is no link. A folder is entered only if it may become part of the site. */
const script = String.raw`
	[ -d "$1" ] || exit 3
	cd -P -- "$1" && [ -r . ] || exit 4
	pwd -P; printf '\0'
	exec find . -mindepth 1 -ignore_readdir_race \
		'(' -type d '(' -name '.*' ! -name .well-known -o ! -readable -o ! -executable ')' -prune -o -true ')' \
		'(' '(' -type l -o -readable '(' ! -type d -o -executable ')' ')' -printf + -o -printf - ')' \
		-printf ' %y %m %s %T@ %D:%i:%C@\0%P\0%l\0'
`;

/**
 * Everything in a folder, with the owner's rights: nothing is seen or followed that the owner could not see.
 * No file's content is read.
 * @param folder absolute
 */
export function listFolder(folder: string, owner: ContentOwner): Listing | {readonly problem: Text} {
	const [program = '', ...words] = asOwner(owner, ['sh', '-c', script, 'list', folder]);
	const {status, stdout, stderr, error} = spawnSync(program, words, {cwd: '/', env: plainEnvironment(), maxBuffer: largestOutput, stdio: ['ignore', 'pipe', 'pipe']});
	const shown = withoutControls(folder);
	if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOBUFS') {
		return {problem: contentMessages.tooMany(shown)};
	}

	if (status === 3) {
		return {problem: contentMessages.noFolder(shown)};
	}

	if (status !== 0) {
		return {problem: status === 4 ? contentMessages.unreadable(shown) : contentMessages.notListed(shown, error ? thrownReason(error) : reasonOfProgram(printable(stderr.toString('latin1').split('\n')[0]!)))};
	}

	const [root = '', ...fields] = stdout.toString('latin1').split('\0');
	const entries: Entry[] = [];
	for (let index = 0; index + 2 < fields.length; index += 3) {
		entries.push(entryOf(fields[index]!, fields[index + 1]!, fields[index + 2]!));
	}

	return {
		roots: [...new Set([Buffer.from(folder).toString('latin1'), root.replace(/\n$/, '')])],
		entries: entries.sort((one, other) => one.path < other.path ? -1 : 1),
	};
}

function entryOf(facts: string, path: string, target: string): Entry {
	const [access, type = '', mode = '', size = '', modified = '', identity = ''] = facts.split(' ');
	return {path, target, type, modified, identity, isReadable: access === '+', mode: Number.parseInt(mode, 8), size: Number(size)};
}

import {spawnSync} from 'node:child_process';
import type {Text} from '../languages/text.ts';
import {contentMessages} from './messages.ts';
import {programErrorReason, errorReason} from '../languages/system-errors.ts';
import {asOwner, plainEnvironment, type ContentOwner} from '../state/as-owner.ts';
import {printableName, withoutControls} from './names.ts';

/** A file, folder, link or other entry in the site's folder. Names are byte strings, one character per byte (latin1). */
export interface SiteEntry {
	/** Path relative to the folder, without `./`. */
	readonly path: string;
	/** Type letter of find(1): f file, d folder, l link, p FIFO, s socket, b and c devices. */
	readonly type: string;
	/** Whether the owner may read the entry, and for a folder also enter it. Always true for a link. */
	readonly isReadable: boolean;
	/** Permission bits. */
	readonly mode: number;
	/** Size in bytes. */
	readonly size: number;
	/** Modification time in seconds since 1970 with nanoseconds, as printed by find(1). */
	readonly modified: string;
	/** Device, inode and ctime, which users cannot set: unchanged as long as the entry was not replaced or modified. */
	readonly identity: string;
	/** Target of a link. */
	readonly target: string;
}

export interface Listing {
	/** Paths of the folder itself, as given and with links resolved (latin1). */
	readonly roots: readonly string[];
	/** Sorted by bytes. Contents of hidden and unreadable folders are omitted. */
	readonly entries: readonly SiteEntry[];
}

/** Maximum size in bytes of find's output, enough for about half a million files. */
const largestOutput = 64 * 2 ** 20;

/** `%l` is empty for anything but a link. Only folders that may become part of the site are entered. */
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
 * Lists a folder with the owner's rights, so that the owner's permissions limit what is seen and followed. Reads no
 * file contents.
 * @param folder absolute path
 */
export function listFolder(folder: string, owner: ContentOwner): Listing | {readonly problem: Text} {
	const [program = '', ...words] = asOwner(owner, ['sh', '-c', script, 'list', folder]);
	const {status, stdout, stderr, error} = spawnSync(program, words, {
		cwd: '/',
		env: plainEnvironment(),
		maxBuffer: largestOutput,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const shown = withoutControls(folder);
	if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOBUFS') {
		return {problem: contentMessages.tooMany(shown)};
	}

	if (status === 3) {
		return {problem: contentMessages.noFolder(shown)};
	}

	if (status !== 0) {
		return {
			problem:
				status === 4
					? contentMessages.unreadable(shown)
					: contentMessages.notListed(
							shown,
							error ? errorReason(error) : programErrorReason(printableName(stderr.toString('latin1').split('\n')[0]!)),
						),
		};
	}

	const [root = '', ...fields] = stdout.toString('latin1').split('\0');
	const entries: SiteEntry[] = [];
	for (let index = 0; index + 2 < fields.length; index += 3) {
		entries.push(entryOf(fields[index]!, fields[index + 1]!, fields[index + 2]!));
	}

	return {
		roots: [...new Set([Buffer.from(folder).toString('latin1'), root.replace(/\n$/, '')])],
		entries: entries.sort((one, other) => (one.path < other.path ? -1 : 1)),
	};
}

function entryOf(facts: string, path: string, target: string): SiteEntry {
	const [access, type = '', mode = '', size = '', modified = '', identity = ''] = facts.split(' ');
	return {
		path,
		target,
		type,
		modified,
		identity,
		isReadable: access === '+',
		mode: Number.parseInt(mode, 8),
		size: Number(size),
	};
}

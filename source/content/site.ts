import {isUtf8} from 'node:buffer';
import {createHash} from 'node:crypto';
import type {Text} from '../languages/text.ts';
import type {ContentOwner} from '../state/as-owner.ts';
import {parentOf, refusedLinks, targetInside} from './links.ts';
import {listFolder, type Entry, type Listing} from './list.ts';
import {reasonInName, type Reason} from './names.ts';

/** What a folder publishes, and what it does not. Paths are bytes, one for each character (latin1). */
export interface Site {
	/** Absolute, as given. */
	readonly folder: string;
	readonly roots: Listing['roots'];
	/** What is published, in the order of their bytes: a folder comes before what lies in it. */
	readonly entries: readonly Entry[];
	readonly leftOut: ReadonlyArray<{readonly path: string; readonly reason: Reason}>;
	/** SHA-256, hexadecimal: of names, kinds, sizes, times and links, not of the files' contents. */
	readonly digest: string;
	/** Number of files. */
	readonly files: number;
	/** Bytes that the entries take on the array, in the blocks of 4 KiB that ext4 gives them. */
	readonly size: number;
	/** Whether `/` shows a page. */
	readonly hasIndex: boolean;
	/** Number of published names that are not UTF-8. */
	readonly oddNames: number;
}

/** Pages that Apache shows for a folder (DirectoryIndex), in its order. */
export const indexPages = ['index.php', 'index.html'];

const block = 4096;

/** Looks at a folder with the owner's rights. Cheap: no file is read. */
export function scanSite(folder: string, owner: ContentOwner): Site | {readonly problem: Text} {
	const listing = listFolder(folder, owner);
	return 'problem' in listing ? listing : siteOf(folder, listing);
}

/** Decides what of a folder is published. */
export function siteOf(folder: string, {roots, entries: all}: Listing): Site {
	const reasons = new Map<string, Reason>();
	const published = new Map<string, Entry>();
	const isLeftOut = (path: string): boolean => path !== '' && (reasons.has(path) || isLeftOut(parentOf(path)));
	for (const entry of all) {
		const reason = isLeftOut(parentOf(entry.path)) ? undefined : reasonOf(entry);
		if (reason) {
			reasons.set(entry.path, reason);
		} else if (!isLeftOut(entry.path)) {
			published.set(entry.path, entry);
		}
	}

	for (const [path, reason] of refusedLinks(published, roots, isLeftOut)) {
		reasons.set(path, reason);
		published.delete(path);
	}

	const entries = [...published.values()];
	return {
		folder,
		roots,
		entries,
		leftOut: [...reasons].map(([path, reason]) => ({path, reason})).sort((one, other) => one.path < other.path ? -1 : 1),
		digest: digestOf(entries, roots),
		files: entries.filter(({type}) => type === 'f').length,
		size: entries.reduce((size, entry) => size + (entry.type === 'f' ? Math.ceil(entry.size / block) * block : block), 0),
		hasIndex: indexPages.some(name => published.has(name) && published.get(name)!.type !== 'd'),
		oddNames: entries.filter(({path}) => !isUtf8(Buffer.from(path, 'latin1'))).length,
	};
}

function reasonOf({path, type, isReadable}: Entry): Reason | undefined {
	return reasonInName(path.slice(path.lastIndexOf('/') + 1)) ?? (['f', 'd', 'l'].includes(type) ? isReadable ? undefined : 'unreadable' : 'special');
}

/** The same as long as what is published is the same: of the permissions only whether a file may be executed. */
function digestOf(entries: readonly Entry[], roots: readonly string[]): string {
	const hash = createHash('sha256');
	for (const entry of entries) {
		const facts = {
			f: [entry.mode & 0o111 ? 'x' : '-', entry.size, entry.modified],
			l: [targetInside(entry, roots)],
		}[entry.type] ?? [];
		hash.update(`${[entry.path, entry.type, ...facts].join('\0')}\0\0`, 'latin1');
	}

	return hash.digest('hex');
}

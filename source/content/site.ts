import {isUtf8} from 'node:buffer';
import {createHash} from 'node:crypto';
import type {Text} from '../languages/text.ts';
import type {ContentOwner} from '../state/as-owner.ts';
import {parentOf, refusedLinks, targetInside} from './links.ts';
import {listFolder, type SiteEntry, type Listing} from './list.ts';
import {reasonInName, type Reason} from './names.ts';

/**
 * Entries of a folder that are published, and those that are not. Paths are byte strings, one character per byte
 * (latin1).
 */
export interface Site {
	/** Absolute path, as given. */
	readonly folder: string;
	readonly roots: Listing['roots'];
	/** Published entries, sorted by bytes: a folder comes before its contents. */
	readonly entries: readonly SiteEntry[];
	readonly leftOut: ReadonlyArray<{readonly path: string; readonly reason: Reason}>;
	/** SHA-256 in hexadecimal of names, types, sizes, times and links, but not of file contents. */
	readonly digest: string;
	/** Number of published files. */
	readonly files: number;
	/** Size in bytes on the array, in ext4's blocks of 4 KiB. */
	readonly size: number;
	/** Whether the folder has an index page at the top. */
	readonly hasIndex: boolean;
	/** Number of published names that are not UTF-8. */
	readonly oddNames: number;
}

/** Index pages in Apache's order (DirectoryIndex). */
export const indexPages = ['index.php', 'index.html'];

const block = 4096;

/** Scans a folder with the owner's rights. Fast: no file contents are read. */
export function scanSite(folder: string, owner: ContentOwner): Site | {readonly problem: Text} {
	const listing = listFolder(folder, owner);
	return 'problem' in listing ? listing : siteOf(folder, listing);
}

/** Decides which entries of a folder are published. */
export function siteOf(folder: string, {roots, entries: all}: Listing): Site {
	const reasons = new Map<string, Reason>();
	const published = new Map<string, SiteEntry>();
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
		leftOut: [...reasons]
			.map(([path, reason]) => ({path, reason}))
			.sort((one, other) => (one.path < other.path ? -1 : 1)),
		digest: digestOf(entries, roots),
		files: entries.filter(({type}) => type === 'f').length,
		size: entries.reduce(
			(size, entry) => size + (entry.type === 'f' ? Math.ceil(entry.size / block) * block : block),
			0,
		),
		hasIndex: indexPages.some(name => published.has(name) && published.get(name)!.type !== 'd'),
		oddNames: entries.filter(({path}) => !isUtf8(Buffer.from(path, 'latin1'))).length,
	};
}

function reasonOf({path, type, isReadable}: SiteEntry): Reason | undefined {
	return (
		reasonInName(path.slice(path.lastIndexOf('/') + 1)) ??
		(['f', 'd', 'l'].includes(type) ? (isReadable ? undefined : 'unreadable') : 'special')
	);
}

/** Digest of the published entries; of the permissions, only the execute bits count. */
function digestOf(entries: readonly SiteEntry[], roots: readonly string[]): string {
	const hash = createHash('sha256');
	for (const entry of entries) {
		const facts =
			{
				f: [entry.mode & 0o111 ? 'x' : '-', entry.size, entry.modified],
				l: [targetInside(entry, roots)],
			}[entry.type] ?? [];
		hash.update(`${[entry.path, entry.type, ...facts].join('\0')}\0\0`, 'latin1');
	}

	return hash.digest('hex');
}

import type {SiteEntry} from './list.ts';
import type {Reason} from './names.ts';

/** Maximum number of links followed, as in Linux (path_resolution(7)). */
const mostLinks = 40;

/** Target of a link inside the folder, with the links followed on the way; or the reason why there is none. */
type Resolved = {readonly end: string; readonly through: readonly string[]} | {readonly reason: Reason};

/**
 * Returns a link's target as the web servers will see it: relative to the link's folder, or `/css/a.css` for an
 * absolute path into the site. Undefined for an absolute path to anywhere else.
 */
export function targetInside({target}: SiteEntry, roots: readonly string[]): string | undefined {
	if (!target.startsWith('/')) {
		return target;
	}

	const root = roots.find(root => root !== '/' && (target === root || target.startsWith(`${root}/`)));
	return root && `/${target.slice(root.length + 1)}`;
}

/**
 * Returns the links that cannot be published, with the reasons: the path leaves the folder, the target is not
 * published, or the link would make a folder contain itself.
 * @param entries entries that may be published, including links
 * @param isLeftOut whether the path exists but is left out
 */
export function refusedLinks(
	entries: ReadonlyMap<string, SiteEntry>,
	roots: readonly string[],
	isLeftOut: (path: string) => boolean,
): Map<string, Reason> {
	const refused = new Map<string, Reason>();
	const links = [...entries.values()]
		.filter(({type}) => type === 'l')
		.map(link => ({path: link.path, resolved: resolve(link, entries, roots, isLeftOut)}));
	const ways = new WaysUp();
	for (const {path, resolved} of links) {
		if ('reason' in resolved) {
			refused.set(path, resolved.reason);
		} else if (isFolder(resolved.end, entries)) {
			if (ways.reaches(resolved.end, parentOf(path))) {
				refused.set(path, 'cycle');
			} else {
				ways.add(resolved.end, parentOf(path));
			}
		}
	}

	// A link that passes through a refused link has lost its target.
	for (let before = -1; before !== refused.size;) {
		before = refused.size;
		for (const {path, resolved} of links) {
			if (!refused.has(path) && 'through' in resolved && resolved.through.some(link => refused.has(link))) {
				refused.set(path, 'target');
			}
		}
	}

	return refused;
}

/** Resolves a link component by component, as the kernel does, using only the listing. */
function resolve(
	link: SiteEntry,
	entries: ReadonlyMap<string, SiteEntry>,
	roots: readonly string[],
	isLeftOut: (path: string) => boolean,
): Resolved {
	const through: string[] = [];
	let here = parentOf(link.path);
	let rest: string[] = [];
	const follow = (next: SiteEntry): Reason | undefined => {
		const target = targetInside(next, roots);
		if (target === undefined) {
			return 'outside';
		}

		here = target.startsWith('/') ? '' : parentOf(next.path);
		rest = [...target.split('/'), ...rest];
		return through.length > mostLinks ? 'cycle' : undefined;
	};

	let reason = follow(link);
	while (reason === undefined && rest.length > 0) {
		const part = rest.shift()!;
		if (!isFolder(here, entries)) {
			return {reason: 'dangling'};
		}

		if (part === '..' && here === '') {
			return {reason: 'outside'};
		}

		if (part === '..') {
			here = parentOf(here);
		} else if (part !== '' && part !== '.') {
			const path = here === '' ? part : `${here}/${part}`;
			const entry = entries.get(path);
			if (!entry) {
				return {reason: isLeftOut(path) ? 'target' : 'dangling'};
			}

			if (entry.type === 'l') {
				through.push(path);
				reason = follow(entry);
			} else {
				here = path;
			}
		}
	}

	return reason === undefined ? {end: here, through} : {reason};
}

/** Graph of the folders from which a folder can be reached: its parent, and folders that contain a link to it. */
class WaysUp {
	readonly #links = new Map<string, string[]>();

	add(folder: string, from: string): void {
		this.#links.set(folder, [...(this.#links.get(folder) ?? []), from]);
	}

	/** Whether `folder` can be reached by descending from `top`. */
	reaches(top: string, folder: string): boolean {
		const seen = new Set([folder]);
		for (const here of seen) {
			if (here === top) {
				return true;
			}

			for (const up of [...(here === '' ? [] : [parentOf(here)]), ...(this.#links.get(here) ?? [])]) {
				seen.add(up);
			}
		}

		return false;
	}
}

function isFolder(path: string, entries: ReadonlyMap<string, SiteEntry>): boolean {
	return path === '' || entries.get(path)?.type === 'd';
}

export function parentOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

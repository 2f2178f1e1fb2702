/** Who may read an entry of the state directory: root alone, or the cluster's owner as well. */
export type Reader = 'root' | 'owner';

export interface Entry {
	readonly kind: 'file' | 'folder';
	readonly reader: Reader;
	/** Names of the files in a folder that are ours; a folder inside is named by `folders`. */
	readonly files?: RegExp;
	/** Names of folders inside that are ours, which hold `files` and nothing else. */
	readonly folders?: RegExp;
	/** Names of folders inside those that are ours with every file and folder in them. */
	readonly trees?: RegExp;
	/** A folder with a tree of its own, which its own step makes and removes. */
	readonly isOwnTree?: boolean;
	/** Its files may be larger than what is read whole. */
	readonly hasLargeFiles?: boolean;
}

const file = {kind: 'file', reader: 'owner'} as const;
const privateFile = {kind: 'file', reader: 'root'} as const;

/**
 * Everything that the program keeps in a cluster's state directory. `down` removes these names and no others; opening
 * the directory checks that each is what the program made.
 */
export const layout: Readonly<Record<string, Entry>> = {
	'cluster.json': file,
	'answers.yaml': file,
	'facts.json': file,
	'inventory.json': file,
	'journal.jsonl': privateFile,
	'lock': privateFile,
	'acceleration': file,
	'ssh_config': file,
	'known_hosts': file,
	'installed-packages': file,
	'installed-packages.before': privateFile,
	'keys': {kind: 'folder', reader: 'owner', files: /^(?:wizard|authkey|host-[a-z\d-]+)(?:\.pub)?(?:\.new)?$/},
	'logs': {kind: 'folder', reader: 'owner', files: /^(?:[\w.-]+\.log|events\.jsonl)$/, folders: /^[\w-]+$/, trees: /^backup$/, hasLargeFiles: true},
	'reports': {kind: 'folder', reader: 'owner', files: /^(?:measurements\.json(?:\.unreadable)?|report-\w+\.(?:html|md|json))(?:\.new)?$/},
	'content': {kind: 'folder', reader: 'root', files: /^(?:[\da-f]{64}\.tar\.gz|staged\.json)(?:\.new)?$/, hasLargeFiles: true},
	'sandbox': {kind: 'folder', reader: 'root', isOwnTree: true},
};

/** Files that the program writes aside before it renames them: what an interruption leaves of them is ours as well. */
const aside = /\.(?:new|part)$/;

/** The entry that a name in the state directory belongs to; undefined for a name that is not ours. */
export function entryOf(name: string): Entry | undefined {
	const base = Object.hasOwn(layout, name) ? name : name.replace(aside, '');
	return Object.hasOwn(layout, base) ? layout[base] : undefined;
}

/** The permissions of a file by its path below the state directory, `keys/authkey`. */
export function modeOf(path: string, hasReaders: boolean): number {
	const [top = '', ...below] = path.split('/');
	// OpenSSH takes no key that others can read from the one it belongs to, and that is root.
	const isPrivate = entryOf(top)?.reader !== 'owner' || (top === 'keys' && below.join('/') !== 'wizard.pub');
	return isPrivate || !hasReaders ? 0o600 : 0o640;
}

/** The cluster's lasting mark in a state directory. */
export const markerFile = 'cluster.json';

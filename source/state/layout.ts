/** Who may read an entry of the state directory: only root, or the cluster's owner as well. */
export type Reader = 'root' | 'owner';

export interface StateEntry {
	readonly kind: 'file' | 'folder';
	readonly reader: Reader;
	/** Names of our files in the folder, and in its subfolders that match `folders`. */
	readonly files?: RegExp;
	/** Names of our subfolders, which contain `files` and `trees`. */
	readonly folders?: RegExp;
	/** Names of folders inside `folders` whose entire content is ours. */
	readonly trees?: RegExp;
	/** Whether a step creates and removes the folder and its entire content. */
	readonly isOwnTree?: boolean;
	/** Whether files in the folder may exceed the size limit of `readTrusted`. */
	readonly hasLargeFiles?: boolean;
}

const file = {kind: 'file', reader: 'owner'} as const;
const privateFile = {kind: 'file', reader: 'root'} as const;

/**
 * All entries that the program keeps in a cluster's state directory. `down` removes only these names; opening the
 * directory checks that the program made each of them.
 */
export const layout: Readonly<Record<string, StateEntry>> = {
	'cluster.json': file,
	'answers.yaml': file,
	'facts.json': file,
	'inventory.json': file,
	'journal.jsonl': privateFile,
	lock: privateFile,
	acceleration: file,
	ssh_config: file,
	known_hosts: file,
	'installed-packages': file,
	'installed-packages.before': privateFile,
	keys: {kind: 'folder', reader: 'owner', files: /^(?:wizard|authkey|host-[a-z\d-]+)(?:\.pub)?(?:\.new)?$/},
	logs: {
		kind: 'folder',
		reader: 'owner',
		files: /^(?:[\w.-]+\.log|events\.jsonl)$/,
		folders: /^[\w-]+$/,
		trees: /^backup$/,
		hasLargeFiles: true,
	},
	reports: {
		kind: 'folder',
		reader: 'owner',
		files: /^(?:measurements\.json(?:\.unreadable)?|report-\w+\.(?:html|md|json))(?:\.new)?$/,
	},
	content: {
		kind: 'folder',
		reader: 'root',
		files: /^(?:[\da-f]{64}\.tar\.gz|staged\.json)(?:\.new)?$/,
		hasLargeFiles: true,
	},
	sandbox: {kind: 'folder', reader: 'root', isOwnTree: true},
};

/** Suffixes of temporary files that are renamed when complete. Leftovers of an interruption are ours as well. */
const aside = /\.(?:new|part)$/;

/** Returns the entry for a name in the state directory; undefined for a foreign name. */
export function entryOf(name: string): StateEntry | undefined {
	const base = Object.hasOwn(layout, name) ? name : name.replace(aside, '');
	return Object.hasOwn(layout, base) ? layout[base] : undefined;
}

/** Permissions of a file, by its path in the state directory, for example `keys/authkey`. */
export function modeOf(path: string, hasReaders: boolean): number {
	const [top = '', ...below] = path.split('/');
	// OpenSSH refuses a key that users other than its owner (here root) can read.
	const isPrivate = entryOf(top)?.reader !== 'owner' || (top === 'keys' && below.join('/') !== 'wizard.pub');
	return isPrivate || !hasReaders ? 0o600 : 0o640;
}

/** File that marks a folder as a cluster's state directory. */
export const markerFile = 'cluster.json';

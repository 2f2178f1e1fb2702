import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Text} from '../languages/text.ts';
import {contentMessages} from './messages.ts';
import {programErrorReason, errorReason} from '../languages/system-errors.ts';
import {asOwner, plainEnvironment, type ContentOwner} from '../state/as-owner.ts';
import type {SiteEntry} from './list.ts';
import {printableName, withoutControls} from './names.ts';
import {scanSite, type Site} from './site.ts';
import {archivePath, writeStaged} from './staged.ts';

export interface StageOptions {
	/** Folder for archives that only root can read; created if missing. Other archives in it are removed. */
	readonly folder: string;
	readonly owner: ContentOwner;
	/** Final path of the pages on the node; absolute links into the site are rewritten to it. */
	readonly webRoot: string;
	readonly signal: AbortSignal;
}

/**
 * Packs exactly the scanned entries as a gzipped tar archive, with the owner's rights. tar writes directly to the file,
 * not through this process. Returns a problem if the site cannot be read, changes meanwhile, or the signal fires; the
 * previous archive is then kept.
 */
export async function stageSite(site: Site, options: StageOptions): Promise<{readonly problem: Text} | undefined> {
	const {folder, owner, signal} = options;
	const archive = archivePath(folder, site.digest);
	const aside = `${archive}.new`;
	mkdirSync(folder, {recursive: true, mode: 0o700});
	rmSync(aside, {force: true});
	const file = openSync(aside, 'wx', 0o600);
	let problem: Text | undefined;
	try {
		const complaint = await pack(site, options, file);
		// Also detects entries that were replaced while tar was reading and have been put back since.
		problem = signal.aborted
			? contentMessages.interrupted
			: (changeSince(site, owner) ??
				(complaint === undefined ? undefined : contentMessages.notPacked(withoutControls(site.folder), complaint)));
		fsyncSync(file);
	} finally {
		closeSync(file);
	}

	if (problem) {
		rmSync(aside);
		return {problem};
	}

	renameSync(aside, archive);
	writeStaged(folder, site);
	for (const name of readdirSync(folder).filter(
		name => /^[\da-f]{64}\.tar\.gz/.test(name) && join(folder, name) !== archive,
	)) {
		rmSync(join(folder, name));
	}

	return undefined;
}

/** Runs tar. Returns the reason of a failure; undefined on success. */
async function pack(
	{folder, roots, entries}: Site,
	{owner, webRoot, signal}: StageOptions,
	file: number,
): Promise<Text | undefined> {
	const [program = '', ...words] = asOwner(owner, [
		'tar',
		'--create',
		'--gzip',
		'--file=-',
		`--directory=${folder}`,
		'--format=gnu',
		'--owner=root:0',
		'--group=root:0',
		'--mode=u=rwX,go=rX',
		'--hard-dereference',
		...relink(roots, webRoot),
		'--no-recursion',
		'--null',
		'--verbatim-files-from',
		'--files-from=-',
	]);
	const child = spawn(program, words, {cwd: '/', env: plainEnvironment(), stdio: ['pipe', file, 'pipe'], signal});
	let said = '';
	child.stderr!.setEncoding('latin1').on('data', (text: string) => {
		said = (said + text).slice(0, 1000);
	});
	child
		.stdin!.on('error', () => {})
		.end(Buffer.from(['.', ...entries.map(({path}) => `./${path}`), ''].join('\0'), 'latin1'));
	try {
		const [code] = (await once(child, 'close')) as [number | null];
		return code === 0 ? undefined : programErrorReason(printableName(said.split('\n')[0]!) || `tar: exit ${code}`);
	} catch (error) {
		return errorReason(error);
	}
}

/**
 * Returns tar options that rewrite absolute links into the site to links below the web root. Other absolute links are
 * not published, so in the pattern `.` may stand for any special character.
 */
function relink(roots: readonly string[], webRoot: string): string[] {
	return [...roots]
		.sort((one, other) => other.length - one.length)
		.map(root => {
			const pattern = root.replaceAll(/[^\w/-]/g, character => (character === '.' ? '[.]' : '.'));
			return String.raw`--transform=s,^${pattern}\(/\|$\),${webRoot}\1,RH`;
		});
}

/**
 * Scans the site again and returns a problem if anything changed since the first scan, for example while tar was
 * reading.
 */
function changeSince(site: Site, owner: ContentOwner): Text | undefined {
	const now = scanSite(site.folder, owner);
	if ('problem' in now) {
		return now.problem;
	}

	const before = new Map(site.entries.map(entry => [entry.path, stateOf(entry)]));
	const after = new Set(now.entries.map(({path}) => path));
	const changed =
		now.entries.find(entry => before.get(entry.path) !== stateOf(entry)) ??
		site.entries.find(({path}) => !after.has(path));
	return changed && contentMessages.changed(withoutControls(site.folder), printableName(changed.path));
}

function stateOf({type, size, modified, identity, target}: SiteEntry): string {
	return [type, size, modified, identity, target].join('\0');
}

import {spawnSync} from 'node:child_process';

/** The user with whose rights the site is read. */
export interface ContentOwner {
	readonly uid: number;
	readonly gid: number;
}

/**
 * The words that run a command with the owner's user, group and supplementary groups, and no way back to root.
 * As they are where this process is no root, or the owner is root.
 */
export function asOwner({uid, gid}: ContentOwner, words: readonly string[]): string[] {
	return process.getuid?.() === 0 && uid !== 0
		? ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, isKnown(uid) ? '--init-groups' : '--clear-groups', '--no-new-privs', '--', ...words]
		: [...words];
}

/** Environment of commands that read the site: names are bytes, and nothing of the user's (TAR_OPTIONS, GZIP) takes effect. */
export function plainEnvironment(): NodeJS.ProcessEnv {
	return {PATH: process.env['PATH'], LC_ALL: 'C'};
}

const known = new Map<number, boolean>();

/** Whether a user has an entry, which says what groups they are in. A directory that is out of reach knows nobody. */
function isKnown(uid: number): boolean {
	const found = known.get(uid) ?? spawnSync('getent', ['passwd', String(uid)], {stdio: 'ignore'}).status === 0;
	known.set(uid, found);
	return found;
}

import {spawnSync} from 'node:child_process';

/** The user whose rights are used to read the site. */
export interface ContentOwner {
	readonly uid: number;
	readonly gid: number;
}

/**
 * Wraps a command to run with the owner's user, group and supplementary groups, unable to become root again. Returns
 * the command unchanged if this process is not root, or the owner is root.
 */
export function asOwner({uid, gid}: ContentOwner, words: readonly string[]): string[] {
	return process.getuid?.() === 0 && uid !== 0
		? [
				'setpriv',
				`--reuid=${uid}`,
				`--regid=${gid}`,
				isKnown(uid) ? '--init-groups' : '--clear-groups',
				'--no-new-privs',
				'--',
				...words,
			]
		: [...words];
}

/**
 * Environment of commands that read the site: names are handled as bytes, and variables of the user (TAR_OPTIONS, GZIP)
 * have no effect.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
	return {PATH: process.env['PATH'], LC_ALL: 'C'};
}

const known = new Map<number, boolean>();

/**
 * Whether the user database has an entry for the user, from which `setpriv` can take the supplementary groups. False if
 * a directory server cannot be reached.
 */
function isKnown(uid: number): boolean {
	const found = known.get(uid) ?? spawnSync('getent', ['passwd', String(uid)], {stdio: 'ignore'}).status === 0;
	known.set(uid, found);
	return found;
}

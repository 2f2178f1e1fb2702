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
		? ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups', '--no-new-privs', '--', ...words]
		: [...words];
}

/** Environment of commands that read the site: names are bytes, and nothing of the user's (TAR_OPTIONS, GZIP) takes effect. */
export function plainEnvironment(): NodeJS.ProcessEnv {
	return {PATH: process.env['PATH'], LC_ALL: 'C'};
}

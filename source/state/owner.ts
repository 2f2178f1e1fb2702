import {spawnSync} from 'node:child_process';
import {homedir} from 'node:os';
import {cleanText} from '../text/clean.ts';

/** The user that the program works for: the caller of sudo, run0, pkexec or doas; otherwise the user who runs it. */
export interface InvokingUser {
	readonly uid: number;
	readonly gid: number;
	readonly name: string;
	readonly home: string;
}

/**
 * Looks up an entry of a name service database with getent(1), for instance `passwd 1000`; also finds directory users
 * (LDAP).
 */
export type Lookup = (database: 'passwd' | 'group', key: string) => readonly string[] | undefined;

const getent: Lookup = (database, key) => {
	const {status, stdout} = spawnSync('getent', [database, key]);
	return status === 0 ? cleanText(stdout).trimEnd().split(':') : undefined;
};

/** Returns the current owner. Files in the owner's home are read and written with the owner's rights (`user-files.ts`). */
export function invokingUser(environment: NodeJS.ProcessEnv = process.env, lookup: Lookup = getent): InvokingUser {
	const uid = process.getuid?.() ?? 0;
	const caller = uid === 0 ? callerIn(environment, lookup) : undefined;
	if (caller !== undefined && /^[1-9]\d{0,9}$/.test(caller) && Number(caller) < 2 ** 32 - 1) {
		const [name, , , gid, , home] = lookup('passwd', caller) ?? [];
		return {
			uid: Number(caller),
			gid: Number(gid ?? environment['SUDO_GID'] ?? caller),
			name: name ?? environment['SUDO_USER'] ?? caller,
			home: home || '/',
		};
	}

	return {uid, gid: process.getgid?.() ?? 0, name: environment['USER'] ?? String(uid), home: homedir()};
}

/** Returns the caller's user id. run0 uses the variable of sudo, pkexec its own; doas passes only the name. */
function callerIn(
	{SUDO_UID: sudo, PKEXEC_UID: pkexec, DOAS_USER: doas}: NodeJS.ProcessEnv,
	lookup: Lookup,
): string | undefined {
	return sudo ?? pkexec ?? (doas === undefined || doas.startsWith('-') ? undefined : lookup('passwd', doas)?.[2]);
}

/**
 * Returns the group that may read reports, logs and SSH files: the owner's primary group if nobody else is a member
 * (Debian's default "user private group"). Otherwise undefined, and only root can read them.
 */
export function readersOf({uid, gid, name}: InvokingUser, lookup: Lookup = getent): number | undefined {
	if (uid === 0) {
		return undefined;
	}

	const [group, , , members = ''] = lookup('group', String(gid)) ?? [];
	return group === name && members.split(',').every(member => member === '' || member === name) ? gid : undefined;
}

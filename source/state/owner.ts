import {spawnSync} from 'node:child_process';
import {homedir} from 'node:os';
import {cleanText} from '../text/clean.ts';

/** The user the program works for: the caller of sudo, run0, pkexec or doas, or the user who runs it. */
export interface Owner {
	readonly uid: number;
	readonly gid: number;
	readonly name: string;
	readonly home: string;
}

/** Reads one entry of a name service database, for instance `passwd 1000`; directory users (LDAP) are found as well. */
export type Lookup = (database: 'passwd' | 'group', key: string) => readonly string[] | undefined;

const getent: Lookup = (database, key) => {
	const {status, stdout} = spawnSync('getent', [database, key]);
	return status === 0 ? cleanText(stdout).trimEnd().split(':') : undefined;
};

/** Files below this user's home are read and written with this user's rights (`user-files.ts`). */
export function currentOwner(environment: NodeJS.ProcessEnv = process.env, lookup: Lookup = getent): Owner {
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

/** The caller's number: run0 names it as sudo does, pkexec in a variable of its own, doas gives the name alone. */
function callerIn({SUDO_UID: sudo, PKEXEC_UID: pkexec, DOAS_USER: doas}: NodeJS.ProcessEnv, lookup: Lookup): string | undefined {
	return sudo ?? pkexec ?? (doas === undefined || doas.startsWith('-') ? undefined : lookup('passwd', doas)?.[2]);
}

/**
 * The group that may read reports, logs and SSH files: the owner's own group, if nobody else is in it (Debian's default
 * "user private group"). Undefined otherwise: then only root reads them.
 */
export function readersOf({uid, gid, name}: Owner, lookup: Lookup = getent): number | undefined {
	if (uid === 0) {
		return undefined;
	}

	const [group, , , members = ''] = lookup('group', String(gid)) ?? [];
	return group === name && members.split(',').every(member => member === '' || member === name) ? gid : undefined;
}

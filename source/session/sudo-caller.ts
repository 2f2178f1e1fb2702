import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {decodeUncleaned} from '../text/exact.ts';

/**
 * Variable with the id of the process that called sudo. Root reads that process's environment itself: it may contain a
 * proxy's password, and arguments would be visible to everyone.
 */
export const callerVariable = 'CLUSTER_WIZARD_CALLER';

/** Variables of the user's environment that root needs and sudo removes. */
const passedOn: ReadonlySet<string> = new Set([
	'LANG',
	'LC_ALL',
	'LC_MESSAGES',
	'TERM',
	'COLORTERM',
	'NO_COLOR',
	'DISPLAY',
	'WAYLAND_DISPLAY',
	'XAUTHORITY',
	'http_proxy',
	'https_proxy',
	'no_proxy',
]);

/**
 * Maximum number of bytes read from an environment; Linux allows a quarter of the stack for arguments and environment
 * together.
 */
const longest = 4 * 2 ** 20;

/**
 * Adopts the listed variables of the process that called sudo. Does nothing unless this process is root and that
 * process belongs to the user who called sudo.
 */
export function importCallerEnvironment(environment: NodeJS.ProcessEnv = process.env): void {
	const {[callerVariable]: caller = '', SUDO_UID: user = ''} = environment;
	// Child processes are not started by sudo, and in the sandbox the same id may belong to another process.
	delete environment[callerVariable];
	if (process.getuid?.() === 0 && /^\d+$/.test(caller) && /^\d+$/.test(user)) {
		Object.assign(environment, environmentOf(Number(caller), Number(user)));
	}
}

/** Returns the listed variables of a user's process; none if it has ended or belongs to another user. */
export function environmentOf(pid: number, uid: number): Record<string, string> {
	let file: number | undefined;
	try {
		// An open file keeps referring to the same process; its owner is the process's effective user.
		file = openSync(`/proc/${pid}/environ`, 'r');
		return fstatSync(file).uid === uid ? parseEnvironment(readAll(file)) : {};
	} catch {
		return {};
	} finally {
		if (file !== undefined) {
			closeSync(file);
		}
	}
}

/** @param text `/proc/PID/environ` (proc(5)): `NAME=VALUE`, each ended by a NUL byte */
export function parseEnvironment(text: string): Record<string, string> {
	return Object.fromEntries(
		text.split('\0').flatMap(entry => {
			const [name = '', ...value] = entry.split('=');
			return passedOn.has(name) && value.length > 0 ? [[name, value.join('=')]] : [];
		}),
	);
}

function readAll(file: number): string {
	const bytes = Buffer.alloc(longest);
	let length = 0;
	for (let read = 1; read > 0 && length < longest; length += read) {
		read = readSync(file, bytes, length, longest - length, null);
	}

	return decodeUncleaned(bytes.subarray(0, length));
}

import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {exactText} from '../text/exact.ts';

/** Names the process that called sudo. Its environment may hold a proxy's password, so it is not passed as arguments, which everybody can see. */
export const callerVariable = 'CLUSTER_WIZARD_CALLER';

/** Variables of the user's environment that root needs; sudo takes them away. */
const passedOn: ReadonlySet<string> = new Set(['LANG', 'LC_ALL', 'LC_MESSAGES', 'TERM', 'COLORTERM', 'NO_COLOR', 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'http_proxy', 'https_proxy', 'no_proxy']);

/** Bytes of an environment that are read at most; Linux allows a quarter of the stack for arguments and environment together. */
const longest = 4 * 2 ** 20;

/**
 * As root, takes over the variables of the process that called sudo. Everywhere else, and when that process is not the
 * user's who called sudo, nothing happens.
 */
export function adoptCaller(environment: NodeJS.ProcessEnv = process.env): void {
	const {[callerVariable]: caller = '', SUDO_UID: user = ''} = environment;
	// The processes we start are not sudo's, and in the sandbox the number is another process's.
	delete environment[callerVariable];
	if (process.getuid?.() === 0 && /^\d+$/.test(caller) && /^\d+$/.test(user)) {
		Object.assign(environment, environmentOf(Number(caller), Number(user)));
	}
}

/** The listed variables of a user's process; none of a process that has ended or is not that user's. */
export function environmentOf(pid: number, uid: number): Record<string, string> {
	let file: number | undefined;
	try {
		// The open file stays that of one process, and its owner is the process's effective user.
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
	return Object.fromEntries(text.split('\0').flatMap(entry => {
		const [name = '', ...value] = entry.split('=');
		return passedOn.has(name) && value.length > 0 ? [[name, value.join('=')]] : [];
	}));
}

function readAll(file: number): string {
	const bytes = Buffer.alloc(longest);
	let length = 0;
	for (let read = 1; read > 0 && length < longest; length += read) {
		read = readSync(file, bytes, length, longest - length, null);
	}

	return exactText(bytes.subarray(0, length));
}

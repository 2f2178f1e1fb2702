import {spawn, type ChildProcess} from 'node:child_process';
import {existsSync} from 'node:fs';
import type {Owner} from '../state/owner.ts';

/** Variables of the user's session that a browser needs. The rest of root's environment, a proxy's password included, stays here. */
const passedOn = ['PATH', 'LANG', 'LC_ALL', 'LC_MESSAGES', 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY'];

/**
 * Opens an address in the user's browser, with that user's rights and home. A browser is never started as root: without
 * another user nothing happens.
 */
export function openBrowser(url: string, {uid, gid, name, home}: Owner): ChildProcess | undefined {
	if (uid === 0) {
		return undefined;
	}

	const runtime = `/run/user/${uid}`;
	const child = spawn('xdg-open', [url], {
		stdio: 'ignore',
		detached: true,
		// Node drops root's supplementary groups together with the user.
		...(process.getuid?.() === 0 && {uid, gid}),
		cwd: '/',
		env: {
			...Object.fromEntries(passedOn.flatMap(variable => process.env[variable] ? [[variable, process.env[variable]]] : [])),
			HOME: home, USER: name, LOGNAME: name,
			...(existsSync(runtime) && {XDG_RUNTIME_DIR: runtime}),
		},
	});
	child.on('error', () => {}).unref();
	return child;
}

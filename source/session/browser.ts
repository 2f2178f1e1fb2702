import {spawn, type ChildProcess} from 'node:child_process';
import {existsSync} from 'node:fs';
import type {InvokingUser} from '../state/owner.ts';

/** Variables of the user's session that a browser needs. Others, such as a proxy's password, are not passed on. */
const passedOn = ['PATH', 'LANG', 'LC_ALL', 'LC_MESSAGES', 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY'];

/**
 * Opens a URL in the user's browser, with that user's rights and home. Does nothing if there is no user but root: a
 * browser never runs as root.
 */
export function openBrowser(url: string, {uid, gid, name, home}: InvokingUser): ChildProcess | undefined {
	if (uid === 0) {
		return undefined;
	}

	const runtime = `/run/user/${uid}`;
	const child = spawn('xdg-open', [url], {
		stdio: 'ignore',
		detached: true,
		// With `uid`, Node drops root's supplementary groups as well.
		...(process.getuid?.() === 0 && {uid, gid}),
		cwd: '/',
		env: {
			...Object.fromEntries(
				passedOn.flatMap(variable => (process.env[variable] ? [[variable, process.env[variable]]] : [])),
			),
			HOME: home,
			USER: name,
			LOGNAME: name,
			...(existsSync(runtime) && {XDG_RUNTIME_DIR: runtime}),
		},
	});
	child.on('error', () => {}).unref();
	return child;
}

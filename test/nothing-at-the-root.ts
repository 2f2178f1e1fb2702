import {readdirSync} from 'node:fs';

/** Tests run as root too: a folder that one of them makes at the root of the file system decides what another one sees. */
export default function setup(): () => void {
	const before = readdirSync('/');
	return () => {
		const left = readdirSync('/').filter(name => !before.includes(name));
		if (left.length > 0) {
			// Vitest only prints what is thrown here.
			process.exitCode = 1;
			throw new Error(`The unit tests left at the root of the file system: ${left.join(', ')}`);
		}
	};
}

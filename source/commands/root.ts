import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {UserError} from '../user-error.ts';
import {programWords} from '../executable.ts';
import type {Language} from '../languages/text.ts';
import {sessionMessages} from './messages.ts';
import {callerVariable} from './caller.ts';
import {invocationVariable} from './invocation.ts';

/**
 * Runs this same program once more as root, before anything is shown: later, in a process without a terminal, sudo's
 * default policy would refuse. Returns its exit code, or nothing when we are root already.
 */
export async function becomeRoot(languageOf: () => Promise<Language>): Promise<number | undefined> {
	if (process.getuid?.() === 0) {
		return undefined;
	}

	const language = await languageOf();

	const ignore = () => {};
	// The terminal's signals reach root's process as well, and that one decides.
	process.on('SIGINT', ignore).on('SIGTERM', ignore);
	const child = spawn('sudo', ['-p', sessionMessages.sudoPrompt[language], '--', 'env', `${callerVariable}=${process.pid}`, `${invocationVariable}=${process.env[invocationVariable] ?? ''}`, ...programWords(process.argv.slice(2))], {stdio: 'inherit'});
	try {
		const [code] = await once(child, 'exit') as [number | null];
		return code ?? 137;
	} catch {
		throw new UserError(sessionMessages.needsRoot[language], 3);
	}
}

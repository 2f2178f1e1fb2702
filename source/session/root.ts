import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {UserError} from '../user-error.ts';
import {programCommand} from '../executable.ts';
import type {Language} from '../languages/text.ts';
import {sessionMessages} from './messages.ts';
import {callerVariable} from './sudo-caller.ts';
import {invocationVariable} from '../command-line/invocation.ts';

/**
 * Runs this program again as root, before it shows anything: sudo's default policy refuses a process without a
 * terminal. Returns the exit code, or undefined if this process is already root.
 * @throws UserError if sudo cannot be run
 */
export async function becomeRoot(languageOf: () => Promise<Language>): Promise<number | undefined> {
	if (process.getuid?.() === 0) {
		return undefined;
	}

	const language = await languageOf();

	const ignore = () => {};
	// The terminal sends its signals to root's process as well, which handles them.
	process.on('SIGINT', ignore).on('SIGTERM', ignore);
	const child = spawn(
		'sudo',
		[
			'-p',
			sessionMessages.sudoPrompt[language],
			'--',
			'env',
			`${callerVariable}=${process.pid}`,
			`${invocationVariable}=${process.env[invocationVariable] ?? ''}`,
			...programCommand(process.argv.slice(2)),
		],
		{stdio: 'inherit'},
	);
	try {
		const [code] = (await once(child, 'exit')) as [number | null];
		return code ?? 137;
	} catch {
		throw new UserError('not-root', sessionMessages.needsRoot[language]);
	}
}

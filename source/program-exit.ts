import {CommanderError} from 'commander';
import {JournalFailed} from './engine/failure.ts';
import type {ErrorCode} from './error-codes.ts';
import {UserError} from './user-error.ts';
import type {Language} from './languages/text.ts';
import {sessionMessages} from './session/messages.ts';
import {errorReason} from './languages/system-errors.ts';
import {usageMessages} from './command-line/usage-messages.ts';
import {UserFileError} from './state/user-files.ts';
import {cleanLine, cleanText} from './text/clean.ts';
import {withCommandLines, type CommonOptions} from './command-line/options.ts';

/** System errors that are not bugs of this program. */
const systemErrors: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'ENAMETOOLONG']);
/** Errors for files that even root cannot change: immutable ones, or those on a network file system. */
const deniedErrors: ReadonlySet<string> = new Set(['EACCES', 'EPERM']);

/** The usage of the command that commander's error is about, as the command line attaches it. */
function usageOf(error: CommanderError): string | undefined {
	return 'usage' in error && typeof error.usage === 'string' ? error.usage : undefined;
}

/** How a command ended: `error` is missing where nothing failed, as after `--help`. */
export interface ProgramExit {
	readonly code: number;
	readonly text?: string;
	readonly error?: ErrorCode;
}

/** Sentence, code and exit code for an error that ended a command; undefined for a bug of the program. */
export async function exitFor(
	error: unknown,
	options: CommonOptions,
	language: Language,
): Promise<ProgramExit | undefined> {
	if (error instanceof CommanderError) {
		return error.exitCode === 0
			? {code: 0}
			: {
					code: 2,
					error: 'usage',
					text: withCommandLines(usageMessages.wrong(error.code, cleanLine(error.message), usageOf(error))[language]),
				};
	}

	if (error instanceof UserError) {
		return {code: error.exitCode, error: error.code, text: withCommandLines(cleanText(error.message), options)};
	}

	const {code = '', path} = error as NodeJS.ErrnoException;
	if (
		error instanceof JournalFailed ||
		error instanceof UserFileError ||
		systemErrors.has(code) ||
		(deniedErrors.has(code) && path !== undefined)
	) {
		// Loaded on demand: it pulls in the large module that parses answers, and would delay the wizard's first frame.
		const {languageFor} = await import('./session/language.ts');
		return {code: 1, error: 'disk', text: sessionMessages.diskFull(errorReason(error))[languageFor(options)]};
	}

	return undefined;
}

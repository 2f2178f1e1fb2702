import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {errorReason} from '../languages/system-errors.ts';
import {messageOf} from '../text/clean.ts';

/** An error as a sentence for a screen; errors of the system (those with a `code`) are translated. */
export function errorMessage(error: unknown, language: Language): string {
	const {code} = (error ?? {}) as NodeJS.ErrnoException;
	return code === undefined || error instanceof UserError ? messageOf(error) : errorReason(error)[language];
}

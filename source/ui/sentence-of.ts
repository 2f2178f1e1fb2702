import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {thrownReason} from '../languages/system-errors.ts';
import {messageOf} from '../text/clean.ts';

/** An error as a screen shows it: our own sentences as they are, the system's errors in the user's language. */
export function sentenceOf(error: unknown, language: Language): string {
	const {code} = (error ?? {}) as NodeJS.ErrnoException;
	return code === undefined || error instanceof UserError ? messageOf(error) : thrownReason(error)[language];
}

import * as z from 'zod';
import {cleanLine, messageOf, shortened} from './clean.ts';

/** Characters that one sentence has room for. */
const longest = 200;

/** Why data could not be understood, in one line: a schema's first problem with its place, or the error's message. */
export function problemOf(error: unknown): string {
	const [issue] = error instanceof z.ZodError ? error.issues : [];
	return shortened(issue ? cleanLine(`${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`) : messageOf(error), longest);
}

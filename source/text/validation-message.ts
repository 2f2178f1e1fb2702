import * as z from 'zod';
import {cleanLine, messageOf, shortened} from './clean.ts';

/** Maximum characters of a problem, which is shown inside a sentence. */
const longest = 200;

/** One-line reason why data is invalid: the schema's first issue with its path, or the error's message. */
export function validationMessage(error: unknown): string {
	const [issue] = error instanceof z.ZodError ? error.issues : [];
	return shortened(
		issue ? cleanLine(`${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`) : messageOf(error),
		longest,
	);
}

import type {Language, Text} from '../languages/text.ts';
import {answersFileMessages} from './messages.ts';

/** Something wrong in the answers. */
export interface Problem {
	/** The key's path, such as `networks.internal.cidr`; empty where the file as a whole is meant. */
	readonly key: string;
	readonly file?: string;
	/** From 1; absent where the value is not in the file. */
	readonly line?: number;
	readonly column?: number;
	/** What is wrong, as a sentence that follows the key. */
	readonly message: Text;
}

/**
 * One problem a line: `answers.yaml:3:9: web.count: must be …`, in the order in which they stand in the file.
 * @param more problems that are not in the list
 */
export function formatProblems(problems: readonly Problem[], language: Language, more = 0): string {
	const lines = [...problems]
		.sort((one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0))
		.map(({file, line, column, key, message}) => {
			const place = [file, line, column].filter(part => part !== undefined).join(':');
			return [place, key, message[language]].filter(part => part !== '').join(': ');
		});
	return [...lines, ...(more > 0 ? [answersFileMessages.moreProblems(more)[language]] : [])].join('\n');
}

import type {Language, Text} from '../languages/text.ts';
import {answersFileMessages} from './messages.ts';

/** A problem in the answers. */
export interface Problem {
	/** Path of the key, such as `networks.internal.cidr`; empty for the whole file. */
	readonly key: string;
	readonly file?: string;
	/** Line number from 1; absent if the value is not in the file. */
	readonly line?: number;
	readonly column?: number;
	/** Sentence on the problem, to be printed after the key. */
	readonly message: Text;
}

/**
 * Formats one problem per line, `answers.yaml:3:9: web.count: must be …`, in file order.
 * @param more number of further problems that are not in the list
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

import {dirname, isAbsolute, resolve} from 'node:path';
import {parseAnswers} from '../answers/answers-document.ts';
import {readAnswersFile} from '../answers/answers-file.ts';
import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {sessionMessages} from './messages.ts';
import type {SystemError} from '../languages/system-errors.ts';
import type {InvokingUser} from '../state/owner.ts';
import {readAsUser} from '../state/user-files.ts';

/** Text of an answers file, and the folder to which its relative paths refer. */
export interface AnswersText {
	readonly text: string;
	readonly file: string;
	readonly folder: string;
}

/**
 * Reads the file given by `--answers` with the owner's rights: error messages quote values from it, and must not reveal
 * files that only root can read.
 * @throws UserError if it cannot be read
 */
export function readGivenAnswers(answers: string, owner: InvokingUser, language: Language): AnswersText {
	const file = resolve(answers);
	try {
		return {
			text: readAnswersFile(file, language, (path, limit) => readAsUser(owner, path, limit)),
			file,
			folder: dirname(file),
		};
	} catch (error) {
		throw error instanceof UserError
			? error
			: new UserError(
					'answers-unreadable',
					sessionMessages.answersUnreadable(file, owner.name, error as SystemError)[language],
				);
	}
}

/** Extracts the cluster's name, which determines the state directory, before the answers are validated. */
export function nameIn(text: string): string {
	const name: unknown = parseAnswers(text).get('name');
	return typeof name === 'string' && /^[a-z](?:[a-z\d-]{0,30}[a-z\d])?$/.test(name) ? name : 'web';
}

/** Makes the path of the user's pages absolute, because the answers are saved to a different folder. */
export function resolveContentPath(text: string, folder: string): string {
	const document = parseAnswers(text);
	const content = document.getIn(['web', 'content']);
	if (typeof content !== 'string' || isAbsolute(content)) {
		return text;
	}

	document.setIn(['web', 'content'], resolve(folder, content));
	return document.toString();
}

import {dirname, isAbsolute, resolve} from 'node:path';
import {parseAnswers} from '../answers/answers-document.ts';
import {readAnswersFile} from '../answers/answers-file.ts';
import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {sessionMessages} from './messages.ts';
import type {SystemError} from '../languages/system-errors.ts';
import type {Owner} from '../state/owner.ts';
import {readAsUser} from '../state/user-files.ts';

/** The text of an answers file, and the folder that relative paths in it are relative to. */
export interface AnswersText {
	readonly text: string;
	readonly file: string;
	readonly folder: string;
}

/**
 * Reads the file of `--answers` with the owner's rights: a message about a wrong value quotes it, and must not quote what
 * only root can read.
 * @throws UserError if it cannot be read
 */
export function readGivenAnswers(answers: string, owner: Owner, language: Language): AnswersText {
	const file = resolve(answers);
	try {
		return {text: readAnswersFile(file, language, (path, limit) => readAsUser(owner, path, limit)), file, folder: dirname(file)};
	} catch (error) {
		throw error instanceof UserError ? error : new UserError(sessionMessages.answersUnreadable(file, owner.name, error as SystemError)[language], 2);
	}
}

/** The cluster's name, which says where its state is, before the answers are looked at as a whole. */
export function nameIn(text: string): string {
	const name: unknown = parseAnswers(text).get('name');
	return typeof name === 'string' && /^[a-z](?:[a-z\d-]{0,30}[a-z\d])?$/.test(name) ? name : 'web';
}

/** The kept answers stand in another folder, so the path of the user's pages is made whole in them. */
export function withAbsoluteContent(text: string, folder: string): string {
	const document = parseAnswers(text);
	const content = document.getIn(['web', 'content']);
	if (typeof content !== 'string' || isAbsolute(content)) {
		return text;
	}

	document.setIn(['web', 'content'], resolve(folder, content));
	return document.toString();
}

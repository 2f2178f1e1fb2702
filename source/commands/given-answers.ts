import {readFileSync} from 'node:fs';
import {dirname, isAbsolute, resolve} from 'node:path';
import {parseDocument} from 'yaml';
import {UserError} from '../engine/failure.ts';
import {sessionMessages} from '../messages/session.ts';
import type {Language} from '../messages/text.ts';
import {asUser} from '../state/as-user.ts';
import type {Owner} from '../state/owner.ts';

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
		return {text: asUser(owner, () => readFileSync(file, 'utf8')), file, folder: dirname(file)};
	} catch (error) {
		throw new UserError(sessionMessages.answersUnreadable(file, (error as Error).message)[language], 2);
	}
}

/** The cluster's name, which says where its state is, before the answers are looked at as a whole. */
export function nameIn(text: string): string {
	const name: unknown = parseDocument(text).get('name');
	return typeof name === 'string' && /^[a-z](?:[a-z\d-]{0,30}[a-z\d])?$/.test(name) ? name : 'web';
}

/** The kept answers stand in another folder, so the path of the user's pages is made whole in them. */
export function withAbsoluteContent(text: string, folder: string): string {
	const document = parseDocument(text);
	const content = document.getIn(['web', 'content']);
	if (typeof content !== 'string' || isAbsolute(content)) {
		return text;
	}

	document.setIn(['web', 'content'], resolve(folder, content));
	return document.toString();
}

import {UserError} from '../user-error.ts';
import type {Journal} from '../engine/journal.ts';
import type {Language, Text} from '../languages/text.ts';
import {journalMessages as messages} from '../engine/journal-messages.ts';

/** Describes each unusable part of the journal, with its line. */
export function unreadableParts({path, problems, unknown}: Journal): Text[] {
	return [
		...problems.map(({line, reason}) => messages.at(path, line, reason)),
		...unknown.map(({line, kind, name}) => messages.at(path, line, messages.unknown(kind, name))),
	];
}

/** @throws UserError for the first unreadable line, which could hide resources of a run */
export function refuseBrokenJournal({path, problems: [first]}: Journal, language: Language): void {
	if (first) {
		throw new UserError('journal-damaged', messages.broken(messages.at(path, first.line, first.reason))[language]);
	}
}

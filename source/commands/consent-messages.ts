import {phrase, type Language, type Text} from '../languages/text.ts';


/** The words that mean yes, in the language in which the question is asked. */
const yes: Text = phrase('y, yes');

/** Whether an answer is one of the exact words for yes; anything else is a no. */
export function isYes(answer: string, language: Language): boolean {
	return yes[language].split(', ').includes(answer.trim().toLowerCase().normalize('NFC'));
}

/** The question before something that harms. */
export const consentMessages = {
	ask: phrase('Type yes to go on: '),
	answer: phrase('answer'),
	no: phrase('no'),
} satisfies Record<string, Text>;

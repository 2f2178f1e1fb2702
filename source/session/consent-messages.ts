import {phrase, type Language, type Text} from '../languages/text.ts';

/** Words accepted as yes, separated by commas, in the language of the question. */
const yes: Text = phrase('y, yes');

/** Whether an answer is exactly one of the words for yes; anything else means no. */
export function isYes(answer: string, language: Language): boolean {
	return yes[language].split(', ').includes(answer.trim().toLowerCase().normalize('NFC'));
}

/** Question before an action that disrupts the cluster. */
export const consentMessages = {
	ask: phrase('Type yes to go on: '),
	answer: phrase('answer'),
	no: phrase('no'),
} satisfies Record<string, Text>;

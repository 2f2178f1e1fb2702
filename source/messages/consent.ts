import type {Language, Text} from './text.ts';

/** The words that mean yes, in the language in which the question is asked. */
const yes: Readonly<Record<Language, readonly string[]>> = {en: ['y', 'yes'], es: ['s', 'si', 'sí']};

/** Whether an answer is one of the exact words for yes; anything else is a no. */
export function isYes(answer: string, language: Language): boolean {
	return yes[language].includes(answer.trim().toLowerCase().normalize('NFC'));
}

/** The question before something that harms. */
export const consentMessages = {
	ask: {en: 'Type yes to go on: ', es: 'Escriba sí para continuar: '},
	answer: {en: 'answer', es: 'responder'},
	no: {en: 'no', es: 'no'},
} satisfies Record<string, Text>;

import type {Language} from './text.ts';

/** The words that mean yes, in the language in which the question is asked. */
const yes: Readonly<Record<Language, readonly string[]>> = {en: ['y', 'yes'], es: ['s', 'si', 'sí']};

/** Whether an answer is one of the exact words for yes; anything else is a no. */
export function isYes(answer: string, language: Language): boolean {
	return yes[language].includes(answer.trim().toLowerCase().normalize('NFC'));
}

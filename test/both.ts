import {fillMissingLanguages, type Text} from '../source/languages/text.ts';

/** A text of a test in English and Spanish; other languages have the English. */
export function both(en: string, es = en): Text {
	return fillMissingLanguages({en, es});
}

/** The part of an expected text that a test names: other languages may say anything. For `toMatchObject`. */
export function spoken({en, es}: Text): Pick<Text, 'en' | 'es'> {
	return {en, es};
}

import {IntlMessageFormat} from 'intl-messageformat';
import {translations} from './catalogue.ts';
import {languages, type Language} from './languages.ts';

export type {Language} from './languages.ts';

/** A sentence, or words, in every language. */
export type Text = Readonly<Record<Language, string>>;

/** Values of a sentence by their names. A `Text` is put in in the sentence's own language; a truth is `true` or `false`. */
export type Values = Readonly<Record<string, string | number | boolean | Text>>;

/** Sentences that were parsed, by language and sentence: the screens ask for the same ones again and again. */
const formats = new Map<string, IntlMessageFormat>();

/**
 * A sentence in every language.
 * @param english the sentence, and the key of its translations in `assets/languages`. With values it is an ICU message:
 * `{name}`, `{count, plural, one {1 file} other {{count} files}}`, `{isNew, select, true {…} other {…}}`, and a brace or an
 * apostrophe before a brace is quoted (https://unicode-org.github.io/icu/userguide/format_parse/messages). Without values it is
 * taken as it is.
 * @throws Error for a sentence that is no ICU message, or a value that is missing: a mistake of ours, which `test/languages` finds
 */
export function phrase(english: string, values?: Values): Text {
	return inEveryLanguage(language => translated(english, values, language, english));
}

/**
 * Words that other languages say differently in another context, such as "failed" of a test and of a request.
 * Their key in `assets/languages` is `words [context]`.
 */
export function phraseIn(context: string, english: string, values?: Values): Text {
	return inEveryLanguage(language => translated(english, values, language, `${english} [${context}]`));
}

/** Whether a word is the code of a language of the program. */
export function isLanguage(word: unknown): word is Language {
	return languages.some(language => language === word);
}

/** A language by its own name: `Español`. A language that lacks translations is marked. */
export function languageName(language: Language): string {
	const name = new Intl.DisplayNames(language, {type: 'language'}).of(language)!;
	const isIncomplete = Object.values(translations(language)).includes('');
	return name.charAt(0).toLocaleUpperCase(language) + name.slice(1) + (isIncomplete ? ` (${phrase('incomplete')[language]})` : '');
}

/** A text that another version of the program kept, which may have had fewer languages. */
export function completed(text: {readonly en: string} & Partial<Text>): Text {
	return inEveryLanguage(language => text[language] ?? text.en);
}

/** Words of other programs, and names: the same in every language. */
export function verbatim(words: string): Text {
	return inEveryLanguage(() => words);
}

/** A text that each language makes in its own way, such as a number or a list. */
export function inEveryLanguage(make: (language: Language) => string): Text {
	return Object.fromEntries(languages.map(language => [language, make(language)])) as Record<Language, string>;
}

/** `SERVER1, SERVER2 and SERVER3`, or with `or`. */
export function listed(names: readonly string[], type: Intl.ListFormatType = 'conjunction'): Text {
	return inEveryLanguage(language => new Intl.ListFormat(language, {type}).format(names));
}

/** Texts one after the other, with the same words between them. */
export function joined(texts: readonly Text[], between: string): Text {
	return inEveryLanguage(language => texts.map(text => text[language]).join(between));
}

function translated(english: string, values: Values | undefined, language: Language, key: string): string {
	const translation = translations(language)[key];
	const sentence = translation || english;
	if (!values) {
		return sentence;
	}

	// A sentence without a translation is English, with English plurals.
	const id = `${translation ? language : 'en'} ${sentence}`;
	let format = formats.get(id);
	if (!format) {
		format = new IntlMessageFormat(sentence, translation ? language : 'en', undefined, {ignoreTag: true});
		formats.set(id, format);
	}

	return String(format.format(valuesIn(values, language)));
}

function valuesIn(values: Values, language: Language): Record<string, string | number> {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? value[language] : typeof value === 'boolean' ? String(value) : value]));
}

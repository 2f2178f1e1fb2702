import {IntlMessageFormat} from 'intl-messageformat';
import {translations} from './catalogue.ts';
import {languages, type Language} from './languages.ts';

export type {Language} from './languages.ts';

/** A text in every language. */
export type Text = Readonly<Record<Language, string>>;

/** Values of a sentence by name. A `Text` is inserted in the sentence's language; a boolean as `true` or `false`. */
export type MessageValues = Readonly<Record<string, string | number | boolean | Text>>;

/** Parsed messages by language and sentence; cached, because the screens format the same ones repeatedly. */
const formats = new Map<string, IntlMessageFormat>();

/**
 * Returns a sentence in every language.
 * @param english the sentence, which is also the key of its translations in `assets/languages`. With values it is an
 * ICU message: `{name}`, `{count, plural, one {1 file} other {{count} files}}`, `{isNew, select, true {…} other {…}}`;
 * a literal brace, or an apostrophe before a brace, must be quoted
 * (https://unicode-org.github.io/icu/userguide/format_parse/messages). Without values it is literal text.
 * @throws Error for an invalid ICU message or a missing value, which are bugs that `test/languages` finds
 */
export function phrase(english: string, values?: MessageValues): Text {
	return inEveryLanguage(language => translated(english, values, language, english));
}

/**
 * Returns words whose translation depends on the context, such as "failed" of a test and of a request. Their key in
 * `assets/languages` is `words [context]`.
 */
export function phraseIn(context: string, english: string, values?: MessageValues): Text {
	return inEveryLanguage(language => translated(english, values, language, `${english} [${context}]`));
}

/** Whether a value is the code of one of the program's languages. */
export function isLanguage(word: unknown): word is Language {
	return languages.some(language => language === word);
}

const names = new Map<Language, string>();

/** Returns a language's own name, such as `Español`, marked if translations are missing. */
export function languageName(language: Language): string {
	let name = names.get(language);
	if (name === undefined) {
		const own = new Intl.DisplayNames(language, {type: 'language'}).of(language)!;
		const isIncomplete = Object.values(translations(language)).includes('');
		name =
			own.charAt(0).toLocaleUpperCase(language) +
			own.slice(1) +
			(isIncomplete ? ` (${phrase('incomplete')[language]})` : '');
		names.set(language, name);
	}

	return name;
}

/** Completes a text saved by another version of the program, which may have had fewer languages. */
export function fillMissingLanguages(text: {readonly en: string} & Partial<Text>): Text {
	return inEveryLanguage(language => text[language] ?? text.en);
}

/** Returns text that is the same in every language: names, and words of other programs. */
export function verbatim(words: string): Text {
	return inEveryLanguage(() => words);
}

/** Returns a text that is computed for each language, such as a number or a list. */
export function inEveryLanguage(make: (language: Language) => string): Text {
	return Object.fromEntries(languages.map(language => [language, make(language)])) as Record<Language, string>;
}

/** Formats a list: `SERVER1, SERVER2 and SERVER3`, or with `or`. */
export function listed(names: readonly string[], type: Intl.ListFormatType = 'conjunction'): Text {
	return inEveryLanguage(language => new Intl.ListFormat(language, {type}).format(names));
}

/** Joins texts with the same separator. */
export function joined(texts: readonly Text[], between: string): Text {
	return inEveryLanguage(language => texts.map(text => text[language]).join(between));
}

function translated(english: string, values: MessageValues | undefined, language: Language, key: string): string {
	const translation = translations(language)[key];
	const sentence = translation || english;
	if (!values) {
		return sentence;
	}

	// A sentence without a translation is English and needs English plurals.
	const id = `${translation ? language : 'en'} ${sentence}`;
	let format = formats.get(id);
	if (!format) {
		format = new IntlMessageFormat(sentence, translation ? language : 'en', undefined, {ignoreTag: true});
		formats.set(id, format);
	}

	return String(format.format(valuesIn(values, language)));
}

function valuesIn(values: MessageValues, language: Language): Record<string, string | number> {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			typeof value === 'object' ? value[language] : typeof value === 'boolean' ? String(value) : value,
		]),
	);
}

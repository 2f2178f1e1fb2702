import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {IntlMessageFormat} from 'intl-messageformat';
import {describe, expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';
import {translations} from '../../source/languages/catalogue.ts';
import {languages} from '../../source/languages/languages.ts';
import {sentencesIn, sentencesOf} from '../../source/languages/sentences.ts';

const sentences = sentencesIn(packageRoot);
const translated = languages.filter(language => language !== 'en');

/** Languages whose every sentence has to be translated. Others show English where one is missing. */
const complete = ['es'] as const;

test('the list of languages is that of the files: `npm run languages` writes it', () => {
	const files = readdirSync(join(packageRoot, 'assets/languages'));
	expect(files.map(name => name.replace('.json', '')).sort()).toEqual([...translated].sort());
});

test('the source has its sentences', () => {
	expect(sentences.length).toBeGreaterThan(1000);
});

test.each(translated)('%s has an entry for each sentence, and no other: `npm run languages` mends it', language => {
	const keys = sentences.map(({key}) => key).sort();
	expect(Object.keys(translations(language)).sort()).toEqual(keys);
});

test.each(complete)('%s is complete', language => {
	expect(
		sentences.filter(({key}) => !translations(language)[key]).map(({key, places}) => `${places[0]!}: ${key}`),
	).toEqual([]);
});

test('the sentences of the source can be formatted with the values that they are given', () => {
	expect(
		sentences
			.filter(({isMessage}) => isMessage)
			.flatMap(sentence =>
				problemsOf(sentence.english, 'en', sentence.values).map(problem => `${sentence.places[0]!}: ${problem}`),
			),
	).toEqual([]);
});

test.each(translated)('translations into %s can be formatted with the values that the source gives', language => {
	const problems = sentences
		.filter(({isMessage, key}) => isMessage && translations(language)[key])
		.flatMap(({key, english, values}) => {
			const known = values ?? valuesIn(english);
			return problemsOf(translations(language)[key]!, language, known).map(problem => `${key}: ${problem}`);
		});
	expect(problems).toEqual([]);
});

test('each value is used, in English or in a translation', () => {
	const unused = sentences.flatMap(({key, english, values = [], places}) => {
		const used = [english, ...translated.map(language => translations(language)[key] ?? '')].flatMap(sentence =>
			valuesIn(sentence),
		);
		return values.filter(value => !used.includes(value)).map(value => `${places[0]!}: ${value}`);
	});
	expect(unused).toEqual([]);
});

describe('what is no call with a written-out sentence is found', () => {
	test.each([
		['a variable', 'phrase(words)'],
		['a template with a value', 'phrase(`no ${thing}`)'],
		['a choice', "phrase(one ? 'file' : 'files')"],
	])('%s', (_, code) => {
		expect(() => sentencesOf('source/a.ts', code)).toThrow('source/a.ts:1: the sentence has to be written out');
	});
	test('a wrong placeholder, and a sentence that is no message', () => {
		expect(problemsOf('{file} and {folder}', 'en', ['file'])).toEqual(['{folder} has no value']);
		expect(problemsOf('{count, plural, one {a file}}', 'en', ['count'])[0]).toContain('MISSING_OTHER_CLAUSE');
	});
});

interface Element {
	readonly type: number;
	readonly value: string;
	readonly options?: Readonly<Record<string, {readonly value: readonly Element[]}>>;
}

/** Reasons why a sentence cannot be formatted. */
function problemsOf(sentence: string, language: string, values: readonly string[] | undefined): string[] {
	try {
		const used = valuesOf(
			new IntlMessageFormat(sentence, language, undefined, {ignoreTag: true}).getAst() as unknown as Element[],
		);
		return values ? used.filter(name => !values.includes(name)).map(name => `{${name}} has no value`) : [];
	} catch (error) {
		return [String(error)];
	}
}

function valuesIn(sentence: string): string[] {
	return valuesOf(new IntlMessageFormat(sentence, 'en', undefined, {ignoreTag: true}).getAst() as unknown as Element[]);
}

/** Names of the values in a message, those inside its choices as well. */
function valuesOf(elements: readonly Element[]): string[] {
	const literal = 0;
	return [
		...new Set(
			elements.flatMap(({type, value, options = {}}) => [
				...(type === literal ? [] : [value]),
				...Object.values(options).flatMap(option => valuesOf(option.value)),
			]),
		),
	];
}

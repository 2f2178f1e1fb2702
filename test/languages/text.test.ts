import {expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';
import {translations} from '../../source/languages/catalogue.ts';
import {languages} from '../../source/languages/languages.ts';
import {sentencesIn} from '../../source/languages/sentences.ts';
import {
	fillMissingLanguages,
	isLanguage,
	joined,
	languageName,
	listed,
	phrase,
	phraseIn,
	verbatim,
} from '../../source/languages/text.ts';

test('a sentence is there in every language', () => {
	const text = phrase('There is no text for this chapter (assets/chapters/{step}).', {step: 'raid'});
	expect(text).toMatchObject({
		en: 'There is no text for this chapter (assets/chapters/raid).',
		es: 'No hay texto para este capítulo (assets/chapters/raid).',
	});
	expect(Object.keys(text)).toEqual([...languages]);
});

test('a sentence without a translation is English, with English plurals', () => {
	const english = '{count, plural, one {one sentence that nobody has translated} other {{count} of them}}';
	expect(new Set(Object.values(phrase(english, {count: 1})))).toEqual(
		new Set(['one sentence that nobody has translated']),
	);
});

test('words that mean two things have a translation for each', () => {
	const contexts = sentencesIn(packageRoot).filter(({key}) => key === 'failed' || key.startsWith('failed ['));
	expect(contexts.length).toBeGreaterThan(1);
	expect(new Set(contexts.map(({key}) => translations('es')[key])).size).toBe(contexts.length);
	expect(phraseIn('a task', 'failed').en).toBe('failed');
});

test.each([
	['braces and an apostrophe', "it's {name}", {name: "{x} 'y'"}, "it's {x} 'y'"],
	['a tag', '<b>{name}</b>', {name: '<i>'}, '<b><i></b>'],
	['no value: taken as it is', 'a {brace', undefined, 'a {brace'],
	['nought', '{count} left', {count: 0}, '0 left'],
	['thousands, as they are written', '{count} left', {count: 12_345}, '12345 left'],
	['a truth', '{isNew, select, true {new} other {old}}', {isNew: false}, 'old'],
])('values are put in unchanged: %s', (_, english, values, expected) => {
	expect(phrase(english, values).en).toBe(expected);
});

test("a text as a value is put in in the sentence's language", () => {
	expect(phrase('{path}: missing', {path: phrase('machine')})).toMatchObject({
		en: 'machine: missing',
		es: 'máquina: no existe',
	});
});

test('lists, joined texts and names', () => {
	expect(listed(['a', 'b', 'c'])).toMatchObject({en: 'a, b, and c', es: 'a, b y c'});
	expect(listed(['a', 'b'], 'disjunction')).toMatchObject({en: 'a or b', es: 'a o b'});
	expect(joined([phrase('machine'), verbatim('SERVER1')], ' ')).toMatchObject({
		en: 'machine SERVER1',
		es: 'máquina SERVER1',
	});
});

test('a language has its own name, and a mark while sentences are missing', () => {
	expect(languageName('en')).toBe('English');
	expect(languageName('es')).toBe('Español');
	expect(languages.filter(language => languageName(language).includes('('))).toEqual(
		languages.filter(language => Object.values(translations(language)).includes('')),
	);
});

test('a text of a version with fewer languages is English in the others', () => {
	expect(fillMissingLanguages({en: 'yes'})).toEqual(verbatim('yes'));
	expect(fillMissingLanguages({en: 'yes', es: 'sí'}).es).toBe('sí');
});

test.each([
	['es', true],
	['xx', false],
	[undefined, false],
	[1, false],
])('%s is a language: %s', (word, expected) => {
	expect(isLanguage(word)).toBe(expected);
});

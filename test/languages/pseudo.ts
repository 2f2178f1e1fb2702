import {packageRoot} from '../../source/assets.ts';
import {IntlMessageFormat} from 'intl-messageformat';
import type {Catalogue} from '../../source/languages/catalogue.ts';
import {sentencesIn} from '../../source/languages/sentences.ts';

/** Letters of the same width that a reader takes for the same, and that no English text has. */
const letters: Readonly<Record<string, string>> = Object.fromEntries(
	[...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, index) => [
		letter,
		[...'áƀçðéƒĝĥíĵķļɱñóþǫŕšţúṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĻṀÑÓÞǪŔŠŢÚṼŴẊÝŽ'][index]!,
	]),
);

/** Commands between backticks, paths and options are the same in every language. */
const kept = /`[^`]*`|(?:^|(?<=\s))(?:-{1,2}[\w-]+|\/\S+)|[\w.-]+\.[\w.-]+/g;

/**
 * A translation that nobody wrote: each sentence in letters that no English text has.
 * @param growth part by which each sentence grows, as translations do; 0.3 for German or Finnish
 */
export function pseudoCatalogue(growth = 0): Catalogue {
	return Object.fromEntries(
		sentencesIn(packageRoot).map(({key, english, isMessage}) => [
			key,
			`${isMessage ? pseudoMessage(english) : pseudo(english)}${longer(english, growth)}`,
		]),
	);
}

/** Ends a sentence with more words, or a word with more letters. */
function longer(english: string, growth: number): string {
	const letters = 'ẋ'.repeat(Math.round(english.length * growth));
	return english.includes(' ') ? letters.replaceAll(/ẋ{1,7}/g, ' $&') : letters;
}

/** The translation of a part of a sentence. */
export function pseudo(text: string): string {
	let from = 0;
	let result = '';
	for (const match of text.matchAll(kept)) {
		result += changed(text.slice(from, match.index)) + match[0];
		from = match.index + match[0].length;
	}

	return result + changed(text.slice(from));
}

const changed = (text: string) => text.replaceAll(/[a-z]/gi, letter => letters[letter]!);

interface Element {
	readonly type: number;
	readonly value: string;
	readonly offset?: number;
	readonly options?: Readonly<Record<string, {readonly value: readonly Element[]}>>;
}

function pseudoMessage(message: string): string {
	return written(new IntlMessageFormat(message, 'en', undefined, {ignoreTag: true}).getAst() as unknown as Element[]);
}

/** Kinds of a message's parts, as @formatjs/icu-messageformat-parser numbers them. */
const kinds = {literal: 0, argument: 1, select: 5, plural: 6};

function written(elements: readonly Element[]): string {
	return elements
		.map(({type, value, options = {}}) => {
			if (type === kinds.literal) {
				return pseudo(value)
					.replaceAll(/[{}]/g, brace => `'${brace}'`)
					.replaceAll(/'(?=$)/g, "''");
			}

			const cases = Object.entries(options)
				.map(([name, option]) => `${name} {${written(option.value)}}`)
				.join(' ');
			return type === kinds.argument
				? `{${value}}`
				: `{${value}, ${type === kinds.plural ? 'plural' : 'select'}, ${cases}}`;
		})
		.join('');
}

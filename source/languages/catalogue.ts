import {assetBytes} from '../assets.ts';
import {exactText} from '../text/exact.ts';
import {parseJson} from '../text/json.ts';
import type {Language} from './languages.ts';

/** Translations by the English sentence, with its context in brackets where it has one. An empty one is missing. */
export type Catalogue = Readonly<Record<string, string>>;

const known = new Map<Language, Catalogue>([['en', {}]]);

/** Translations into a language, read from `assets/languages` when the first one is wanted. */
export function translations(language: Language): Catalogue {
	let catalogue = known.get(language);
	if (!catalogue) {
		catalogue = parseJson(exactText(assetBytes(`languages/${language}.json`))) as Catalogue;
		known.set(language, catalogue);
	}

	return catalogue;
}

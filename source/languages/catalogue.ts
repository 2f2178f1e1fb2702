import {assetBytes} from '../assets.ts';
import {decodeUncleaned} from '../text/exact.ts';
import {parseJson} from '../text/json.ts';
import type {Language} from './languages.ts';

/**
 * Translations by English sentence, followed by its context in brackets if it has one. An empty string is a missing
 * translation.
 */
export type Catalogue = Readonly<Record<string, string>>;

const known = new Map<Language, Catalogue>([['en', {}]]);

/** Returns the translations into a language; reads them from `assets/languages` on first use. */
export function translations(language: Language): Catalogue {
	let catalogue = known.get(language);
	if (!catalogue) {
		catalogue = parseJson(decodeUncleaned(assetBytes(`languages/${language}.json`))) as Catalogue;
		known.set(language, catalogue);
	}

	return catalogue;
}

import {expect, test} from 'vitest';
import {translations} from '../../source/languages/catalogue.ts';
import {languages} from '../../source/languages/languages.ts';
import {languageName} from '../../source/languages/text.ts';
import {opened} from './opened.ts';
import {scenes} from './scenes.ts';
import {keys} from './screen.tsx';

const wordsOf = (text: string) => new Set(text.match(/\p{L}{3,}/gu) ?? []);

/** Also the names of languages, which are always in their own. */
const translated = wordsOf(
	[...Object.values(translations('ca')), ...languages.map(language => languageName(language))].join('\n'),
);

test.each([
	'welcome',
	'welcome, emulated',
	'welcome, interrupted',
	'welcome, built',
	'answers',
	'preflight, something to install',
	'plan',
	'plan, on a host where a user joins groups',
])('no English sentence is left in Catalan: %s', async name => {
	const draw = async (language: 'en' | 'es' | 'ca') => {
		const screen = await scenes[name]!({state: {language}, columns: 110, rows: 60});
		const text = screen.text();
		screen.end();
		return text;
	};

	const [english, spanish, catalan] = [await draw('en'), await draw('es'), await draw('ca')].map(text =>
		wordsOf(text),
	) as [Set<string>, Set<string>, Set<string>];
	// Names, paths and commands are the same in all languages: an English word is one that the same screen in Spanish has not.
	expect([...catalan].filter(word => english.has(word) && !spanish.has(word) && !translated.has(word))).toEqual([]);
	expect(catalan).not.toEqual(spanish);
});

test('the menu of Welcome offers Catalan, which is incomplete', async () => {
	const screen = await opened();
	expect(screen.text()).toContain('Català (incomplet)');
	while (!/› Català/.test(screen.text())) {
		await screen.press(keys.down);
	}

	await screen.press(keys.enter);
	expect(screen.store.get().language).toBe('ca');
	expect(screen.text()).toContain('Benvinguda');
});

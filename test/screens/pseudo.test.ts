import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import stringWidth from 'string-width';
import {expect, test, vi} from 'vitest';
import {answerKeys} from '../../source/answers/answer-keys.ts';
import {packageRoot} from '../../source/assets.ts';
import type * as Catalogues from '../../source/languages/catalogue.ts';
import {drills} from '../../steps/drills/index.ts';
import {scenes} from './scenes.ts';

/**
 * Spanish is replaced by a language that nobody wrote: each sentence in letters that no English text has, a third longer
 * than in English. What stays in English cannot be translated.
 */
vi.mock('../../source/languages/catalogue.ts', async importOriginal => {
	const original = await importOriginal<typeof Catalogues>();
	const {pseudoCatalogue} = await import('../languages/pseudo.ts');
	const catalogue = pseudoCatalogue(1 / 3);
	return {...original, translations: (language: string) => (language === 'en' ? {} : catalogue)};
});

/** Words of a line, without pieces of paths, addresses and options. */
const wordsOf = (text: string) => text.match(/(?<![\w/.-])[A-Za-z]{3,}(?![\w/.-])/g) ?? [];

/** Words that are no sentences of the program. */
const outside = new Set([
	// Names, output of programs, and other things that the scenes tell.
	...['test/screens', 'test/report'].flatMap(folder =>
		readdirSync(join(packageRoot, folder), {withFileTypes: true})
			.filter(entry => entry.isFile())
			.flatMap(({name}) => wordsOf(readFileSync(join(packageRoot, folder, name), 'utf8'))),
	),
	...answerKeys.flatMap(({path}) => path),
	...drills.map(({id}) => id),
	// Values of answers.
	...['thesis', 'debian'],
	// Units by Intl, in Spanish.
	'segundos',
	// A sentence of the fake backend, which knows no languages.
	'Choose',
	// A program's, cut: "No rout…"
	'rout',
]);

/** The words by which this question is answered are the language's own; the scene knows those of Spanish. */
const asking = new Set(['dashboard, moving the VIPs']);

test.each(Object.entries(scenes).filter(([name]) => !asking.has(name)))('%s', async (_, scene) => {
	const screen = await scene({columns: 80, rows: 24, state: {language: 'es'}});
	const lines = screen.text().split('\n');
	screen.end();
	expect.soft(lines.flatMap(line => wordsOf(line)).filter(word => !outside.has(word))).toEqual([]);
	expect.soft(lines.length).toBe(23);
	expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThan(80);
});

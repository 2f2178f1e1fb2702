import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {languages} from '../../source/languages/languages.ts';
import {languageName} from '../../source/languages/text.ts';
import type * as Columns from '../../source/text/columns.ts';
import {untilTestEnds} from './opened.ts';
import {scenes} from './scenes.ts';

/** Stands for the sign of what `cut` cut off: many sentences end in `…` themselves ("checking …"). */
const mark = '⋯';

vi.mock('../../source/text/columns.ts', async importOriginal => {
	const columns = await importOriginal<typeof Columns>();
	return {...columns, cut(text: string, room: number) {
		const short = columns.cut(text, room);
		return short === text ? text : `${short.slice(0, -1)}${mark}`;
	}};
});

/** What may be cut, because it is another program's text, or a name that the user chose. */
const foreign: ReadonlyArray<readonly [screens: RegExp, part: RegExp]> = [
	// Output of programs; the whole of it is one key away.
	[/^run/, /[! ] mdadm: line \d+ /],
	[/^preflight/, /^ {2}Get:\d+ bookworm/],
	[/^run/, /ssh: connect|connect to host/],
	// Names of machines in the picture and in lists.
	[/long names|many nodes/, /DIRECTOR-PR⋯|director-prin⋯|-x{3,}⋯|-with-a-na⋯|^cluster-wizard|a-cluster-with-a-long/],
];

const letters = (text: string) => text.match(/\p{L}+/gu) ?? [];

/** The words of a line that look like words of a sentence: no pieces of paths, addresses or commands. */
const wordsOf = (text: string) => text.split(/[\s│─]+/).filter(word => /^[("«¿]?\p{L}{3,}[)"».,:;?!…]*$/u.test(word)).flatMap(word => letters(word));

/** Words that are not cut: those of our texts and of what the scenes tell, and names of languages. */
const known = new Set([
	...languages.map(language => languageName(language)),
	...['assets/languages', 'source', 'steps', 'test/screens', 'test/report'].flatMap(folder =>
		readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name => /\.(?:tsx?|json)$/.test(name)).flatMap(name => letters(readFileSync(join(folder, name), 'utf8')))),
]);

describe.each(Object.entries(scenes))('%s', (name, scene) => {
	test.each([[60, 20], [80, 24]])('says whole sentences at %i×%i', async (columns, rows) => {
		for (const language of ['en', 'es'] as const) {
			const screen = untilTestEnds(await scene({columns, rows, state: {language}}));
			const lines = screen.text().split('\n');
			expect.soft(lines.filter(line => line.includes(mark) && !foreign.some(([screens, part]) => screens.test(name) && part.test(line))), `cut in ${language}`).toEqual([]);
			expect.soft(lines.flatMap(line => wordsOf(line)).filter(word => !known.has(word)), `parts of words in ${language}`).toEqual([]);
			// Ink cuts what is too wide for its box on its own, and wraps it over what is below.
			expect.soft(lines.length, language).toBe(rows - 1);
		}
	});
});
